// Who is signed in, at the right of the navigation, and only the pages that are theirs.
const bar = element.querySelector(".bar");

// When the time is up, or the user was taken out, the next click leads to the sign-in page and back here.
if (!window.askedWhoIsThere) {
  window.askedWhoIsThere = true;
  const asked = window.fetch;
  window.fetch = async (...given) => {
    const answer = await asked(...given);
    if (answer.status === 401) {
      const here = window.location.pathname + window.location.search;
      window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
    }
    return answer;
  };
}

fetch("/who", { headers: { Accept: "application/json" } })
  .then((answer) => answer.json())
  .then((who) => {
    if (!who) return;
    bar.querySelectorAll("nav a").forEach((link) => {
      if (!who.pages.includes(link.getAttribute("href"))) link.closest("li").remove();
    });
    if (!who.name) return;
    const shown = document.createElement("div");
    shown.className = "who";
    const name = document.createElement("span");
    name.textContent = who.name;
    const button = document.createElement("button");
    button.textContent = "Sign out";
    button.type = "button";
    button.addEventListener("click", async () => {
      await fetch("/sign-out", { method: "POST", redirect: "manual" });
      window.location.assign("/sign-in");
    });
    shown.append(name, button);
    bar.querySelector(".who")?.remove();
    bar.append(shown);
  });
