"""Where sentences begin and end in canonical text, as exact spans of it.

Rules rather than a model: the spans must be the same on every machine, must never lose a
character, and a whole folder is split in seconds. A line break always ends a sentence, because
canonical text has one paragraph or one turn to a line. Knows English and Vietnamese
abbreviations; knows nothing about documents, speakers or tokens.

>>> text = "The rate reached 80.44%. Mr. Long asked why. 14 ministries answered."
>>> [text[s.start : s.end] for s in split_sentences(text)]
['The rate reached 80.44%.', 'Mr. Long asked why.', '14 ministries answered.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Span

__all__ = ["MAX_SENTENCE_CHARACTERS", "split_sentences"]

MAX_SENTENCE_CHARACTERS = 1500  # a run without a stop is cut at about this length

# Possessive quantifiers throughout: "......" without end must not be tried from every position.
_LINE = re.compile(r"[^\n]++")
_STOP = re.compile(r"(?P<mark>[.!?…]++|[\u3002\uff01\uff1f]++)(?P<close>[\"'”’»)\]}]*+(?:\[\d{1,3}\])*+)(?P<gap>\s*+)")
_LEAD = re.compile(r"(?P<open>[\"'“‘”«(\[{¿¡–—•*\s-]{0,8})(?P<word>\w[\w'’-]{0,24})?")
_LAST_TOKEN = re.compile(r"[^\s\"'“‘«(\[{/–—]*\Z")
_LIST_MARKER = re.compile(r"[\"“(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-zĐđ]|[IVXivx]{1,5})\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")  # U.S  Ph.D  e.g  a.m
_GLUED_NEXT = re.compile(r"[^\W\d_]*+[\s,]")
_WIDE_STOPS = "\u3002\uff01\uff1f"  # Chinese and Japanese: no space follows
_LOOK_BACK = 32  # characters; no abbreviation is longer
_CUT = re.compile(r"(?P<semicolon>;)(?=\s)|(?P<comma>,)(?=\s)|(?P<space>\s)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by the rest of their phrase: a name, a value, an example. Written as they are
# cased: "rep." and "gen." in lower case are words cut short, "Rep." and "Gen." are titles.
_NEVER_LAST = _words(
    """Mr Mrs Ms Mx Dr Prof Gen Sen Rep Gov Capt Cpt Lt Col Sgt Maj Cmdr Adm Hon Rev Fr Messrs Mme
    Mlle Assoc Asst Dep Pres Amb Supt Insp St Mt Ft e.g i.e E.g I.e eg vs Vs v viz cf Cf approx
    Approx ca incl esp resp Mio Mrd Tsd bzw TS ThS PGS GS TP Tp TX BS KS"""
)
# Stand before a number: "No. 5", "Jan. 3". "No." alone is an answer and ends its sentence.
_BEFORE_NUMBER = _words(
    """No no Nos nos Fig fig Figs figs Art Arts Sec sec Secs Vol vol Vols Ch ch Chap chap p pp Para
    para Eq eq Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec c"""
)
# May end a sentence or not: only a following word that opens sentences tells.
_MAYBE_LAST = _words(
    """Inc Ltd Co Corp Jr Sr Bros Dept Univ Inst Assn Ave Blvd Rd Tel Ext Govt Intl Jan Feb Mar Apr
    Jun Jul Aug Sep Sept Oct Nov Dec"""
)
_CLOCK = _words("a.m p.m A.M P.M")
_AFTER_CLOCK = _words(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December Eastern Western Pacific Central GMT UTC
    EST EDT CST CDT PST PDT ICT"""
)
_AND_SO_ON = "v.v"  # Vietnamese "etc.": an acronym in form, the end of a list in fact
_OPENERS = _words(
    """the a an this that these those there it its he she we they i you his her our their my your
    in on at by from for to with as of after before since during under over between among about
    when while if although though because however therefore moreover furthermore also but and or so
    yet then thus meanwhile additionally according what who why how where which not no yes all some
    many most each every both several other another such here now today once until despite through
    một các những trong ngoài theo tuy nhưng và ông bà đây đó khi nếu vì do tại ngày từ đến"""
)


def split_sentences(text: str) -> list[Span]:
    """The sentences of `text`, in order, not overlapping, without surrounding whitespace.

    Together they cover every character that is not whitespace. A run longer than
    `MAX_SENTENCE_CHARACTERS` is cut at a semicolon, else a comma, else a word boundary.

    >>> split_sentences("Yes. He left at 5 p.m. on Monday.\\nNo stop here")
    [Span(start=0, end=4), Span(start=5, end=33), Span(start=34, end=46)]
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _breaks(text, line.start(), line.end()):
            spans.extend(_pieces(text, start, end))
            start = end
        spans.extend(_pieces(text, start, line.end()))
    return spans


def _breaks(text: str, line_start: int, line_end: int) -> Iterator[int]:
    """Offsets inside one line at which a sentence ends, its closing quotes included."""
    start = line_start
    for stop in _STOP.finditer(text, line_start, line_end):
        if stop.end() < line_end and _ends_sentence(text, start, stop):
            start = stop.end("close")
            yield start


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the sentence that begins at `start` ends with this stop."""
    mark = stop["mark"]
    if mark[0] in _WIDE_STOPS:
        return True
    token = _last_token(text, start, stop.start())
    if not stop["gap"]:
        return _is_glued(text, token, stop)
    lead = _LEAD.match(text, stop.end(), stop.endpos)
    word = lead["word"] if lead else None
    if not lead or not word:
        return False  # only dashes, quotes or another stop follow
    lower = _opens_lower(word)
    if "?" in mark or "!" in mark:
        return not lower
    if mark != ".":
        return not lower and not word[0].isdigit()  # an ellipsis may stand inside a sentence
    if lower:  # after a full stop, a quotation may open in lower case
        return not stop["close"] and any(quote in lead["open"] for quote in '"“‘«')
    return not _is_abbreviation(text, start, stop, token, word)


def _is_abbreviation(text: str, start: int, stop: re.Match[str], token: str, word: str) -> bool:
    """Whether the single stop after `token` belongs to it and `word` continues the sentence."""
    before = text[max(start, stop.start() - _LOOK_BACK) : stop.start() - len(token)].rstrip()
    if _LIST_MARKER.match(token) and (not before or before[-1] in ":;"):
        return True  # "1. Something": the marker alone is no sentence
    if stop["close"].strip("'’") or not token:
        return False
    if token in _NEVER_LAST:
        return True
    if token in _BEFORE_NUMBER and word[0].isdigit():
        return True
    if token in _CLOCK:
        return word in _AFTER_CLOCK
    if token.lower() == _AND_SO_ON:
        return False
    # An initial ("J. K. Rowling"; but "Plan B. The ..." ends), "Inc.", "U.S.", "Ph.D.".
    initial = len(token) == 1 and token.isupper()
    if initial or token in _MAYBE_LAST or _ACRONYM.match(token):
        return word.lower() not in _OPENERS
    return False


def _is_glued(text: str, token: str, stop: re.Match[str]) -> bool:
    """Whether a stop without a space after it ends a sentence: "the country.The rate"."""
    after = stop.end()
    return (
        stop["mark"] == "."
        and len(token) > 2
        and token.isalpha()
        and token.islower()
        and text[after].isupper()
        and _GLUED_NEXT.match(text, after + 1, after + _LOOK_BACK) is not None
    )


def _last_token(text: str, start: int, end: int) -> str:
    """The run of characters before `end`, without opening quotes; "" after a space."""
    found = _LAST_TOKEN.search(text[max(start, end - _LOOK_BACK) : end])
    return found[0] if found else ""


def _opens_lower(word: str) -> bool:
    """Whether `word` begins in lower case and is not a name such as iPhone or e-Government."""
    return word[0].islower() and not any(letter.isupper() for letter in word[1:3])


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The stripped span `[start, end)`, in pieces of at most the longest sentence's length."""
    while end - start > MAX_SENTENCE_CHARACTERS:
        cut = _cut(text, start)
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)


def _cut(text: str, start: int) -> int:
    """Where to cut an over-long sentence: the last best boundary in the second half allowed."""
    limit = start + MAX_SENTENCE_CHARACTERS
    last: dict[str, int] = {}
    for boundary in _CUT.finditer(text, start + MAX_SENTENCE_CHARACTERS // 2, limit):
        last[boundary.lastgroup or ""] = boundary.end()
    return last.get("semicolon") or last.get("comma") or last.get("space") or limit


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without surrounding whitespace, or nothing when it is all whitespace."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    if piece:
        yield Span(start, start + len(piece))
