"""Every quantity in a text: the words that carry it, its value and its unit.

One pass over the numbers; each is read on to its unit, range and total and back to its hedge, and
dropped where it only dates, names or numbers something. Knows nothing about what is measured.

>>> text = "In 2024 it rose to about 38.3%, or 477 of 832 villages; revenue is put at 25 billion USD."
>>> [(text[q.start : q.end], q.value, q.unit) for q in find_quantities(text)]
[('about 38.3%', 38.3, '%'), ('477 of 832', 477.0, 'count'), ('25 billion USD', 25000000000.0, 'USD')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus import number_uses
from corpus.amounts import Amount, AmountReader, is_glued
from corpus.hedges import has_minus, hedge_before
from corpus.number_forms import read_number
from corpus.proportions import candidates, read_proportion
from corpus.rankings import after_ordinal, read_moves, read_rank
from corpus.units import TIME_UNITS

__all__ = ["Quantity", "find_quantities", "read_number"]

_COUNT, _RANK, _PLACES = "count", "rank", "places"
_LOOK_BACK = 40  # characters
_PRONOUN_LIKE = 12  # number words up to here count only right before what they count


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity at its place; offsets are of the text that was searched."""

    start: int
    end: int  # hedge, number and unit: "about 38.3%", "477/832", "25 billion USD"
    number_start: int  # of the number, or of the currency sign before it: the hedge left out
    value: float  # written out: 13200000.0 for 13.2 million
    value_to: float | None  # upper end of a range
    total: float | None  # what a count or rank is out of
    total_start: int | None  # where the total stands, which may be outside start:end
    total_end: int | None
    unit: str  # "%", "times", "rank", "percentage points", "places", "count", an ISO 4217 code, else as written
    hedge: str  # lower-case words before the number that make it inexact, "" for an exact one


_BETWEEN = re.compile(r"(?i)\b(?:between|giữa|zwischen|entre)[^\S\n]+\Z")
_BETWEEN_LINK = re.compile(r"[^\S\n](?:and|và|und|et|y)[^\S\n]")
_RANGE = re.compile(r"[^\S\n]?[-–—−][^\S\n]?|[^\S\n](?:to|đến|tới|bis|à|or)[^\S\n]")
_TO = frozenset({"to", "đến", "tới", "bis", "à"})
_FROM = re.compile(r"(?i)\b(?:from|từ|von|de)[^\S\n]+(?:about |over |nearly |khoảng )?\Z")
_MOVED = re.compile(
    r"(?i)\b(?:increas|decreas|r[io]se|rising|gr[eo]w|fell|fall|drop|declin|reduc|improv|climb|jump|rais|mov|went|shift"
    r"|chang|cut|expand|doubl|tripl|quadrupl|halv|slow|shr[aiu]nk|slump"
    r"|plung|soar|surg|widen|narrow|slid|up |down |tăng|giảm|nâng|rút)[^.;\n]*\Z"
)
_OF = r"(?:(?:all|the|its|their|a total|a total of|those|some|every)[^\S\n]|[^\W\d_][\w-]*[’']s[^\S\n]){0,2}"
_NEAR_TOTAL = re.compile(rf"[^\S\n]?/[^\S\n]?|[^\S\n](?:(?:out[^\S\n])?of[^\S\n]{_OF}|trên tổng số[^\S\n])")
_IN_TOTAL = re.compile(r"[^\S\n]in[^\S\n](?:every[^\S\n])?")  # "one in five"
_IN_TOTAL_LIMIT = 1000
_FAR_TOTAL = re.compile(rf"(?:[^\S\n][^\W\d_][\w’'-]*){{0,3}}?[^\S\n]\(?(?:out of|trên tổng số)[^\S\n]{_OF}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_quantities(text: str, *, language: str = "en") -> list[Quantity]:
    """The quantities in `text`, by position, not overlapping; a total is no quantity of its own.

    `language` (ISO 639-1) decides numbers that can be read two ways, such as "1,162". Days, years,
    periods, clock times, names, list numbers and points of discourse are left out.

    >>> [q.hedge for q in find_quantities("over 55.25 million accounts, an estimated 4.2 km")]
    ['over', 'estimated']
    """
    search = candidates(language).search
    if not search(text):
        return []
    scan = _Scan(text, language)
    found: list[Quantity] = []
    position = 0
    while match := search(text, position):
        position = scan.reader.after_busy(*match.span())
        if position:
            continue
        scan.resume = match.end()
        quantity = scan.quantity(match)
        position = scan.resume
        if quantity and (not found or quantity.start >= found[-1].end):
            found.append(quantity)
            position = max(position, quantity.end, quantity.total_end or 0)
    return found


class _Scan:
    """Reads the numbers of one text; `resume` is where the search goes on after the last one."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.reader = AmountReader(text, language)
        self.resume = 0

    def quantity(self, match: re.Match[str]) -> Quantity | None:
        """The quantity whose number `match` has found."""
        if match.lastgroup not in ("digits", "words"):
            read = read_proportion(self.text, match)
            return self._made(match.start(), match.end(), *read) if read else None
        amount = self.reader.first(match)
        if amount is None:
            return None
        rank = read_rank(self.text, amount, self.reader)
        if rank:
            made = self._made(amount.start, rank.end, amount.raw, _RANK, total=rank.total)
            return made if not rank.hedge else _hedged(made, rank.start, rank.hedge)
        ordinal = 0 if amount.in_words else after_ordinal(self.text, amount.number_end)
        if ordinal:
            self.resume = ordinal
            return None
        return self._measured(amount)

    def _measured(self, first: Amount) -> Quantity | None:
        """The quantity that an amount is, with its range or total."""
        last, between = self._upper(first)
        ends = last or first
        value, unit, end = first.value, first.unit or ends.unit, ends.end
        if last:
            value = first.scaled(_lower_exponent(first, last))
        elif first.unit is None and (shared := self._shared(first)):
            value, unit = first.scaled(first.exponent or shared.exponent), shared.unit
        total = None
        if unit is None and not last:
            total, near, is_number = self._total(first)
            end = total.number_end if total and near else end
            end = max(end, total.end) if total and near and total.exponent else end
            if not is_number:
                return None
        if unit is None and is_glued(self.text, end):
            return None
        if not self._counts(first, ends, unit, total):
            self.resume = max(self.resume, ends.number_end, total.number_end if total else 0)
            return None
        moves = read_moves(self.text, first.start, end) if unit is None else 0
        made = self._made(
            first.start,
            moves or end,
            value,
            unit or (_PLACES if moves else _COUNT),
            value_to=last.value if last else None,
            total=total,
        )
        return made if between is None else _hedged(made, between, self.text[between : first.start].strip().lower())

    def _counts(self, first: Amount, ends: Amount, unit: str | None, total: Amount | None) -> bool:
        """Whether an amount measures or counts, and does not name, date or number anything."""
        text, start, end = self.text, first.number_start, ends.number_end
        if unit is None or TIME_UNITS.fullmatch(unit):
            if number_uses.is_age(text, start, end):
                return False
            if unit:
                pronoun = first.in_words and first.raw == 1  # "one day"
                clock = number_uses.is_clock(text, start, end)
                return not (pronoun or clock or number_uses.is_part_of_a_period(text, start, end))
        if unit is not None:
            return True
        in_digits = not first.exponent and not first.in_words
        if in_digits and (
            number_uses.is_name(text, start, total.number_end if total else end)
            or number_uses.is_old_year(text, start, end)
        ):
            return False
        if total or not first.is_bare or ends is not first:
            return True
        if number_uses.is_limit(text, start, end):
            return False
        if number_uses.is_slogan(text, start, end) or (
            first.is_whole and number_uses.counts_discourse(text, end, float(first.raw))
        ):
            return False
        if first.in_words and first.raw <= _PRONOUN_LIKE and text[start:end].lower() != "a dozen":
            return first.raw > 1 and number_uses.counts_something(text, start, end)
        return True

    def _upper(self, first: Amount) -> tuple[Amount | None, int | None]:
        """The upper end of a range, and where "between" stands if it opens it."""
        text = self.text
        low = max(0, first.start - _LOOK_BACK)
        between = _BETWEEN.search(text, low, first.start)
        link = (_BETWEEN_LINK.match(text, first.end) if between else None) or _RANGE.match(text, first.end)
        last = self.reader.at(link.end()) if link else None
        if not link or last is None:
            return None, None
        word = link[0].strip()
        same = first.unit is None or first.unit == last.unit or (last.unit is None and first.start < first.number_start)
        if not same or first.scaled(_lower_exponent(first, last)) >= last.value:
            return None, None
        if last.unit is None and (is_glued(text, last.end) or number_uses.is_clock(text, last.start, last.number_end)):
            return None, None
        if word == "or" and last.raw != first.raw + 1:
            return None, None
        moved = first.unit is not None or _MOVED.search(text, low, first.start)
        if word in _TO and moved and _FROM.search(text, low, first.start):  # "rose from 12 to 15": two values
            return None, None
        return last, between.start() if between and link.re is _BETWEEN_LINK else None

    def _shared(self, first: Amount) -> Amount | None:
        """What "12" has its unit and scale from in "rose from 12 to 15 per cent"."""
        link = _RANGE.match(self.text, first.end)
        if not link or not _FROM.search(self.text, max(0, first.start - _LOOK_BACK), first.start):
            return None
        last = self.reader.at(link.end())
        return last if last and not last.is_bare else None

    def _total(self, first: Amount) -> tuple[Amount | None, bool, bool]:
        """What a count is out of, if both are one phrase, and if it is a number at all (not "45/CP", "24/7")."""
        text = self.text
        link = _NEAR_TOTAL.match(text, first.end)
        slash = link is not None and "/" in link[0]
        if link is None and (first.in_words or first.raw == 1):
            link = _IN_TOTAL.match(text, first.end)
        near = link is not None
        link = link or _FAR_TOTAL.match(text, first.end)
        total = self.reader.at(link.end()) if link else None
        if not link or total is None:
            return None, near, not slash
        fits = total.unit is None and total.value >= first.value and not is_glued(text, total.end)
        if link.re is _IN_TOTAL:
            fits = fits and first.raw < total.raw <= _IN_TOTAL_LIMIT and total.in_words == first.in_words
        if slash:
            month = first.raw <= 12 and _YEAR.fullmatch(text, total.start, total.number_end) is not None
            fits = fits and not month and first.is_whole and total.is_whole
            self.resume = max(self.resume, total.number_end)
        return (total if fits else None), near, fits or not slash

    def _made(
        self,
        number_start: int,
        end: int,
        value: Decimal | float,
        unit: str,
        *,
        value_to: Decimal | None = None,
        total: Amount | None = None,
    ) -> Quantity:
        """The quantity, with its sign and the hedge before it."""
        if has_minus(self.text, number_start):
            number_start, value = number_start - 1, -value
        start, hedge = hedge_before(self.text, number_start)
        return Quantity(
            start=start,
            end=end,
            number_start=number_start,
            value=float(value),
            value_to=None if value_to is None else float(value_to),
            total=float(total.value) if total else None,
            total_start=total.start if total else None,
            total_end=(total.end if total.exponent else total.number_end) if total else None,
            unit=unit,
            hedge=hedge,
        )


def _lower_exponent(first: Amount, last: Amount) -> int:
    """The scale of the lower end: that of both in "2-3 million", none in "900 - 1.2 million"."""
    return last.exponent if not first.exponent and first.raw < last.raw else first.exponent


def _hedged(quantity: Quantity, start: int, hedge: str) -> Quantity:
    """The quantity with other words before it."""
    return replace(quantity, start=start, hedge=hedge)
