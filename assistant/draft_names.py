"""Whether the names, places and roles of a draft's sentence stand in its quotes, and with the same words.

A name has to stand in a cited quote or in what belongs to it: the sentence before, its document's
title and place, its speaker. Knows nothing of figures.

>>> source = Source("k", "d", Span(0, 0), "Harbour master Peter Oakes and the treasurer, Ruth Adeyemi, reported.")
>>> fault_in_names(read_sentence("Harbour master Ruth Oakes reported."), [source])
'“Ruth Oakes” does not stand in its source'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from assistant.draft_lexicon import SAME, stem_of
from assistant.draft_reading import Figure, Sentence, Word, read_sentence, words_told
from assistant.draft_source import Source
from corpus.document import Span
from corpus.places import find_places, is_country
from index.terms import fold, terms

__all__ = [
    "Span",
    "fault_in_names",
    "missing_name",
    "names_in",
    "no_person",
    "places_of",
    "read_sentence",
    "scope_of",
    "told_apart",
]

EXCHANGED = 2  # words that a source has for another name only
NEAR = 3  # words between the parts of one name: "Commissioner (Yusuf) Demir"
NATION = "the nation"
_NATION = re.compile(
    r"\b(?:nation(?:al(?:ly)?|wide)?|countrywide|(?:the|our|whole|entire|across the|in the) (?:country|nation))\b"
)
_LESSER = frozenset("vice deputy acting former assistant interim honorary sub associate outgoing designate ex".split())
_ROLES = frozenset(
    "chair chairman chairwoman chairperson president minister head director secretary mayor leader manager officer"
    " governor commissioner coach treasurer chief premier".split()
)
_NO_PERSON = frozenset(
    "mr mrs ms dr prof professor comrade sir prime committee department ministry government party people"
    " assembly council"
    " board city province university platform plan project portal law index standing steering national state group"
    " member information communications digital development fund bank court union".split()
)
_OPENERS = frozenset(
    "across among within throughout despite since unlike following regarding concerning starting compared only"
    " according including besides overall one two three four five six seven eight nine ten".split()
)
_REPORTS = re.compile(
    r"(?<!\band )(?<!\bbe )(?<!\bbeen )(?<!\bwas )(?<!\bwere )(?<!\bis )\b(?:said|says|stated|states|reported"
    r"|noted|warned|argued|added|explained|claimed|announced|stressed|pointed out"
    r"|asked|told|confirmed|denied|rejected|promised|proposed|recommended|believes?|thinks?|expects?|blamed"
    r"|attributed)\b"
)
_ACCORDING = re.compile(r"\baccording to\s+([^,;.]+)")


def fault_in_names(said: Sentence, cited: Sequence[Source]) -> str:
    """What is wrong with the names of `said`, in words for the reader; "" when nothing is."""
    return next(filter(None, _faults(said, cited)), "")


def missing_name(said: Sentence, cited: Sequence[Source]) -> str:
    """A name that no quote has, or not together, in words for the reader; "" when there is none."""
    return _missing(said, cited) or _parted(said, cited)


def _faults(said: Sentence, cited: Sequence[Source]) -> Iterator[str]:
    yield missing_name(said, cited)
    yield _greater_role(said, cited)
    yield _speaker(said, cited)
    yield _place(said, cited)
    yield _exchanged(said, cited)
    yield _reporter(said, cited)


def texts_of(source: Source) -> tuple[str, ...]:
    """All that a name may stand in."""
    places = " · ".join(reading.scope for reading in source.readings if reading.scope)
    return source.text, source.before, source.header, source.speaker, places


def _known(cited: Sequence[Source]) -> frozenset[str]:
    stems = {term.stem for source in cited for text in texts_of(source) for term in terms(text, keep_stop_words=True)}
    return frozenset(stems)


def _capitals(said: Sentence) -> list[Word]:
    """Words with a capital that is no sentence's own, dates and figures left out."""
    inside = [(start, end) for _, start, end in said.periods] + [(one.start, one.end) for one in said.figures]
    found = []
    for position, word in enumerate(said.words):
        if not word.is_capital or any(start <= word.start < end for start, end in inside):
            continue
        follows = said.words[position + 1] if position + 1 < len(said.words) else None
        opens = position == 0 or said.text[: word.start].rstrip().endswith((".", "!", "?", ":"))
        is_name = follows is not None and follows.is_capital and word.is_content and word.word not in _OPENERS
        if not opens or is_name:
            found.append(word)
    return found


def _missing(said: Sentence, cited: Sequence[Source]) -> str:
    known = _known(cited)
    for word in _capitals(said):
        if word.is_content and word.stem not in known:
            return f"“{said.text[word.start : word.end]}” does not stand in its source"
    return ""


def _parted(said: Sentence, cited: Sequence[Source]) -> str:
    """Two parts of a name that stand in the source, but not together."""
    texts = [[term.stem for term in terms(text, keep_stop_words=True)] for one in cited for text in texts_of(one)]
    for first, second in pairwise(_capitals(said)):
        beside = said.text[first.end : second.start].strip(" .’'") == ""
        if first.word in _ROLES and _has_title(first, second, cited):
            continue
        if beside and first.is_content and not any(_follow(words, first.stem, second.stem) for words in texts):
            return f"“{said.text[first.start : second.end]}” does not stand in its source"
    return ""


def _has_title(title: Word, name: Word, cited: Sequence[Source]) -> bool:
    """Whether only words of a title stand between: "Minister of Information and Communications Nguyen"."""
    for source in cited:
        words = source.read.words
        for position, word in enumerate(words):
            if word.stem != title.stem:
                continue
            for after in words[position + 1 : position + 10]:
                if after.stem == name.stem:
                    return True
                if after.is_capital and after.word not in _NO_PERSON | _ROLES | _LESSER:
                    break
    return False


def _follow(words: Sequence[str], first: str, second: str) -> bool:
    return any(
        word == first and second in words[position + 1 : position + 1 + NEAR] for position, word in enumerate(words)
    )


def _greater_role(said: Sentence, cited: Sequence[Source]) -> str:
    """A chairman where the source, beside the same name, has a vice chairman."""
    names = {word.stem for word in _capitals(said) if word.word not in _ROLES | _NO_PERSON | _LESSER}
    roles = [word for word in said.words if word.word in _ROLES and not _is_lesser(said.words, word.start)]
    for source in cited:
        read = source.read
        if not names & {word.stem for word in read.words if word.is_capital}:
            continue
        for role in roles:
            told = [word for word in read.words if word.stem == role.stem]
            if told and all(_is_lesser(read.words, word.start) for word in told):
                return f"the source says “{source.text[_before(read.words, told[0]) : told[0].end]}”"
    return ""


def _is_lesser(words: Sequence[Word], start: int) -> bool:
    before = [word.word for word in words if word.start < start][-2:]
    return any(word in _LESSER for word in before)


def _before(words: Sequence[Word], word: Word) -> int:
    return max((one.start for one in words if one.start < word.start and one.word in _LESSER), default=word.start)


def _speaker(said: Sentence, cited: Sequence[Source]) -> str:
    """Somebody of the meeting is named who neither speaks in the source nor is spoken of; or speaks for another."""
    text = fold(said.text)
    for source in cited:
        own, own_words = fold(source.speaker), fold(source.text)
        first_person = re.search(r"\b(?:i|my|me|we|our)\b", fold(source.text)) is not None
        for name in source.speakers:
            named = fold(name)
            place = re.search(rf"\b{re.escape(named)}\b", text)
            if named == own or not place or any(fold(one.speaker) == named for one in cited):
                continue
            spoken_of = re.search(rf"\b{re.escape(named)}\b", own_words) is not None
            subject = own not in text[: place.start()] and _is_subject(text, place.end())
            if not spoken_of or (first_person and subject and own not in text):
                return f"it is not {name} who says so in its source"
    return ""


def _is_subject(text: str, end: int) -> bool:
    return re.match(r"[’']?s?\s+(?:\w+ly\s+)?\w+", text[end:]) is not None


def places_of(text: str) -> frozenset[str]:
    """The places of a text, "the nation" among them."""
    found = {fold(place.name) for place in find_places(text)}
    return frozenset(found | ({NATION} if _NATION.search(fold(text)) else set()))


def _place(said: Sentence, cited: Sequence[Source]) -> str:
    """A name that stands only around the source, which tells of another: the city in the title, a town's debt."""
    told = scope_of(said, len(said.text))
    here = frozenset().union(*(scope_of(source.read) | _opener(source) for source in cited))
    words = frozenset().union(*(source.read.stems for source in cited))
    around = _known(cited) - words
    opener = said.words[0] if said.words else None
    if opener is not None and opener.is_content and opener.stem in around:
        told |= {opener.stem}
    new = told - words - here
    if not new:
        return ""
    if NATION in new:
        scopes = {one.scope for source in cited for one in source.readings if one.scope}
        if (here and not here & told) or (scopes and not any(is_country(scope) for scope in scopes)):
            return "its source does not speak of the nation"
    return "" if not here or here & told else "its source speaks of something else"


def _opener(source: Source) -> frozenset[str]:
    """The word that opens the source, where it is a name elsewhere in its document."""
    first = source.read.words[0] if source.read.words else None
    return frozenset({first.stem}) & source.names - no_person() if first is not None else frozenset()


def _opening(read: Sentence) -> int:
    """Where what a sentence is about has been named: at its first figure, else at the end of its first clause."""
    if read.figures:
        return read.figures[0].start
    return read.clauses[0].end if read.clauses else len(read.text)


def scope_of(read: Sentence, stop: int | None = None) -> frozenset[str]:
    """The nation and the proper names of a sentence, up to `stop`: by default where it has said what it is about."""
    stop = _opening(read) if stop is None else stop
    named = [word for word in _capitals(read) if word.start < stop and word.is_content]
    capitals = {word.stem for word in named if word.word not in _NO_PERSON | _ROLES}
    return frozenset(capitals | (places_of(read.text) & {NATION}))


def told_apart(said: Figure, own: Figure, other: Figure, strong: frozenset[str]) -> bool:
    """Whether what is said of a figure is what the source tells of the `other` and not of its `own`.

    One `strong` word (a name, a place, a time) that belongs to the other decides; else the count.
    """
    wide = said.words | {same for word in said.words for same in SAME.get(word, ())}
    theirs, ours = said.own & (other.words - own.words), wide & (own.words - other.words)
    if theirs & strong or any(word.startswith("@") for word in theirs):
        return True
    return bool(theirs) and (len(theirs) > len(ours) or (len(ours) <= 1 and len(theirs) == len(ours)))


def _people(read: Sentence) -> list[tuple[str, int, int]]:
    """Runs of capitalised words that may be people: their last stem, start and end."""
    runs: list[list[Word]] = []
    for word in read.words:
        if not word.is_capital or word.word in _NO_PERSON | _ROLES | _LESSER or not word.is_content:
            continue
        if runs and read.text[runs[-1][-1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    named = [run for run in runs if run[0].start or len(run) > 1]  # one word with a sentence's capital is no name
    return [(run[-1].stem, run[0].start, run[-1].end) for run in named]


@lru_cache(maxsize=1024)
def names_in(read: Sentence) -> frozenset[str]:
    """The stems of what may be names of people, places and bodies, each word of them."""
    return frozenset({word.stem for word in _capitals(read) if word.is_content} - no_person())


@cache
def no_person() -> frozenset[str]:
    """The stems of words with a capital that name nobody: titles, roles, kinds of bodies."""
    return frozenset(stem_of(word) for word in _NO_PERSON | _ROLES | _LESSER)


def _exchanged(said: Sentence, cited: Sequence[Source]) -> str:
    """A name that the source has, with the words that it has for another name."""
    ours = _people(said)
    if not ours:
        return ""
    told = _words_of_people(said, ours)
    for source in cited:
        theirs = _people(source.read)
        if len(theirs) < 2:
            continue
        source_told = _words_of_people(source.read, theirs)
        for name, words in told.items():
            own = source_told.get(name)
            if own is None:
                continue
            for other, other_words in source_told.items():
                exchanged = len(words & (other_words - own))
                if other != name and exchanged >= EXCHANGED and exchanged > len(words & (own - other_words)):
                    return "its source says so of somebody or something else"
    return ""


def _words_of_people(read: Sentence, people: Sequence[tuple[str, int, int]]) -> dict[str, frozenset[str]]:
    names = {stem for stem, _, _ in people}
    told = words_told([(start, end) for _, start, end in people], fold(read.text), read.words, read.periods)
    return {
        stem: frozenset(word for word in one.words if word not in names and not word.startswith("@"))
        for (stem, _, _), one in zip(people, told, strict=True)
    }


def _clause_start(said: Sentence, at: int) -> int:
    return max((clause.start for clause in said.clauses if clause.start <= at), default=0)


def _reporter(said: Sentence, cited: Sequence[Source]) -> str:
    """Who is said to say so must stand in the source, whoever it is."""
    text = fold(said.text)
    reports = _REPORTS.search(text)
    according = _ACCORDING.search(text)
    spans = [(_clause_start(said, reports.start()), reports.start())] if reports and reports.start() < 60 else []
    spans += [according.span(1)] if according else []
    known = _known(cited)
    known |= {same for word in known for same in SAME.get(word, ())}
    for start, end in spans:
        for word in said.words:
            if start <= word.start < end and word.is_content and word.stem not in known and word.word != "record":
                return f"“{said.text[word.start : word.end]}” does not stand in its source"
    return ""
