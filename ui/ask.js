// Shows the conversation as it comes. The server sends patches, each the newest look of one turn or of
// the whole conversation, already escaped; they are put where they belong and nothing else is touched.
const log = element.querySelector(".turns");
const behavior = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

function show(patch) {
  if (!patch) return;
  if (patch.ended !== undefined) return end(patch.ended);
  if (patch.told !== undefined) return tell(patch.turn, patch.told);
  if (patch.turn === null) open(patch);
  else replace(patch.turn, patch.html);
  document.body.classList.toggle("asking", !patch.done);
  remember(patch.conversation);
}

function open(patch) {
  log.innerHTML = patch.html;
  const turns = log.querySelectorAll(".turn");
  if (turns.length > 1) turns[turns.length - 1].scrollIntoView({ block: "start" });
  else window.scrollTo(0, 0);
}

let last = "";

function replace(number, html) {
  const old = log.querySelector(`#turn-${number}`);
  if (old && html === last) return;
  last = html;
  const made = document.createElement("template");
  made.innerHTML = html;
  const turn = made.content.firstElementChild;
  log.querySelectorAll(".greeting, .turns > .problem").forEach((part) => part.remove());
  log.querySelectorAll(".turn").forEach((other) => Number(other.dataset.turn) > number && other.remove());
  if (old) return old.replaceWith(turn);
  log.append(turn);
  turn.scrollIntoView({ behavior, block: "start" });
}

function end(why) {
  document.body.classList.remove("asking");
  log.querySelectorAll(".waiting").forEach((waiting) => (waiting.textContent = why));
}

function tell(turn, words) {
  const told = log.querySelector(`#turn-${turn} .told`);
  if (told) told.textContent = words;
}

function remember(conversation) {
  const away = element.querySelector(".take-away");
  away.hidden = !conversation;
  away.querySelectorAll("a").forEach((link) => {
    link.href = `/conversation/${encodeURIComponent(conversation)}${link.dataset.ending}`;
    link.download = "";
  });
  const address = conversation ? `?c=${encodeURIComponent(conversation)}` : "";
  if (window.location.search !== address) window.history.pushState({}, "", window.location.pathname + address);
}

// What can be done with a turn.
const acts = {
  ask: (button) => trigger("ask", { question: button.textContent }),
  edit: (button) => edit(button.closest(".turn")),
  copy: (button) => copy(button),
  helpful: (button) => judge(button, true, ""),
  unhelpful: (button) => explain(button),
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button && acts[button.dataset.act]) acts[button.dataset.act](button);
});

async function copy(button) {
  const told = button.parentElement.querySelector(".told");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    told.textContent = "Copied, with its sources.";
  } catch {
    told.textContent = "The browser does not allow copying here.";
  }
}

function judge(button, helpful, reason) {
  const tools = button.closest(".tools");
  tools.querySelectorAll("[aria-pressed]").forEach((other) => other.removeAttribute("aria-pressed"));
  tools.querySelector(helpful ? "[data-act=helpful]" : "[data-act=unhelpful]").setAttribute("aria-pressed", "true");
  trigger("feedback", { turn: Number(button.closest(".turn").dataset.turn), helpful, reason });
}

// A form of one line, made here so that what is typed never is markup.
function form(label, value, send, words, close) {
  const made = document.createElement("form");
  made.className = "inline-form";
  const box = document.createElement("textarea");
  box.rows = 1;
  box.value = value;
  box.setAttribute("aria-label", label);
  box.placeholder = label;
  const buttons = [words, "Cancel"].map((name, place) => {
    const button = document.createElement("button");
    button.type = place ? "button" : "submit";
    button.className = place ? "quiet" : "strong";
    button.textContent = name;
    return button;
  });
  made.append(box, ...buttons);
  const done = () => (made.remove(), close());
  buttons[1].addEventListener("click", done);
  made.addEventListener("submit", (event) => (event.preventDefault(), send(box.value.trim()), done()));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") done();
    if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), made.requestSubmit());
  });
  return made;
}

function edit(turn) {
  const asked = turn.querySelector(".asked");
  if (turn.querySelector(".inline-form")) return;
  const number = Number(turn.dataset.turn);
  const send = (question) => question && trigger("ask", { question, turn: number });
  const close = () => ((asked.hidden = false), asked.querySelector("button").focus());
  const made = form("Question", asked.querySelector(".question").textContent, send, "Ask again", close);
  asked.hidden = true;
  asked.after(made);
  made.querySelector("textarea").select();
}

function explain(button) {
  const tools = button.closest(".tools");
  if (tools.querySelector(".inline-form")) return;
  const made = form("What is wrong with it?", "", (reason) => judge(button, false, reason), "Send", () => button.focus());
  tools.append(made);
  made.querySelector("textarea").focus();
}

watch("value", () => show(props.value));
show(props.value);
