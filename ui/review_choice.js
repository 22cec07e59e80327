// Choosing words in the source, with the mouse or by keyboard: what is selected there is what is chosen.
// A place is told as the start of its paragraph in the document and the characters shown from there; the
// server looks whether the document says these words there.
let kept = null; // what is chosen now
let choice = null; // while choosing by keyboard: the words of the source, and the first and last chosen

const chosen = () => kept;
const keepsChosen = () => part(".chosen") !== null && part(".chosen").dataset.kept === "yes";

function showChosen(words, dropped = false) {
  kept = words;
  const shown = part(".chosen");
  if (!shown) return;
  if (words) shown.textContent = `“${words.words}”`;
  else if (dropped) shown.textContent = "";
  if (words || dropped) shown.dataset.kept = "";
  part("[data-act=drop]").hidden = !shown.textContent;
  const truth = part(".truth span");
  if (truth) truth.textContent = words ? `“${words.words}”` : truth.dataset.given;
}

// The place of a selection's end: its paragraph, and the characters (not UTF-16 units) before it.
function place(node, offset) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("p[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(node, offset);
  return { start: Number(paragraph.dataset.start), offset: Array.from(before.toString()).length, paragraph };
}

function selected() {
  const selection = window.getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!part(".source").contains(range.commonAncestorContainer)) return null;
  const first = place(range.startContainer, range.startOffset);
  let last = place(range.endContainer, range.endOffset);
  const excerpt = first && first.paragraph.closest("[data-document]");
  if (!last && first) {
    // A triple click ends before the paragraph that follows.
    const end = excerpt.querySelectorAll("p[data-start]");
    const inside = [...end].filter((paragraph) => range.intersectsNode(paragraph)).pop();
    last = { start: Number(inside.dataset.start), offset: Array.from(inside.textContent).length, paragraph: inside };
  }
  if (!first || last.paragraph.closest("[data-document]") !== excerpt) return null;
  const words = range.toString();
  if (!words.trim()) return null;
  return {
    document: excerpt.dataset.document,
    first: first.start,
    first_offset: first.offset,
    last: last.start,
    last_offset: last.offset,
    words: textBetween(first.paragraph, last.paragraph, range),
  };
}

// The words with a break between paragraphs, which a range leaves out.
function textBetween(first, last, range) {
  if (first === last) return range.toString();
  const paragraphs = [...first.parentElement.querySelectorAll("p[data-start]")];
  const inside = paragraphs.slice(paragraphs.indexOf(first), paragraphs.indexOf(last) + 1);
  return inside
    .map((paragraph) => {
      const own = document.createRange();
      own.selectNodeContents(paragraph);
      if (paragraph === first) own.setStart(range.startContainer, range.startOffset);
      if (paragraph === last && last.contains(range.endContainer)) own.setEnd(range.endContainer, range.endOffset);
      return own.toString();
    })
    .join("\n");
}

root.addEventListener("mouseup", () => window.setTimeout(takeSelected));
root.addEventListener("touchend", () => window.setTimeout(takeSelected, 300));

function takeSelected() {
  const words = selected();
  if (!words || !judging()) return;
  showChosen(words);
  keepDraft();
}

// By keyboard: s begins at the marked words; arrows move by sentence and by word, Enter takes them.
function beginChoice() {
  const words = wordsOf(part(".source"));
  if (!words.length || !judging()) return;
  const mark = part(".source mark");
  const marked = mark ? words.map((word, at) => [word, at]).filter(([word]) => mark.contains(word.node)) : [];
  const first = marked.length ? marked[0][1] : 0;
  choice = { words, first, last: marked.length ? marked[marked.length - 1][1] : sentence(words, 0)[1] };
  root.classList.add("choosing");
  part(".told").textContent = "Arrow up and down: another sentence. Right and left: its end. With Shift: its start. Enter takes it.";
  select();
}

function wordsOf(source) {
  const found = [];
  source.querySelectorAll(".text p[data-start]").forEach((paragraph) => {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const match of node.data.matchAll(/\S+/g)) {
        found.push({ node, paragraph, start: match.index, end: match.index + match[0].length, text: match[0] });
      }
    }
  });
  return found;
}

// The sentence that the word at a place stands in: up to a full stop, a question or exclamation mark.
function sentence(words, at) {
  const ends = (word, next) => !next || next.paragraph !== word.paragraph || /[.!?…]["”’)]*$/.test(word.text);
  let first = at;
  let last = at;
  while (first > 0 && !ends(words[first - 1], words[first])) first -= 1;
  while (!ends(words[last], words[last + 1])) last += 1;
  return [first, last];
}

function select() {
  const { words, first, last } = choice;
  window.getSelection().setBaseAndExtent(words[first].node, words[first].start, words[last].node, words[last].end);
  words[first].paragraph.scrollIntoView({ block: "nearest" });
}

// Whether a key belongs to the choice that is going on.
function choosing(event) {
  if (!choice) return false;
  const { words } = choice;
  const within = (at) => Math.max(0, Math.min(words.length - 1, at));
  const moves = {
    ArrowDown: () => ([choice.first, choice.last] = sentence(words, within(choice.last + 1))),
    ArrowUp: () => ([choice.first, choice.last] = sentence(words, within(choice.first - 1))),
    ArrowRight: () =>
      event.shiftKey
        ? (choice.first = Math.min(choice.last, choice.first + 1))
        : (choice.last = within(choice.last + 1)),
    ArrowLeft: () =>
      event.shiftKey
        ? (choice.first = within(choice.first - 1))
        : (choice.last = Math.max(choice.first, choice.last - 1)),
  };
  if (event.key === "Enter") {
    takeSelected();
    endChoice("Chosen. Now the verdict: 1 to 4.");
  } else if (event.key === "Escape") endChoice("");
  else if (moves[event.key]) {
    moves[event.key]();
    select();
  } else return event.key !== "Tab"; // other keys wait until the choice is made
  event.preventDefault();
  return true;
}

function endChoice(told) {
  choice = null;
  window.getSelection().removeAllRanges();
  root.classList.remove("choosing");
  part(".told").textContent = told;
  part(".item").focus({ preventScroll: true });
}

watch("value", () => {
  choice = null;
  root.classList.remove("choosing");
  if (props.value && props.value.item) kept = null;
  show(props.value);
});
show(props.value);
