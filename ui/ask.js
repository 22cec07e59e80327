// Runs once for the conversation. A number leads to its quote and a quote's number back to the
// statement; a new turn is brought into view. Nothing is loaded, nothing is sent.
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const behavior = calm ? "auto" : "smooth";

element.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite, a.number");
  if (!link) return;
  event.preventDefault();
  const target = document.getElementById(link.getAttribute("href").slice(1));
  if (!target) return;
  element.querySelectorAll(".found").forEach((other) => other.classList.remove("found"));
  target.classList.add("found");
  target.scrollIntoView({ behavior, block: "center" });
  target.focus({ preventScroll: true });
});

watch("value", () => {
  const turns = element.querySelectorAll(".turn");
  if (turns.length) turns[turns.length - 1].scrollIntoView({ behavior, block: "start" });
});
