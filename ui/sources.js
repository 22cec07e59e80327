// Fills the page: the list as it is asked for, and what became of the files that were given. Everything
// comes escaped from the server; file names of this machine are set as text.
const page = element.querySelector("#sources-page");
const drop = page.querySelector(".drop");
const sending = page.querySelector(".sending");
const given = page.querySelector(".given");
const listed = page.querySelector(".listed");
const words = page.querySelector("#sources-words");
const dialog = page.querySelector("dialog");
const AT_ONCE = 2; // files on their way
const waiting = [];
const order = { sort: "", down: "" };
let onTheirWay = 0;
let latest = 0;
let version = null;
let shownGiven = null;
let timer = null;

async function list() {
  const number = ++latest;
  const query = new URLSearchParams({ q: words.value, ...order });
  try {
    const answer = await fetch(`/sources/list?${query}`);
    if (!answer.ok) throw new Error();
    const html = await answer.text();
    if (number !== latest) return; // something else was asked for meanwhile
    const focused = listed.contains(document.activeElement) ? document.activeElement.dataset.sort : null;
    listed.innerHTML = html;
    if (focused) listed.querySelector(`[data-sort="${focused}"]`)?.focus();
  } catch {
    if (number === latest) listed.innerHTML = '<p class="problem">The server does not answer. See whether it is still running.</p>';
  }
}

async function look() {
  clearTimeout(timer);
  if (!element.isConnected) return;
  let busy = false;
  if (!document.hidden || version === null) {
    try {
      const state = await (await fetch("/sources/given")).json();
      busy = state.busy;
      drop.hidden = !state.may;
      if (state.html !== shownGiven) {
        const focused = given.contains(document.activeElement) ? document.activeElement.dataset : null;
        given.innerHTML = shownGiven = state.html;
        if (focused) given.querySelector(`[data-act="${focused.act}"][data-id="${focused.id}"]`)?.focus();
      }
      if (state.version !== version) {
        version = state.version;
        await list();
      }
    } catch {
      busy = false; // the list says so when it is asked for
    }
  }
  timer = setTimeout(look, busy ? 700 : 4000);
}

// Files are sent one after the other, two at once; each has a line until the server has it.
function give(files) {
  for (const file of files) {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    line.append(name, bar);
    sending.append(line);
    waiting.push({ file, line, bar });
  }
  next();
}

function next() {
  while (onTheirWay < AT_ONCE && waiting.length) {
    onTheirWay += 1;
    send(waiting.shift());
  }
}

function send({ file, line, bar }) {
  const ended = (why) => {
    onTheirWay -= 1;
    if (why) refuse(line, bar, why);
    else line.remove();
    look();
    next();
  };
  if (file.size > Number(drop.dataset.most)) {
    return ended(`It has more than the ${drop.dataset.mostTold} that are read at once. Split it into smaller files.`);
  }
  const request = new XMLHttpRequest();
  request.open("POST", "/sources/upload");
  request.setRequestHeader("X-Rapporteur-Page", "sources");
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.toWellFormed?.() ?? file.name));
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("load", () => ended(request.status === 201 ? "" : reason(request)));
  request.addEventListener("error", () => ended("It could not be sent: the file cannot be read, or the server does not answer. Try again."));
  request.send(file);
}

function reason(request) {
  try {
    return JSON.parse(request.responseText).error;
  } catch {
    return `The server refused it (${request.status}). Load the page again.`;
  }
}

function refuse(line, bar, why) {
  const told = document.createElement("p");
  told.className = "why";
  told.setAttribute("role", "alert");
  told.textContent = why;
  const away = document.createElement("button");
  away.type = "button";
  away.textContent = "Put away";
  away.addEventListener("click", () => line.remove());
  line.classList.add("failed");
  bar.replaceWith(away);
  line.append(told);
}

async function act(act, id) {
  const answer = await fetch("/sources/act", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Rapporteur-Page": "sources" },
    body: JSON.stringify({ act, id }),
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
}

element.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.sort) {
    order.sort = button.dataset.sort;
    order.down = button.dataset.down;
    return list();
  }
  if (button.dataset.act === "ask") return ask(button);
  if (button.dataset.act) {
    button.disabled = true;
    try {
      await act(button.dataset.act, button.dataset.id || "");
    } catch (error) {
      button.disabled = false;
      window.alert(error.message);
    }
    look();
  }
});

// Removing asks once, and says what goes.
function ask(button) {
  dialog.querySelector("h2").textContent = `Remove “${button.dataset.title}”?`;
  dialog.querySelector(".about").textContent = button.dataset.about;
  dialog.querySelector(".problem").hidden = true;
  dialog.dataset.id = button.dataset.id;
  dialog.showModal();
}

dialog.addEventListener("click", async (event) => {
  const chosen = event.target.closest("button")?.value;
  if (chosen === "keep" || event.target === dialog) return dialog.close();
  if (chosen !== "remove") return;
  const button = event.target.closest("button");
  button.disabled = true;
  button.textContent = "Removing …";
  try {
    await act("remove", dialog.dataset.id);
    dialog.close();
    await look();
    await list();
  } catch (error) {
    const problem = dialog.querySelector(".problem");
    problem.textContent = error.message;
    problem.hidden = false;
  }
  button.disabled = false;
  button.textContent = "Remove it";
});

let typing = null;
words.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(list, 120);
});

drop.querySelector("input").addEventListener("change", (event) => {
  give(event.target.files);
  event.target.value = "";
});
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop") give(event.dataTransfer.files);
  });
}
drop.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("visibilitychange", () => !document.hidden && look());

look();
