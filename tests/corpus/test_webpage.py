"""A saved web page becomes its article and its meta tags."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.articles import canonical_text
from corpus.webpage import has_tags, looks_like_html, read_webpage

ARTICLE = """
<h1>Council agrees roads</h1><p>The council met on Monday and agreed the plan for the roads of the town.</p>
<p>Yes.</p><h2>What was decided</h2><ul><li>a new bridge</li><li>two new schools</li></ul>
<table><tr><th>Item</th><th>Cost</th></tr><tr><td>Bridge</td><td>4 million</td></tr></table>
<p>The vote was <b>close</b>, said the <a href="/m">mayor</a>, and the bridge comes first in the plan.</p>
"""


def page(body: str, head: str = "") -> str:
    """An HTML page with some furniture around `body`."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Council agrees roads | Town News</title>{head}</head><body>'
        f'<nav><a href="/">Home page</a></nav><header>Town News header</header><main>{body}</main>'
        '<div class="comments"><p>I do not like this at all, wrote Bob.</p></div>'
        "<footer>All about our footer</footer><script>var words = 'script words';</script></body></html>"
    )


def test_every_kind_of_block_of_an_article_is_kept() -> None:
    """Short paragraphs, headings, lists and tables stay; trafilatura alone would drop some."""
    assert canonical_text(read_webpage(page(ARTICLE)).lines) == (
        "Council agrees roads\n\nThe council met on Monday and agreed the plan for the roads of the town.\n\nYes.\n\n"
        "What was decided\n\n- a new bridge\n- two new schools\n\nItem | Cost\nBridge | 4 million\n\n"
        "The vote was close, said the mayor, and the bridge comes first in the plan."
    )


def test_menus_comments_and_scripts_are_left_out() -> None:
    """What stands around the article is not its text."""
    text = canonical_text(read_webpage(page(ARTICLE)).lines)
    assert not any(words in text for words in ["Home page", "header", "Bob", "footer", "script words"])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["the", "council", "met", "to", "agree", "a", "plan", "for", "roads", "in", "May"]),
            min_size=3,
            max_size=25,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_sentence_in_a_paragraph_is_lost(found: list[list[str]]) -> None:
    """Every paragraph of the page's main part comes through whole and in order."""
    sentences = [" ".join(words).capitalize() + "." for words in found]
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    lines = [line.text for line in read_webpage(page(f"<h1>Plan</h1>{body}")).lines]
    assert lines == ["Plan", *sentences]


def test_meta_tags_become_fields() -> None:
    """Title, publisher, day and address are read from the head."""
    head = (
        '<meta property="og:site_name" content="Town News"><link rel="canonical" href="https://town.example/a">'
        '<meta property="article:published_time" content="2024-05-03T10:00:00+07:00">'
    )
    fields = read_webpage(page(ARTICLE, head)).fields
    assert fields["publisher"] == "Town News"
    assert fields["url"] == "https://town.example/a"
    assert fields["published"].startswith("2024-05-03")


def test_linked_data_tells_the_day() -> None:
    """schema.org data is read; broken data is passed over."""
    good = '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-05-03"}]}</script>'
    broken = '<script type="application/ld+json">{"datePublished": </script>'
    assert read_webpage(page(ARTICLE, broken + good)).fields["published"] == "2024-05-03"


def test_linked_data_without_a_bottom_is_passed_over() -> None:
    """Brackets nested deeper than the parser goes are broken data like any other."""
    deep = f'<script type="application/ld+json">{"[" * 200_000}</script>'
    assert "published" not in read_webpage(page(ARTICLE, deep)).fields


def test_the_site_is_cut_off_the_title() -> None:
    """Without a heading the title of the page is the headline."""
    found = read_webpage(page("<p>The council met on Monday and agreed the plan.</p>"))
    assert found.headline == "Council agrees roads"
    assert found.lines[0].text == "Council agrees roads"


def test_a_page_without_an_article_gives_its_visible_text() -> None:
    """Where trafilatura finds nothing, all visible lines are taken."""
    found = read_webpage("<html><body><div>Open</div><div>Monday to Friday</div></body></html>")
    assert [line.text for line in found.lines] == ["Open", "Monday to Friday"]


def test_a_page_laid_out_with_a_table_keeps_its_paragraphs() -> None:
    """A row that holds the whole page is no row of data."""
    body = "".join(f"<p>The council met for the {n}th time and spoke about the roads.</p>" for n in range(60))
    lines = read_webpage(f"<table><tr><td>Menu</td><td>{body}</td></tr></table>").lines
    assert sum(line.text.startswith("The council met") for line in lines) == 60


def test_an_empty_page_has_no_lines() -> None:
    """No tree, no text, no fault."""
    assert read_webpage("<!-- nothing -->").lines == ()


def test_html_is_told_by_its_content() -> None:
    """A page is a page whatever its name, and plain text with a "<" is none."""
    assert looks_like_html("\n<!DOCTYPE html><html>")
    assert not looks_like_html("<5 % of the votes")
    assert has_tags("<p>One</p>")
    assert not has_tags("a < b and c > d")
