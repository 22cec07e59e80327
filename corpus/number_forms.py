"""One written number: digits with their group and decimal marks, number words, scale words.

The marks are those of the language (Unicode CLDR through Babel); a form that has only the other
reading takes that one, so that "4.523.000" is read in English too and "80.44" in Vietnamese.
Knows nothing of units, nor of what stands around a number.

>>> read_number("4,523,000"), read_number("4.523.000", language="vi"), read_number("12,5", language="de")
(Decimal('4523000'), Decimal('4523000'), Decimal('12.5'))
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

__all__ = [
    "DENOMINATORS",
    "NUMBER_WORDS",
    "ORDINAL_WORDS",
    "SCALE",
    "WORD_NUMBER",
    "any_of",
    "digits_pattern",
    "read_number",
    "read_scale",
    "read_words",
]

# Decimal and group mark. The languages of the record stand here, so that reading it does not load
# Babel's data (about 70 ms); a test holds them against Babel.
_MARKS = {"en": (".", ","), "vi": (",", ".")}
_SPACES = "\u00a0\u202f\u2009"  # no-break, narrow no-break, thin
_APOSTROPHES = "'’"  # Swiss groups

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
NUMBER_WORDS = dict(zip(f"{_ONES} seventeen eighteen nineteen".split(), range(20), strict=True))
NUMBER_WORDS |= dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
ORDINAL_WORDS = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(), range(1, 11), strict=True)
)
DENOMINATORS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
DENOMINATORS |= {f"{word}{end}": n for word, n in ORDINAL_WORDS.items() if n > 2 for end in ("", "s")}

# Powers of ten; "billion" and "trillion" are the next step of the long scale in the languages of _LONG_SCALE.
_SCALES = {
    "en": {"hundred": 2, "thousand": 3, "million": 6, "millions": 6, "mn": 6, "mln": 6, "billion": 9, "billions": 9}
    | {"bn": 9, "bln": 9, "trillion": 12, "tn": 12, "trn": 12, "lakh": 5, "crore": 7},
    "vi": {"trăm": 2, "nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9},
    "de": {"tausend": 3, "mio": 6, "mio.": 6, "millionen": 6, "milliarde": 9, "milliarden": 9, "mrd": 9, "mrd.": 9}
    | {"billionen": 12},
    "fr": {"mille": 3, "milliers": 3, "milliard": 9, "milliards": 9},
    "es": {"mil": 3, "millón": 6, "millones": 6, "billón": 12, "billones": 12},
}
_LONG_SCALE = {"billion": 12, "billions": 12, "trillion": 18}
_LONG_SCALE_LANGUAGES = frozenset({"de", "fr", "es"})
_LANGUAGE_OF = {word: language for language, words in reversed(_SCALES.items()) for word in words}


def any_of(words: object) -> str:
    """A pattern for one of `words` (an iterable of str), the longest first; a word is whole."""
    ordered = sorted(words, key=lambda word: (-len(word), word))  # type: ignore[call-overload]
    return "|".join(re.escape(word) + (r"(?!\w)" if word[-1].isalpha() else "") for word in ordered)


SCALE = re.compile(rf"[^\S\n]{{0,2}}-?({any_of(_LANGUAGE_OF)})", re.IGNORECASE)

_SIMPLE = rf"(?:{any_of(NUMBER_WORDS)})"
_BIG = r"(?:(?:hundred|thousand|million|billion|trillion|dozen)(?!\w))"
# "two", "twenty-five", "three hundred and twelve thousand", "a million"; "one" and "and" as far as they belong to it.
WORD_NUMBER = (
    rf"(?:a[ \u00a0](?={_BIG}){_BIG}|{_SIMPLE})"
    rf"(?:[ \u00a0-]{_BIG}|(?<=ty)[ -]{_SIMPLE}|(?<=hundred) (?:and )?{_SIMPLE}|(?<=thousand) (?:and )?{_SIMPLE}"
    rf"|(?<=illion) (?:and )?{_SIMPLE}(?= {_BIG}|-))*"
)


@lru_cache(maxsize=64)
def _marks(language: str) -> tuple[str, str]:
    """Decimal and group mark of a language (ISO 639-1); those of English where it is not known."""
    if language in _MARKS:
        return _MARKS[language]
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(language).number_symbols["latn"]
    except (UnknownLocaleError, ValueError, KeyError):
        return _MARKS["en"]
    return str(symbols["decimal"]), str(symbols["group"])


@lru_cache(maxsize=64)
def digits_pattern(language: str) -> str:
    """A pattern for a number in digits, marks included.

    One plain space groups only in languages that group with spaces; two do in every language.
    """
    once = "+" if _marks(language)[1].isspace() else "{2,}"
    spaced = rf"(?:(?:[{_SPACES}]\d{{3}})+|(?: \d{{3}}){once})(?!\d)"
    return rf"(?:[1-9]\d{{0,2}}{spaced}(?:[.,]\d+)?|\d+(?:[.,{_APOSTROPHES}]\d+)*)"


@lru_cache(maxsize=64)
def _forms(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The readings to be tried in turn: a pattern and its decimal mark."""
    decimal, group = _marks(language)
    pairs = [(decimal, group), (",", "."), (".", ",")]
    forms = []
    for mark, between in dict.fromkeys(pairs):
        groups = f"{_SPACES} {_APOSTROPHES}" if between.isspace() or between in _APOSTROPHES else re.escape(between)
        whole = rf"[1-9]\d{{0,2}}(?:(?:[{groups}])\d{{3}})+|\d+"
        if between == ",":
            whole = rf"[1-9]\d?(?:,\d\d)+,\d{{3}}|{whole}"  # 12,34,567 in India
        forms.append((re.compile(rf"(?:{whole})(?:{re.escape(mark)}\d+)?"), mark))
    spaced = rf"[1-9]\d{{0,2}}(?:[{_SPACES} {_APOSTROPHES}]\d{{3}})+"
    forms += [(re.compile(rf"{spaced}(?:{re.escape(mark)}\d+)?"), mark) for mark in dict.fromkeys((decimal, ".", ","))]
    return tuple(forms)


@lru_cache(maxsize=4096)
def read_number(written: str, *, language: str = "en") -> Decimal | None:
    """The value of one number in digits, a sign before it allowed; None where it is no number ("3.2.1").

    `language` (ISO 639-1) decides what can be read both ways: "1,162" is 1162 in English and
    1.162 in Vietnamese.
    """
    written = written.strip()
    sign = -1 if written[:1] in ("-", "−") else 1
    written = written.lstrip("-−+")
    for form, mark in _forms(language):
        if form.fullmatch(written):
            whole, _, rest = written.partition(mark)
            figures = "".join(character for character in whole if character.isdecimal())
            return sign * Decimal(f"{figures}.{rest}" if rest else figures)
    return None


def read_scale(word: str, *, language: str = "en") -> tuple[int, str]:
    """The power of ten of a scale word, and the language that it is a word of.

    >>> read_scale("tỷ"), read_scale("billion", language="fr")
    ((9, 'vi'), (12, 'fr'))
    """
    word = word.lower()
    if language in _LONG_SCALE_LANGUAGES and word in _LONG_SCALE:
        return _LONG_SCALE[word], language
    own = _LANGUAGE_OF[word]
    return _SCALES[own][word], own


def read_words(words: str) -> int | None:
    """The value of an English number in words; None where the words make no number.

    >>> read_words("three hundred and twelve thousand"), read_words("a dozen"), read_words("twenty-five")
    (312000, 12, 25)
    """
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in NUMBER_WORDS:
            if current % 10 and current < 100:
                return None
            current += NUMBER_WORDS[word]
        elif word in ("a", "and"):
            current += word == "a"
        elif word == "dozen":
            current *= 12
        elif word == "hundred":
            current *= 100
        elif word in _SCALES["en"]:
            total += max(current, 1) * 10 ** _SCALES["en"][word]
            current = 0
        else:
            return None
    return total + current
