// The Review page: puts the server's patches where they belong, and turns keys into what a reviewer does.
// Everything that is put in as HTML was escaped on the server. What is typed and chosen for a statement is
// kept in this browser until it is judged, so that a reload loses nothing.
const root = element.querySelector(".review");
const part = (name) => root.querySelector(name);
let busy = false;
let leaving = null; // the statement that is being judged: its draft is dropped when that is kept

function show(patch) {
  if (!patch) return;
  busy = false;
  root.classList.remove("busy");
  const problem = part(".problem");
  problem.hidden = !patch.problem;
  problem.textContent = patch.problem || "";
  if (patch.problem) {
    leaving = null;
    return;
  }
  part(".told").textContent = patch.told || "";
  if (patch.address !== null && patch.address !== undefined) {
    window.history.replaceState(window.history.state, "", window.location.pathname + patch.address);
  }
  if (patch.top !== null) part(".top").innerHTML = patch.top;
  if (patch.source !== null) fillSource(patch.source);
  if (patch.item !== null) fillItem(patch.item);
}

function fillSource(html) {
  const source = part(".source");
  source.innerHTML = html;
  const mark = source.querySelector("mark");
  source.scrollTop = 0;
  if (mark && wide()) mark.scrollIntoView({ block: "center" });
  if (wide()) window.scrollTo(0, 0);
}

function fillItem(html) {
  if (leaving) {
    sessionStorage.removeItem(leaving);
    leaving = null;
  }
  part(".item").innerHTML = html;
  part(".item").tabIndex = -1;
  if (document.activeElement === document.body || !root.contains(document.activeElement)) {
    part(".item").focus({ preventScroll: true });
  }
  if (!wide()) part(".item").scrollIntoView({ block: "start" });
  const draft = JSON.parse(sessionStorage.getItem(draftName()) || "null");
  if (!draft) return;
  if (draft.note !== undefined && note()) note().value = draft.note;
  if (draft.cause !== undefined && cause()) cause().value = draft.cause;
  showChosen(draft.chosen || null);
}

const wide = () => window.matchMedia("(min-width: 821px)").matches;
const judging = () => part(".judging");
const note = () => part("#review-note");
const cause = () => part("select[name=cause]");

function filters() {
  const chosen = Object.fromEntries(new URLSearchParams(window.location.search));
  root.querySelectorAll(".filters select").forEach((list) => (chosen[list.name] = list.value));
  return chosen;
}

// What every act says: the filters, and the statement at hand.
function here() {
  const at = judging();
  const said = filters();
  said.a = at ? at.dataset.answer : "";
  said.s = at ? Number(at.dataset.position) : 0;
  return said;
}

const draftName = () => (judging() ? `review:${judging().dataset.answer}:${judging().dataset.position}` : "");

function keepDraft() {
  if (!judging()) return;
  sessionStorage.setItem(draftName(), JSON.stringify({ note: note().value, cause: cause().value, chosen: chosen() }));
}

function act(name, said) {
  if (busy) return;
  busy = true; // until the answer is there: a key pressed twice never judges the next one
  root.classList.add("busy");
  trigger(name, said);
}

function judge(verdict) {
  if (busy || !judging()) return;
  leaving = draftName();
  const past = JSON.parse(sessionStorage.getItem("review:past") || "[]");
  past.push([judging().dataset.answer, Number(judging().dataset.position)]);
  sessionStorage.setItem("review:past", JSON.stringify(past.slice(-200)));
  act("judge", { ...here(), verdict, cause: cause().value, note: note().value, chosen: chosen(), keep: keepsChosen() });
}

function again() {
  const past = JSON.parse(sessionStorage.getItem("review:past") || "[]");
  const last = past.pop();
  if (!last || busy) return;
  sessionStorage.setItem("review:past", JSON.stringify(past));
  act("open", { ...filters(), a: last[0], s: last[1] });
}

function makeGold(form) {
  const value = (name) => (form.querySelector(`[name="${name}"]`) || { value: "" }).value;
  act("gold", {
    ...here(),
    question: value("question"),
    kind: value("gold-kind"),
    answers: value("answers"),
    refusal: value("gold-refusal"),
    note: note().value,
    chosen: chosen(),
    keep: keepsChosen(),
  });
}

function openGold() {
  const gold = part(".gold");
  if (!gold) return;
  gold.open = !gold.open;
  if (gold.open) {
    gold.querySelector("button[type=submit]").focus();
    gold.scrollIntoView({ block: "nearest" });
  } else part(".item").focus();
}

const look = (button, name) =>
  act(name, {
    ...here(),
    document: button.dataset.document,
    first: Number(button.dataset.first),
    last: Number(button.dataset.last),
  });

const acts = {
  look: (button) => look(button, "look"),
  whole: (button) => look(button, "whole"),
  put: () => act("put", { ...filters(), put: part("select[name=put]").value }),
  choose: () => beginChoice(),
  drop: () => (showChosen(null, true), keepDraft()),
};

root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.verdict) judge(button.dataset.verdict);
  else if (acts[button.dataset.act]) acts[button.dataset.act](button);
});

root.addEventListener("change", (event) => {
  if (event.target.closest(".filters")) act("open", { ...filters(), a: "", s: 0 });
  else if (event.target === cause()) keepDraft();
});

root.addEventListener("input", (event) => event.target === note() && keepDraft());

root.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches(".elsewhere")) act("find", { ...here(), words: event.target.elements.words.value });
  else if (event.target.closest(".gold")) makeGold(event.target);
});

const keys = {
  j: () => act("next", here()),
  k: () => act("back", here()),
  u: again,
  c: () => cause() && cause().focus(),
  n: () => note() && note().focus(),
  s: () => beginChoice(),
  f: () => part(".elsewhere input").focus(),
  w: () => part("[data-act=whole]") && look(part("[data-act=whole]"), "whole"),
  g: openGold,
};

function pressed(event) {
  if (!root.isConnected) return document.removeEventListener("keydown", pressed);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const field = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && (field || part(".gold[open]"))) {
    if (field) part(".item").focus();
    else openGold();
    return;
  }
  if (field && event.key === "Enter" && !event.shiftKey && (field === note() || field === cause())) {
    event.preventDefault(); // a note is a line: Enter leaves it, and a verdict can follow
    part(".item").focus();
    return;
  }
  if (field || choosing(event)) return;
  const button = root.querySelectorAll(".verdicts button")[Number(event.key) - 1];
  const does = button ? () => judge(button.dataset.verdict) : keys[event.key];
  if (!does || event.repeat) return;
  event.preventDefault();
  does();
}

document.addEventListener("keydown", pressed);
