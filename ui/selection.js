// Words that are selected in an answer are found in its evidence: in the quotes of the statement they
// stand in, else in any quote, else anywhere in the passages. The words are painted, the page is not changed.
const paint = window.CSS && CSS.highlights ? new Highlight() : null;
if (paint) CSS.highlights.set("selected-words", paint);
let pause = 0;

document.addEventListener("selectionchange", () => {
  clearTimeout(pause);
  pause = setTimeout(findSelected, 200);
});

function findSelected() {
  const selection = document.getSelection();
  const words = selection.toString().replace(/\s+/g, " ").trim();
  const from = selection.anchorNode && selection.anchorNode.parentElement;
  const answer = from && from.closest(".answer");
  if (paint) paint.clear();
  if (words.length < 2 || !answer || !element.contains(answer)) return;
  const turn = answer.closest(".turn");
  const statement = from.closest("li, tr, p");
  const cited = [...(statement ? statement.querySelectorAll("a.cite") : [])];
  const own = cited.map((link) => document.getElementById(link.getAttribute("href").slice(1))).filter(Boolean);
  const places = [own, turn.querySelectorAll(".evidence mark"), turn.querySelectorAll(".evidence blockquote")];
  for (const place of places) {
    const ranges = [...place].flatMap((part) => rangesOf(part, words));
    if (!ranges.length) continue;
    if (paint) ranges.forEach((range) => paint.add(range));
    const shown = ranges[0].startContainer.parentElement;
    const folded = shown.closest("details");
    if (folded) folded.open = true;
    shown.scrollIntoView({ behavior, block: "nearest" });
    return;
  }
}

// Where `words` stand in the text below `part`, as ranges; white space and capitals do not count.
function rangesOf(part, words) {
  const letters = [];
  const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest("a.number")) continue;
    for (let at = 0; at < node.data.length; at++) {
      const space = /\s/.test(node.data[at]);
      if (space && letters.length && letters[letters.length - 1].letter === " ") continue;
      letters.push({ node, at, letter: space ? " " : node.data[at].toLowerCase() });
    }
  }
  const text = letters.map((one) => one.letter[0]).join("");
  const found = [];
  const wanted = words.toLowerCase();
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const range = document.createRange();
    const last = letters[at + wanted.length - 1];
    range.setStart(letters[at].node, letters[at].at);
    range.setEnd(last.node, last.at + 1);
    found.push(range);
  }
  return found;
}
