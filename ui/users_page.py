"""The sign-in page, and the page for who may not see a page, as HTML.

Knows nothing of passwords and of HTTP.
"""

from __future__ import annotations

from ui.markup import safe
from ui.page_frame import NavigationLink, plain_page
from ui.users import Role, User

__all__ = ["not_allowed_page", "sign_in_page"]


def sign_in_page(wanted: str, *, name: str = "", problem: str = "") -> str:
    """The form; `wanted` is where it leads to, `problem` why nobody was signed in."""
    told = f'<p class="problem" role="alert">{safe(problem)}</p>' if problem else ""
    focus_name, focus_password = ("", " autofocus") if name else (" autofocus", "")
    body = f"""<form class="sign-in" method="post" action="/sign-in">
<h1>Sign in</h1>{told}
<input type="hidden" name="next" value="{safe(wanted)}">
<label>Name <input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required
maxlength="60" value="{safe(name)}"{focus_name}></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required
maxlength="800"{focus_password}></label>
<button class="strong" type="submit">Sign in</button>
<p class="note">Nobody knows your password but you; who keeps this server can give you another one.</p>
</form>"""
    # With no referrer at all a browser would not say that the form comes from here.
    return plain_page("Sign in", body, [], style="users.css", referrer="same-origin")


def not_allowed_page(user: User, role: Role) -> str:
    """What somebody sees who has not got a page's role."""
    body = (
        f'<article class="document"><h1>Not for you yet</h1><p class="notice">This page is for users with the role '
        f"{safe(role.value)}. You are signed in as {safe(user.name)}; an admin can give you the role.</p></article>"
    )
    return plain_page("Not for you yet", body, [NavigationLink("Ask", "/ask")])
