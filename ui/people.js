// The People page: fetches the users, sends changes, and says what came of them.
const root = element.querySelector(".people");
const list = root.querySelector(".list");

async function shown() {
  const answer = await fetch("/people/list");
  if (answer.ok) list.innerHTML = await answer.text(); // escaped on the server
}

async function change(sent) {
  const answer = await fetch("/people/act", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Rapporteur-Page": "people" },
    body: JSON.stringify(sent),
  });
  const said = await answer.json();
  root.querySelector(".told").textContent = said.told || "";
  const problem = root.querySelector(".problem");
  problem.hidden = !said.problem;
  problem.textContent = said.problem || "";
  if (said.told || sent.act === "roles") await shown();
}

const nameOf = (part) => part.closest("tr").dataset.name;
const rolesIn = (part) => [...part.querySelectorAll("[name=role]:checked")].map((box) => box.value);

list.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const password = form.elements.password.value;
  if (form.dataset.act === "add") {
    change({ act: "add", name: form.elements.name.value, password, roles: rolesIn(form) });
  } else change({ act: "password", name: nameOf(form), password });
});

list.addEventListener("change", (event) => {
  const row = event.target.name === "role" && event.target.closest("tr");
  if (row) change({ act: "roles", name: row.dataset.name, roles: rolesIn(row) });
});

// Removing asks once more, at the same place.
list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act=remove]");
  if (!button) return;
  if (button.dataset.sure) return change({ act: "remove", name: nameOf(button) });
  button.dataset.sure = "yes";
  const words = button.firstChild;
  words.data = "Remove for good?";
  button.addEventListener("blur", () => (delete button.dataset.sure, (words.data = "Remove")), { once: true });
});

shown();
