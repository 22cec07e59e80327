// The list at the left: opens, finds, renames and deletes conversations; on a phone it is a drawer.
let pause = 0;

const acts = {
  fresh: () => open(""),
  open: (link) => open(link.closest("li").dataset.id),
  close: () => drawer(false),
  rename: (button) => rename(button.closest("li")),
  remove: (button) => remove(button.closest("li")),
};

element.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]");
  if (!act || !acts[act.dataset.act] || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  acts[act.dataset.act](act);
});

element.addEventListener("input", (event) => {
  if (event.target.dataset.act !== "find") return;
  clearTimeout(pause);
  pause = setTimeout(() => trigger("find", { words: event.target.value }), 150);
});

function open(id) {
  drawer(false);
  trigger("open", { id });
  const box = document.querySelector("#question textarea");
  if (box && !id) box.focus();
}

function rename(item) {
  if (item.querySelector("form")) return;
  const link = item.querySelector("a");
  const form = document.createElement("form");
  const box = document.createElement("input");
  box.value = link.textContent;
  box.maxLength = 200;
  box.setAttribute("aria-label", "Title of the conversation");
  form.append(box);
  const done = () => {
    box.removeEventListener("blur", done); // which removing it would fire
    form.remove();
    item.classList.remove("renaming");
  };
  const send = () => (trigger("rename", { id: item.dataset.id, title: box.value }), done());
  form.addEventListener("submit", (event) => (event.preventDefault(), send()));
  box.addEventListener("keydown", (event) => event.key === "Escape" && done());
  box.addEventListener("blur", done);
  item.classList.add("renaming");
  item.prepend(form);
  box.select();
}

// Deleting asks once, in the place of the button, and forgets the question after a while.
function remove(item) {
  const button = item.querySelector("[data-act=remove]");
  if (item.classList.contains("sure")) return trigger("remove", { id: item.dataset.id });
  const [sign, name] = [button.innerHTML, button.getAttribute("aria-label")];
  item.classList.add("sure");
  button.textContent = "Delete?";
  button.setAttribute("aria-label", `${name}: press again to delete`);
  setTimeout(() => {
    item.classList.remove("sure");
    button.innerHTML = sign;
    button.setAttribute("aria-label", name);
  }, 4000);
}

// The drawer of the phone.
const opener = document.createElement("button");
opener.className = "drawer-opener quiet";
opener.textContent = "Conversations";
opener.setAttribute("aria-expanded", "false");
opener.addEventListener("click", () => drawer(true));
const bar = document.querySelector("#header .bar");
if (bar) bar.append(opener);

function drawer(isOpen) {
  const was = document.body.classList.contains("drawer-open");
  document.body.classList.toggle("drawer-open", isOpen);
  opener.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) element.querySelector("button").focus();
  else if (was) opener.focus();
}

document.addEventListener("keydown", (event) => event.key === "Escape" && drawer(false));
document.addEventListener("click", (event) => {
  if (!element.contains(event.target) && event.target !== opener) drawer(false);
});
window.addEventListener("popstate", () => open(new URLSearchParams(window.location.search).get("c") || ""));
