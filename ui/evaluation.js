// The Evaluation page: puts the server's patches where they belong, and follows what runs. Everything that
// is put in as HTML was escaped on the server. Links are addresses: without this script they are plain links.
const root = element.querySelector(".evaluation");
const OFTEN = 1000; // ms between two looks while something runs
const SELDOM = 6000;
const ACTS = ["cancel", "go_on", "forget"]; // of a job
let mark = ""; // of what is shown, so that the server sends changes only
let timer = 0;
let first = true;

const part = (name) => root.querySelector(`[data-part="${name}"]`);

function show(patch) {
  if (!patch) return;
  root.removeAttribute("aria-busy");
  if (patch.page !== undefined) showPage(patch);
  for (const [name, html] of Object.entries(patch.parts || {})) put(name, html);
  if (patch.mark !== undefined) mark = patch.mark;
  if (patch.chosen) choose(patch.chosen);
  if (patch.problem) tell(patch.problem);
  if (patch.busy !== undefined) lookAgain(patch.busy);
}

function showPage(patch) {
  root.innerHTML = patch.page;
  mark = "";
  document.title = patch.title;
  if (!first) {
    root.focus({ preventScroll: true });
    window.scrollTo(0, kept.get(window.location.search) || 0);
  }
  first = false;
}

// A part that has changed takes the place of the old one; what had the focus, and what was open, stays so.
function put(name, html) {
  const place = part(name);
  if (!place || place.dataset.html === html) return;
  const focused = place.contains(document.activeElement) ? key(document.activeElement) : "";
  const open = [...place.querySelectorAll("details")].map((details) => details.open);
  place.innerHTML = html;
  place.dataset.html = html;
  place.querySelectorAll("details").forEach((details, at) => (details.open = open[at] || details.open));
  if (focused) place.querySelector(focused)?.focus({ preventScroll: true });
}

function key(active) {
  if (active.dataset.job) return `[data-act="${active.dataset.act}"][data-job="${active.dataset.job}"]`;
  return active.getAttribute("href") ? `a[href="${CSS.escape(active.getAttribute("href"))}"]` : "";
}

function tell(words) {
  let box = root.querySelector(".fault-of-act");
  if (!box) {
    box = document.createElement("p");
    box.className = "problem fault-of-act";
    box.setAttribute("role", "alert");
    (root.querySelector("form[data-act=start]") || root).prepend(box);
  }
  box.textContent = words;
}

function quiet() {
  root.querySelector(".fault-of-act")?.remove();
}

// What runs is looked after as long as somebody looks.
function lookAgain(busy) {
  clearTimeout(timer);
  if (part("jobs")) timer = setTimeout(look, busy ? OFTEN : SELDOM);
}

function look() {
  if (!element.isConnected || !part("jobs")) return;
  if (document.hidden) return;
  trigger("look", { mark });
  timer = setTimeout(look, 4 * SELDOM); // should no answer come
}

document.addEventListener("visibilitychange", () => !document.hidden && look());

const kept = new Map(); // how far each address was scrolled

function go(address, back = false) {
  if (!back) {
    kept.set(window.location.search, window.scrollY);
    window.history.pushState({}, "", address);
    kept.delete(window.location.search);
  }
  root.setAttribute("aria-busy", "true");
  trigger("go", { query: window.location.search });
}

window.addEventListener("popstate", () => element.isConnected && go("", true));

element.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/evaluation?'], a[href='/evaluation']");
  if (link) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    return go(link.getAttribute("href"));
  }
  const button = event.target.closest("button[data-job]");
  if (!button || !ACTS.includes(button.dataset.act)) return;
  quiet();
  button.disabled = true;
  trigger(button.dataset.act, { job: button.dataset.job });
});

// Charts are drawn when they are opened; a toggle does not bubble.
element.addEventListener(
  "toggle",
  (event) => {
    const fold = event.target;
    if (!fold.open || fold.dataset.act !== "charts" || part("charts").dataset.html) return;
    trigger("charts", { run: new URLSearchParams(window.location.search).get("run") });
  },
  true,
);

element.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.dataset.act === "go") {
    return go(`/evaluation?compare=${form.elements.compare.value.split(",").map(encodeURIComponent).join(",")}`);
  }
  quiet();
  const sent = new FormData(form);
  trigger("start", { suite: sent.get("suite") || "", systems: sent.getAll("system") });
});

element.addEventListener("change", async (event) => {
  if (event.target.dataset.act !== "upload" || !event.target.files.length) return;
  const file = event.target.files[0];
  quiet();
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    trigger("upload", { name: file.name, text });
  } catch {
    tell(`${file.name} is not UTF-8. Save it as UTF-8, and choose it again.`);
  }
  event.target.value = "";
});

function choose(suite) {
  const choice = root.querySelector(`input[name=suite][value="${CSS.escape(suite)}"]`);
  if (choice) choice.checked = true;
}

watch("value", () => show(props.value));
if (props.value) show(props.value);
