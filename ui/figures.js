// Shows the series that the address names. Links and the search stay on the page: what they lead to is
// fetched, already escaped, and the address follows. Without this script they would be plain links.
const view = element.querySelector("#figures-view");
let latest = 0;

async function show(search) {
  const number = ++latest;
  view.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => view.classList.add("slow"), 300);
  let html;
  try {
    html = await (await fetch(`/figures/view${search}`)).text();
  } catch {
    html = '<p class="problem" role="alert">The server does not answer. See whether it is still running.</p>';
  }
  clearTimeout(slow);
  if (number !== latest) return; // something else was asked for meanwhile
  const scrolled = view.querySelector(".indicators nav")?.scrollTop || 0;
  view.innerHTML = html;
  view.classList.remove("slow");
  view.removeAttribute("aria-busy");
  const list = view.querySelector(".indicators nav");
  if (list) list.scrollTop = scrolled;
  view.querySelectorAll("svg a").forEach((point) => {
    const title = point.querySelector("title");
    point.setAttribute("aria-label", title.textContent);
    title.remove(); // the tip says it, and more
  });
  const name = view.querySelector("section.series:not(.overview) h2")?.textContent;
  document.title = `${name ? `${name} · ` : ""}Figures · Rapporteur`;
}

function go(address) {
  window.history.pushState({}, "", address);
  show(window.location.search);
  if (window.scrollY > 200) window.scrollTo(0, 0);
}

element.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/figures?'], a[href='/figures']");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = event.target.elements.indicator.value.trim();
  go(words ? `/figures?indicator=${encodeURIComponent(words)}` : "/figures");
});

// The list follows what is typed; Enter asks the record.
element.addEventListener("input", (event) => {
  if (event.target.id !== "indicator") return;
  const words = fold(event.target.value).split(/\s+/).filter(Boolean);
  let listed = 0;
  view.querySelectorAll(".indicators li").forEach((item) => {
    const name = fold(item.textContent);
    item.hidden = !words.every((word) => name.includes(word));
    listed += !item.hidden;
  });
  view.querySelector(".indicators .none").hidden = listed > 0;
});

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

window.addEventListener("popstate", () => element.isConnected && show(window.location.search));

// A mark that the pointer or the keyboard is on is told about, and its lines of the table stand out.
function tell(number, point) {
  const figure = view.querySelector("figure.plot");
  view.querySelectorAll("tr[data-point], .tip, svg .point").forEach((part) => {
    part.classList.toggle("told", part.dataset.point === number);
  });
  const tip = figure?.querySelector(`.tip[data-point="${number}"]`);
  if (!tip || !point) return;
  const mark = point.querySelector(".mark").getBoundingClientRect();
  const frame = figure.getBoundingClientRect();
  const left = mark.left + mark.width / 2 - frame.left - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(0, Math.min(left, frame.width - tip.offsetWidth))}px`;
  const above = mark.top - frame.top - tip.offsetHeight - 12;
  tip.style.top = `${mark.top - tip.offsetHeight - 12 < 0 ? mark.bottom - frame.top + 12 : above}px`;
}

const pointed = (target) => (target instanceof Element ? target.closest("svg .point") : null);
for (const begin of ["pointerover", "focusin"]) {
  element.addEventListener(begin, (event) => {
    const point = pointed(event.target);
    if (point) return tell(point.dataset.point, point);
    const row = event.target instanceof Element && event.target.closest("tr[data-point]");
    if (row) return tell(row.dataset.point, null), hideTips();
    tell("");
  });
}
element.addEventListener("pointerleave", () => tell(""));
element.addEventListener("focusout", () => tell(""));
element.addEventListener("keydown", (event) => event.key === "Escape" && hideTips());

function hideTips() {
  view.querySelectorAll(".tip").forEach((tip) => tip.classList.remove("told"));
}

show(window.location.search);
