"""Which readings are of the same thing, told in whatever words, and which of those a user means.

Two readings belong together when they are counted in the same unit and the words of what they
measure are alike (assistant/indicator_words.py). Like groups are joined by average linkage (Sokal
and Michener 1958) down to SAME; a change ("up 20%") then joins the levels that it is a change of.
What one sentence tells apart is never joined.
Knows nothing of the terminal, nor of how readings are found.

>>> # find_indicators("digital economy share of GDP", index.catalog, read_glossary())[0].name
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.indicator_words import CHANGE, IndicatorWords, Rarity, measure_of, trimmed
from corpus.glossary import Glossary
from corpus.places import find_places
from index.catalog import Catalog
from index.reading import Reading
from index.terms import STOP_WORDS, fold, terms

__all__ = ["Indicator", "find_indicators", "group_readings", "nearest_indicators"]

SAME = 0.55  # likeness from which two groups are one; set by reading the groups of the bundled reports
OTHER_THING = 0.5  # of the likeness is left where what one counts ("…: ministries") is not named by the other
DISTINCTIVE = 3  # digits of a value that with one word in common is the same figure told again: 388, 11.91%
FOUND = 0.6  # share of the user's words, by weight, that an indicator has to hold
BESIDE_BEST = 0.8  # of the best match's share, what else is shown beside it
IN_SENTENCE = 0.5  # of a word that stands in a reading's sentence but not in its indicator
SHARED = 0.4  # of an indicator's readings have the word: its name should have it too
UNNAMED = "Not named"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is measured, with all that the record tells of it."""

    name: str  # in the record's words
    unit: str  # of most of its readings; see Reading.unit
    readings: tuple[Reading, ...]  # in order of time, those without a period last


@dataclass(frozen=True, slots=True)
class _Told:
    """Readings whose words are the same."""

    words: frozenset[str]
    counted: frozenset[str]  # those behind a colon: "plans issued: ministries"; empty where there is none
    readings: tuple[Reading, ...]


def group_readings(readings: Iterable[Reading], glossary: Glossary) -> list[Indicator]:
    """All `readings`, grouped into indicators; those with most readings first, then by name."""
    canonical = IndicatorWords(glossary)
    told: dict[tuple[str, frozenset[str], frozenset[str], object], list[Reading]] = defaultdict(list)
    for reading in readings:
        words = canonical.of_reading(reading)
        counted = canonical.of_text(reading.indicator.rpartition(": ")[2]) if ": " in reading.indicator else frozenset()
        nameless = None if words else (reading.document_id, reading.start)  # nothing to join it by
        told[measure_of(reading), words, counted & words, nameless].append(reading)
    rarity = Rarity.of(words for (_, words, _, _), group in told.items() for _ in group)
    by_measure: dict[str, list[_Told]] = defaultdict(list)
    for (measure, words, counted, _), group in told.items():
        by_measure[measure].append(_Told(words, counted, tuple(group)))
    changes = by_measure.pop(CHANGE, [])
    groups = [group for nodes in by_measure.values() for group in _linked(nodes, rarity)]
    groups += _linked(_without_level(changes, groups, rarity), rarity)
    found = [_indicator(group, canonical) for group in groups]
    return sorted(found, key=lambda one: (one.name == UNNAMED, -len(one.readings), fold(one.name), one.unit))


def find_indicators(
    words: str, catalog: Catalog, glossary: Glossary, *, grouped: Sequence[Indicator] | None = None
) -> list[Indicator]:
    """The indicators of `catalog` that the user's `words` name, best first; none when none holds enough of them.

    A place among the words limits the readings to that place. `grouped` are the indicators of all its
    readings, where they are known already.
    """
    ranked = _ranked(words, catalog, glossary, grouped)
    best = ranked[0][0] if ranked else 0.0
    return [one for share, one in ranked if share >= max(FOUND, BESIDE_BEST * best)]


def nearest_indicators(
    words: str, catalog: Catalog, glossary: Glossary, count: int, *, grouped: Sequence[Indicator] | None = None
) -> list[Indicator]:
    """The `count` indicators that share most with `words`, for when none is found."""
    return [one for share, one in _ranked(words, catalog, glossary, grouped, anywhere=True) if share > 0][:count]


def _ranked(
    words: str,
    catalog: Catalog,
    glossary: Glossary,
    grouped: Sequence[Indicator] | None,
    *,
    anywhere: bool = False,
) -> list[tuple[float, Indicator]]:
    """Every indicator with the share of the words it holds, best first."""
    canonical = IndicatorWords(glossary)
    places = find_places(words, any_case=True)
    named = {fold(place.name) for place in places}
    for place in places:
        words = words.replace(words[place.start : place.end], " ")
    asked = canonical.of_text(words)
    readings = catalog.readings.all()
    rarity = Rarity.of(canonical.of_reading(reading) for reading in readings)
    sentences = _Sentences(catalog)
    ranked: list[tuple[float, float, Indicator]] = []
    for indicator in group_readings(readings, glossary) if grouped is None else grouped:
        if named and not anywhere:
            there = tuple(reading for reading in indicator.readings if fold(reading.scope) in named)
            if not there:
                continue
            indicator = replace(indicator, readings=there)
        best = (0.0, 0.0)
        for reading in indicator.readings:
            held = canonical.of_reading(reading) | (canonical.share if reading.unit == "%" else frozenset())
            own = rarity.weight(asked & held)
            if own or not asked:
                around = canonical.of_text(sentences.of(reading)) - held
                share = (own + IN_SENTENCE * rarity.weight(asked & around)) / rarity.weight(asked) if asked else 1.0
                best = max(best, (round(share, 6), own / (rarity.weight(held) or 1.0)))
        if best[0] and (asked or named):
            ranked.append((*best, indicator))
    ranked.sort(key=lambda one: (-one[0], -round(one[1], 1), -len(one[2].readings), one[2].name))
    return [(share, indicator) for share, _, indicator in ranked]


class _Sentences:
    """The sentences of readings, each document read once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._texts: dict[str, str] = {}

    def of(self, reading: Reading) -> str:
        if reading.document_id not in self._texts:
            document = self._catalog.document(reading.document_id)
            self._texts[reading.document_id] = document.text if document else ""
        return reading.sentence.of(self._texts[reading.document_id])


def _linked(nodes: Sequence[_Told], rarity: Rarity) -> list[list[_Told]]:
    """The nodes of one unit, joined while the likest two groups are alike enough."""
    groups = dict(enumerate(_told_again(nodes)))
    sentences = {number: _sentences_of(group) for number, group in groups.items()}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    by_word: dict[str, set[int]] = defaultdict(set)
    for number, group in groups.items():
        words = {word for node in group for word in node.words}
        for other in {other for word in words for other in by_word[word]}:
            near[number][other] = near[other][number] = _average(group, groups[other], rarity)
        for word in words:
            by_word[word].add(number)
    waiting = [
        (-likeness, a, b) for a, row in near.items() for b, likeness in row.items() if a < b and likeness >= SAME
    ]
    heapq.heapify(waiting)
    following = len(groups)
    while waiting:
        _, a, b = heapq.heappop(waiting)
        if a not in groups or b not in groups or not sentences[a].isdisjoint(sentences[b]):
            continue
        counts = len(groups[a]), len(groups[b])
        for other in {*near[a], *near[b]} & groups.keys() - {a, b}:
            both = counts[0] * near[a].get(other, 0.0) + counts[1] * near[b].get(other, 0.0)
            likeness = both / sum(counts)
            near[following][other] = near[other][following] = likeness
            if likeness >= SAME:
                heapq.heappush(waiting, (-likeness, other, following))
        groups[following] = groups.pop(a) + groups.pop(b)
        sentences[following] = sentences.pop(a) | sentences.pop(b)
        following += 1
    return list(groups.values())


def _told_again(nodes: Sequence[_Told]) -> list[list[_Told]]:
    """The nodes, those together that tell one unusual value with a word in common: a figure that is quoted again."""
    groups: list[list[_Told]] = []
    by_value: dict[tuple[float, float | None], list[list[_Told]]] = defaultdict(list)
    for node in nodes:
        values = {value for reading in node.readings if (value := _unusual(reading))}
        for group in (group for value in values for group in by_value[value]):
            alike = any(node.words & other.words for other in group)
            if alike and _sentences_of([node]).isdisjoint(_sentences_of(group)):
                group.append(node)
                break
        else:
            groups.append(group := [node])
        for value in values:
            if not any(group is known for known in by_value[value]):
                by_value[value].append(group)
    return groups


def _unusual(reading: Reading) -> tuple[float, float | None] | None:
    """Value and total of a reading whose digits are so many that they are hardly told of two things."""
    told = (reading.value,) if reading.total is None else (reading.value, reading.total)
    digits = "".join(f"{number:.10g}" for number in told).replace(".", "").strip("0")
    return (reading.value, reading.total) if len(digits) >= DISTINCTIVE else None


def _without_level(changes: Iterable[_Told], groups: Sequence[list[_Told]], rarity: Rarity) -> list[_Told]:
    """Put each change with the group of levels that is likest; those that are like none are returned."""
    levels = [list(group) for group in groups]
    left = []
    for change in changes:
        likest, best = SAME, None
        for group, level in zip(groups, levels, strict=True):
            apart = not _sentences_of([change]).isdisjoint(_sentences_of(level))
            if apart and all(change.words != node.words for node in level):
                continue
            likeness = max(_likeness(change, node, rarity) for node in level)
            if likeness > likest:
                likest, best = likeness, group
        if best is None:
            left.append(change)
        else:
            best.append(change)
    return left


def _likeness(one: _Told, other: _Told, rarity: Rarity) -> float:
    likeness = rarity.likeness(one.words, other.words)
    apart = any(a.counted and a.counted.isdisjoint(b.words) for a, b in ((one, other), (other, one)))
    return OTHER_THING * likeness if apart else likeness


def _average(one: Sequence[_Told], other: Sequence[_Told], rarity: Rarity) -> float:
    return sum(_likeness(a, b, rarity) for a in one for b in other) / (len(one) * len(other))


def _sentences_of(nodes: Iterable[_Told]) -> set[tuple[str, int]]:
    return {(reading.document_id, reading.sentence.start) for node in nodes for reading in node.readings}


def _indicator(group: Sequence[_Told], canonical: IndicatorWords) -> Indicator:
    readings = [reading for node in group for reading in node.readings]
    levels = [reading for reading in readings if reading.kind != "change"] or readings
    unit = Counter(reading.unit for reading in levels).most_common(1)[0][0]
    readings.sort(key=_when)
    return Indicator(_name(readings, canonical), unit, tuple(readings))


def _when(reading: Reading) -> tuple[int, str, str, str, int]:
    period = reading.period
    days = (period.start.isoformat(), period.end.isoformat()) if period else ("", "")
    return (period is None, *days, reading.document_id, reading.start)


def _name(readings: Sequence[Reading], canonical: IndicatorWords) -> str:
    """The indicator with most of the words that readings share, rather whole than pieced, told often, and short."""
    frequency = Counter(word for reading in readings for word in canonical.of_reading(reading))
    often = max(SHARED * len(readings), min(2, len(readings)))
    shared = {word for word, count in frequency.items() if count >= often}
    named = Counter(trimmed(reading.indicator) for reading in readings if canonical.of_reading(reading))
    if not named:
        named = Counter(trimmed(reading.indicator) for reading in readings if terms(reading.indicator))
    if not named:
        return UNNAMED
    places = {word for reading in readings for word in canonical.of_text(reading.scope, silent=False)}

    def unclear(name: str) -> tuple[int, bool, bool, int, int, str]:
        words = canonical.of_text(name)
        return (len(shared - words), _is_pieced(name), len(words - places) < 2, -named[name], len(name), name)

    name = min(named, key=unclear)
    return name[:1].upper() + name[1:]


def _is_pieced(name: str) -> bool:
    """Whether the words come from two places: "X … Y", "X: Y", or another sentence's beginning in their midst."""
    joint = any(
        term.word in STOP_WORDS and name[term.start].isupper() for term in terms(name, keep_stop_words=True)[1:]
    )
    return joint or "…" in name or ": " in name
