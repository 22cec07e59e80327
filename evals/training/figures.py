"""Passages full of figures, made by rule: the same indicator for other periods, places and kinds.

The record of a meeting gives an indicator for one year and another, for one
province and the nation, as a result and as a target. Which of them was asked for
is told by small words, and no public set trains that. The figures are drawn by
chance and nothing is taken from real reports.

Knows nothing about models or tokens.

    >>> import random
    >>> made = make_figures(random.Random(0))
    >>> all(made.passage[start:end] == made.answer for start, end in made.spans)
    True
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from evals.training.traps import MONTHS, PLACES

Kind = Literal["actual", "target", "estimate", "change"]
Family = Literal["share", "count", "money"]

_SHARES = (
    "share of applications filed online", "rate of applications settled on time", "vaccination rate",
    "unemployment rate", "literacy rate", "share of households with broadband", "school enrolment rate",
    "share of renewable energy", "recycling rate", "occupancy rate of hotels", "cashless payment rate",
    "share of farms with a cooperative contract", "forest cover", "share of women in management",
    "rate of digital signatures among adults", "poverty rate", "share of roads that are paved",
    "satisfaction rate of citizens", "share of communes with clean water", "inflation rate",
    "proportion of the digital economy in GDP", "rate of electronic invoices", "employment rate",
    "share of patients with an electronic record", "rate of public investment disbursed",
    "share of officials trained in data skills", "voter turnout", "rate of digitized archives",
    "contribution of services to GDP", "share of smart meters installed",
)  # fmt: skip
_COUNTS = (
    "registered cooperatives", "digital signatures issued", "new businesses", "hospital beds",
    "active user accounts", "electric buses", "schools connected to the network", "foreign visitors",
    "trained teachers", "public services offered online", "households on e-commerce platforms",
    "base stations", "completed housing units", "complaints received", "patents granted",
    "databases in use", "jobs created", "trees planted", "inspections carried out", "data centers",
    "kilometres of expressway", "tonnes of rice exported", "agencies connected to the platform",
    "cases resolved", "scholarships awarded", "farmers trained in digital skills", "villages with 4G coverage",
    "documents digitized", "startups supported", "workers in the technology sector",
)  # fmt: skip
_MONEY = (
    "export revenue", "budget revenue", "foreign investment", "retail sales", "spending on research",
    "e-commerce revenue", "tax arrears", "cost of the project", "tourism revenue", "agricultural exports",
    "lending to small businesses", "budget for training",
)  # fmt: skip
_FIRST = (
    "Anna", "Minh", "Tran", "Peter", "Maria", "John", "Nguyen", "Pham", "Le", "Sofia",
    "David", "Elena", "Omar", "Aisha", "Hans", "Lucia", "Viktor", "Mei", "Carlos", "Ingrid",
)  # fmt: skip
_LAST = (
    "Hoang Van Binh", "Novak", "Thi Lan", "Garcia", "Quang Huy", "Schmidt", "Okafor", "Duc Long", "Rossi", "Keller",
    "Ivanova", "Duy Khanh", "Larsen", "Silva", "Hassan", "Xuan Tan", "Weber", "Moreau", "Thanh Son", "Petrov",
)  # fmt: skip
_ROLES = (
    "Minister of Finance", "Deputy Prime Minister", "Chairman of the Provincial People's Committee", "Governor",
    "Director of the Department of Statistics", "Deputy Director", "Head of the working group", "Mayor",
    "Secretary of State", "Minister of Information", "spokesperson", "Chair of the committee",
)  # fmt: skip
_FILLER = (
    "Delegates discussed the difficulties of recent months and proposed solutions.",
    "The meeting was held online and linked all localities.",
    "Participants agreed that coordination between agencies has to improve.",
    "A detailed report is to be sent to the committee before the next session.",
    "Several localities asked for more funds and clearer rules.",
    "The chair thanked everyone for the frank and constructive comments.",
    "Infrastructure in mountainous areas remains a concern.",
    "He asked the departments to review their plans and to report progress every month.",
    "Businesses were encouraged to take part in the programme.",
    "The conference then turned to the tasks for the coming period.",
    "Many of the targets set in the plan were met or exceeded.",
    "Security of data was named as one of the main challenges.",
    "The working group will continue to monitor the results.",
    "Officials stressed that quality matters more than speed.",
    "Some indicators are still lower than expected.",
    "The session was attended by leaders of ministries, branches and localities.",
    "Training courses for local staff were held in all districts.",
    "No decision was taken on the proposal.",
)  # fmt: skip
_TITLES = (
    "Conference reviews results of the year", "Committee holds its regular session", "Working meeting on the plan",
    "Government meets with localities", "Provincial report on results and tasks", "Quarterly review meeting",
    "Minister closes the national conference", "Press briefing after the session", "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeFigures:
    """A question with the passage that answers it, and what does not."""

    question: str
    passage: str
    header: str
    answer: str
    spans: tuple[tuple[int, int], ...]
    wrong_questions: tuple[str, ...]  # not answered by the passage
    other_passage: str  # does not answer the question


@dataclass(frozen=True, slots=True)
class _Fact:
    family: Family
    indicator: str
    place: str  # "" for the nation
    year: int
    part: str  # "", "the first half of ", ...
    kind: Kind
    value: str


def make_figures(rng: random.Random) -> MadeFigures:
    """Draw one passage with its questions."""
    families: tuple[Family, ...] = ("share", "count", "money")
    family = rng.choice(families)
    names = {"share": _SHARES, "count": _COUNTS, "money": _MONEY}[family]
    indicator, other_indicator = rng.sample(names, 2)
    year = rng.randint(2008, 2026)
    place = rng.choice(PLACES) if rng.random() < 0.75 else ""
    kind: Kind = rng.choices(("actual", "target", "estimate", "change"), (6, 3, 1, 2))[0]
    part = rng.choices(("", "the first half of ", "the first quarter of ", "the second quarter of "), (7, 1, 1, 1))[0]
    fact = _Fact(
        family, indicator, place, year, part if kind in ("actual", "change") else "", kind, _value(family, kind, rng)
    )
    facts = [fact]
    used = {(place, year, kind)}
    for _ in range(rng.randint(1, 3)):
        near = _near(fact, rng)
        if (near.place, near.year, near.kind) not in used and near.value != fact.value:
            used.add((near.place, near.year, near.kind))
            facts.append(near)
    if rng.random() < 0.7:
        facts.append(_Fact(family, other_indicator, place, year, part, "actual", _value(family, "actual", rng)))
    header = rng.choice(_TITLES)
    if rng.random() < 0.6:
        dated = (
            f"{rng.choice(MONTHS)} {year}"
            if rng.random() < 0.5
            else f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        )
        header = f"{header} · {dated}" if header else dated
    order = facts[:]
    rng.shuffle(order)
    relative = str(year) in header and rng.random() < 0.4
    sentences: list[tuple[str, _Fact | None]] = [(_told(each, year if relative else 0, rng), each) for each in order]
    for filler in rng.sample(_FILLER, rng.randint(1, 4)):
        sentences.insert(rng.randint(0, len(sentences)), (filler, None))
    passage = ""
    spans: tuple[tuple[int, int], ...] = ()
    for text, said in sentences:
        passage += " " if passage else ""
        if said is fact:
            at = len(passage) + text.index(fact.value)
            spans = ((at, at + len(fact.value)),)
        passage += text
    wrong = []
    for _ in range(6):
        other = _near(fact, rng)
        clash = any(
            said.indicator == indicator
            and said.place == other.place
            and said.year == other.year
            and said.kind == other.kind
            for said in facts
        )
        # A change of the same year states no level, but an estimate may stand for an actual: leave those out.
        loose = {other.kind, fact.kind} == {"actual", "estimate"} and other.year == year and other.place == place
        if not clash and not loose and str(other.year) != "" and _absent(other, facts):
            wrong.append(_question(other, rng))
    others = [near for near in (_near(fact, rng) for _ in range(4)) if _absent(fact, [near])]
    extra = " ".join([*(_sentence(each, rng) for each in others[:3]), *rng.sample(_FILLER, 2)])
    return MadeFigures(
        question=_question(fact, rng),
        passage=passage,
        header=header,
        answer=fact.value,
        spans=spans,
        wrong_questions=tuple(dict.fromkeys(wrong))[:2],
        other_passage=extra,
    )


def _absent(asked: _Fact, facts: list[_Fact]) -> bool:
    return not any(
        said.indicator == asked.indicator
        and said.place == asked.place
        and said.year == asked.year
        and (said.kind == asked.kind or {said.kind, asked.kind} == {"actual", "estimate"})
        for said in facts
    )


def _near(fact: _Fact, rng: random.Random) -> _Fact:
    """The same indicator with another place, year or kind."""
    place, year, kind, part = fact.place, fact.year, fact.kind, fact.part
    change = rng.choices(("place", "year", "kind"), (4, 4, 3))[0]
    if change == "place":
        place = rng.choice([each for each in (*rng.sample(PLACES, 6), "") if each != fact.place])
    elif change == "year":
        year = fact.year + rng.choice((-5, -3, -2, -1, 1, 2, 3, 5))
    else:
        kind = rng.choice([each for each in ("actual", "target", "change") if each != fact.kind])
    if kind not in ("actual", "change"):
        part = ""
    return _Fact(fact.family, fact.indicator, place, year, part, kind, _value(fact.family, kind, rng))


def _value(family: str, kind: Kind, rng: random.Random) -> str:
    if kind == "change" or family == "share":
        high = 60 if kind == "change" else 99
        number = rng.choice((f"{rng.uniform(1, high):.1f}", f"{rng.uniform(1, high):.2f}", str(rng.randint(1, high))))
        return number + rng.choice(
            ("%", "%", " %", " percent", " per cent" if kind != "change" else " percentage points")
        )
    if family == "count":
        size = rng.choice((60, 900, 9_000, 90_000, 900_000))
        number_ = rng.randint(size // 10 + 2, size)
        return rng.choice(
            (f"{number_:,}", f"{number_:,}", f"over {number_:,}", str(number_), f"{rng.uniform(1, 40):.1f} million")
        )
    unit = rng.choice(
        ("billion USD", "million USD", "trillion dong", "billion euros", "million dollars", "billion VND")
    )
    return f"{rng.uniform(1, 400):.1f} {unit}" if rng.random() < 0.7 else f"{rng.randint(2, 900)} {unit}"


def _speaker(rng: random.Random) -> str:
    return f"{rng.choice(_ROLES)} {rng.choice(_FIRST)} {rng.choice(_LAST)}"


def _where(place: str, rng: random.Random) -> str:
    if not place:
        return rng.choice(("nationwide", "in the whole country", "across the nation", "at national level"))
    return rng.choice((f"in {place}", f"in {place}", f"in {place} province", f"in the {place} region"))


def _named(fact: _Fact) -> str:
    return f"number of {fact.indicator}" if fact.family == "count" else fact.indicator


def _sentence(fact: _Fact, rng: random.Random) -> str:
    where, named, value = _where(fact.place, rng), _named(fact), fact.value
    when = f"in {fact.part}{fact.year}"
    if fact.kind == "target":
        options = [
            f"The target for the {named} {where} is {value} by {fact.year}.",
            f"By the end of {fact.year}, the {named} {where} is to reach {value}.",
            f"For {fact.year} the plan sets a {named} of {value} {where}.",
            f"The {named} {where} should rise to {value} in {fact.year}, according to the resolution.",
            f"{where[0].upper() + where[1:]}, the goal is a {named} of {value} in {fact.year}.",
            f"It was agreed to strive for a {named} of {value} {where} by {fact.year}.",
        ]
    elif fact.kind == "estimate":
        options = [
            f"The {named} {where} is estimated at {value} for {fact.year}.",
            f"For {fact.year}, the {named} {where} is expected to come to {value}.",
            f"According to preliminary figures, the {named} {where} {when} was about {value}.",
        ]
    elif fact.kind == "change":
        verb = rng.choice(("rose by", "increased by", "fell by", "grew by", "went up by", "dropped by"))
        options = [
            f"The {named} {where} {verb} {value} {when}.",
            f"Compared to {fact.year - 1}, the {named} {where} {verb} {value} in {fact.year}.",
            f"{when[0].upper() + when[1:]}, the {named} {where} {verb} {value}.",
        ]
    else:
        options = [
            f"The {named} {where} was {value} {when}.",
            f"{when[0].upper() + when[1:]}, the {named} {where} reached {value}.",
            f"{where[0].upper() + where[1:]}, the {named} came to {value} {when}.",
            f"With {value}, the {named} {where} {when} met expectations.",
            f"{_speaker(rng)} said that the {named} {where} stood at {value} {when}.",
            f"The report gives {value} as the {named} {where} {when}.",
            f"{when[0].upper() + when[1:]} a {named} of {value} was recorded {where}.",
        ]
        if fact.family == "count":
            options += [
                f"There were {value} {fact.indicator} {where} {when}.",
                f"{where[0].upper() + where[1:]}, {value} {fact.indicator} were counted {when}.",
                f"{when[0].upper() + when[1:]}, the authorities reported {value} {fact.indicator} {where}.",
            ]
    return rng.choice(options)


def _told(fact: _Fact, this_year: int, rng: random.Random) -> str:
    """The sentence of a fact, with "this year" and "last year" where the header says which year it is."""
    text = _sentence(fact, rng)
    if not this_year or fact.part or fact.kind not in ("actual", "change"):
        return text
    for back, words in ((0, "this year"), (1, "last year")):
        year = this_year - back
        if fact.year == year:
            capital = words[0].upper() + words[1:]
            text = text.replace(f"In {year}", capital).replace(f"in {year}", words)
    return text


def _question(fact: _Fact, rng: random.Random) -> str:
    where = f"in {fact.place}" if fact.place else rng.choice(("nationwide", "in the country", "nationally"))
    named, when = _named(fact), f"in {fact.part}{fact.year}"
    if fact.kind == "target":
        options = [
            f"What is the target for the {named} {where} for {fact.year}?",
            f"What {named} is to be reached {where} by {fact.year}?",
            f"Which goal was set for the {named} {where} in {fact.year}?",
            f"What is the planned {named} {where} for {fact.year}?",
            f"target {named} {where} {fact.year}",
        ]
    elif fact.kind == "estimate":
        options = [
            f"What is the estimated {named} {where} for {fact.year}?",
            f"What {named} is expected {where} in {fact.year}?",
        ]
    elif fact.kind == "change":
        options = [
            f"By how much did the {named} {where} change {when}?",
            f"How much did the {named} rise or fall {where} {when}?",
            f"What was the change of the {named} {where} {when}?",
        ]
    else:
        options = [
            f"What was the {named} {where} {when}?",
            f"What was the {named} {when} {where}?",
            f"How high was the {named} {where} {when}?",
            f"What {named} was reached {where} {when}?",
            f"What {named} did {fact.place or 'the country'} have {when}?",
            f"{named} {where} {when}",
        ]
        if fact.family == "count":
            options += [
                f"How many {fact.indicator} were there {where} {when}?",
                f"{when[0].upper() + when[1:]}, how many {fact.indicator} were counted {where}?",
            ]
    return rng.choice(options)
