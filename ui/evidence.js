// A number leads to its quote and a quote's number back to the statement; "open in source" opens the
// document here, at the quote, over the page. Held with a key it opens a tab of its own, as any link.
element.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite, a.number, a.open-source");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.matches(".open-source")) openSource(link.getAttribute("href"));
  else lead(document.getElementById(link.getAttribute("href").slice(1)));
});

function lead(target) {
  if (!target) return;
  const folded = target.closest("details");
  if (folded) folded.open = true;
  element.querySelectorAll(".found").forEach((other) => other.classList.remove("found"));
  target.classList.add("found");
  target.scrollIntoView({ behavior, block: "center" });
  target.focus({ preventScroll: true });
}

const sheet = document.createElement("dialog");
sheet.className = "source-sheet";
sheet.setAttribute("aria-label", "Source");
sheet.innerHTML = `<div class="sheet-bar"><a target="_blank" rel="noopener">Open in a tab</a>
<button class="quiet" autofocus>Close</button></div><div class="sheet-text" tabindex="0"></div>`;
document.body.append(sheet);
sheet.querySelector("button").addEventListener("click", () => sheet.close());
sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());

async function openSource(address) {
  const text = sheet.querySelector(".sheet-text");
  sheet.querySelector("a").href = address;
  text.textContent = "Opening…";
  sheet.showModal();
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    text.replaceChildren(document.adoptNode(page.querySelector("main article")));
  } catch {
    text.textContent = "The document could not be opened. See that the server still runs.";
  }
  const place = text.querySelector("mark");
  if (place) place.scrollIntoView({ block: "center" });
  else text.scrollTop = 0;
}
