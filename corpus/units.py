"""Units and money after, and money before, a number: "%", "times", "km2", "25 billion USD", "€45m".

Percentages, multiples and money get one name whatever words the text has for them; every other
unit is kept as it is written. Knows nothing about the number itself.

>>> read_unit(" per cent of it", 0), read_unit(" US dollars", 0), read_unit(" km2", 0)
(('%', 9), ('USD', 11), ('km2', 4))
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.number_forms import any_of

__all__ = ["TIME_UNITS", "is_money", "money_before", "read_unit"]

PERCENT, POINTS, TIMES = "%", "percentage points", "times"

_SHARES = {"%": PERCENT, "percent": PERCENT, "per cent": PERCENT, "pct": PERCENT, "phần trăm": PERCENT}
_SHARES |= {"prozent": PERCENT, "pour cent": PERCENT, "por ciento": PERCENT, "per centum": PERCENT}
_SHARES |= dict.fromkeys(
    """percentage points|percentage point|percentage-point|percent points|percent point|per cent points|% points|% point
%-points|pp|p.p.|ppt|điểm phần trăm|điểm %|prozentpunkte|prozentpunkten|points de pourcentage|point de pourcentage
puntos porcentuales""".replace("\n", "|").split("|"),
    POINTS,
)
_SHARES |= dict.fromkeys(["times", "fold", "lần", "fois", "mal", "veces"], TIMES)

_MONEY_WORDS = {"us dollars": "USD", "us dollar": "USD", "u.s. dollars": "USD", "u.s. dollar": "USD", "dollars": "USD"}
_MONEY_WORDS |= {"dollar": "USD", "đô la mỹ": "USD", "đô la": "USD", "đô-la": "USD", "euros": "EUR", "euro": "EUR"}
_MONEY_WORDS |= {"vietnamese dong": "VND", "vietnam dong": "VND", "dongs": "VND", "dong": "VND", "đồng": "VND"}
_MONEY_WORDS |= {
    "pounds sterling": "GBP",
    "pounds": "GBP",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
}
_MONEY_WORDS |= {"australian dollars": "AUD", "canadian dollars": "CAD", "singapore dollars": "SGD"}
_MONEY_WORDS |= {
    "hong kong dollars": "HKD",
    "korean won": "KRW",
    "south korean won": "KRW",
    "baht": "THB",
    "kip": "LAK",
}
_MONEY_WORDS |= {"riel": "KHR", "ringgit": "MYR", "rupiah": "IDR", "rupees": "INR", "swiss francs": "CHF"}
_MONEY_WORDS |= {"roubles": "RUB", "rubles": "RUB", "zlotys": "PLN", "zloty": "PLN", "hryvnias": "UAH"}
_SIGNS = {"US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD"}
_SIGNS |= {"NZ$": "NZD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₫": "VND", "₩": "KRW"}
_SIGNS |= {
    "₹": "INR",
    "฿": "THB",
    "₽": "RUB",
    "₴": "UAH",
    "₱": "PHP",
    "₦": "NGN",
    "₺": "TRY",
    "₪": "ILS",
    "Rs": "INR",
    "Rs.": "INR",
}
_SIGNS_AFTER = {sign: code for sign, code in _SIGNS.items() if sign[0] not in "R"} | {"đ": "VND"}
# Codes that are more often a word or a name: "5 COP meetings", "ALL 12".
_NO_CODES = frozenset("ALL TOP TRY CUP MAD SOS COP PEN GEL RON BAM DOP BOB STN NIO XXX XTS MOP ANG SDG".split())

_SYMBOLS = (
    "km/h km² km2 km m/s m² m2 m³/s m3/s m³ m3 m cm² cm2 cm mm ha kg mg g MWh GWh kWh TWh Wh MWp GWp kWp MW GW kW TW kV"
    " MVA KB kB MB GB TB PB EB ZB KB/s kB/s MB/s GB/s Kbps kbps Mbps Gbps Tbps Mbit/s Gbit/s Mb/s Gb/s MHz GHz kHz Hz"
    " rpm RPM nm °C °F ms dB ‰ TEUs TEU toe TOE DWT"
).split()
_LENGTHS = "(?:kilo|centi|milli)?met(?:re|er)s?|(?:kilo|centi|milli)m[eè]tres?|miles?|feet|foot|inch(?:es)?|yards?"
_TIMES_EN = (
    "(?:working |business |calendar |man-)?days?|(?:working |man-)?hours?|minutes?|seconds|weeks?|months?|years?"
    "|decades?|nights?"
)
_TIMES_OTHER = (
    "ngày làm việc|ngày|giờ|phút|giây|tuần|tháng|năm|Tagen?|Stunden?|Minuten?|Sekunden?|Wochen?|Monaten?|Jahren?"
    "|jours?|heures?|secondes?|semaines?|mois|ans|années?"
)
_WORDS = (
    rf"(?:square |cubic |sq\.? )?(?:{_LENGTHS})(?: per (?:hour|second))?|hect(?:are|ar)s?|acres?"
    r"|sq (?:mi|km|ft)\b|ft\b|mi\b|lbs?\b|(?:giga|mega|kilo)?tons?|tonnes?|(?:mega|giga|kilo)?hertz"
    r"|(?:kilo|milli)?gram(?:me)?s?|kilos?|(?:milli)?lit(?:re|er)s?|barrels?|degrees?(?: (?:Celsius|Fahrenheit|C|F)\b)?"
    r"|(?:kilo|mega|giga|tera)watts?(?:[ -]hours?)?|(?:kilo|mega|giga|tera|peta)(?:bytes?|bits?)|basis points?|bps"
    r"|cents?|pence|(?:giga|mega)bits? per second|tấn|tạ|héc[- ]?ta|hecta|lít|mét vuông|mét khối|mét|dặm vuông|dặm|độ C"
    r"|Tonnen|Hektar|Kilometern?|Metern?|Quadratmetern?|Quadratkilometern?|Kubikmetern?|Litern?|Grad|degrés?"
)
_PER = r"per[^\S\n](?:1[.,]?000|10[.,]?000|100[.,]?000|100|1,000,000|thousand|million|hundred thousand)(?![\w.,]*\d)"

_GAP = r"[^\S\n]{0,2}-?(?:d[’']|de[^\S\n])?"
_SHARE = re.compile(rf"{_GAP}(?P<word>{any_of(_SHARES)}|[x×](?![\w.]|[^\S\n]?\d))(?!\w)", re.IGNORECASE)
_MONEY = re.compile(
    rf"{_GAP}(?:(?P<word>{any_of(_MONEY_WORDS)})(?!\s(?:chí|bào|thời|bộ|nghiệp|hồ|loạt|thuận)\b)"
    rf"|(?P<sign>(?-i:{any_of(_SIGNS_AFTER)})))(?![\d])",
    re.IGNORECASE,
)
_CODE = re.compile(r"[^\S\n]{0,2}-?(?P<code>[A-Z]{3})(?![\w])")
_OTHER = re.compile(
    rf"{_GAP}(?P<unit>(?:km vuông|{any_of(_SYMBOLS)})(?:/(?:ha|km2|km²|m2|m²|year|day))?|(?i:{_PER})"
    rf"|(?i:(?:{_WORDS}|{_TIMES_EN}|{_TIMES_OTHER})))(?![\w²³]|-\w)"
)
_ROUND = re.compile(r"[^\S\n]{0,2}-?[^\W\d]|[^\S\n]{0,2}-?[%$€£¥₫₩₹฿₽₴₱₦₺₪×°‰]")  # what any unit begins with

TIME_UNITS = re.compile(rf"(?i)(?:{_TIMES_EN}|{_TIMES_OTHER})")

_MONEY_BEFORE = re.compile(rf"(?<![\w$])(?:(?P<sign>{any_of(sorted(_SIGNS))})|(?P<code>[A-Z]{{3}}))[^\S\n]{{0,2}}\Z")


def read_unit(text: str, position: int, *, scaled: bool = False) -> tuple[str, int] | None:
    """The unit that begins at `position` of `text`, a space or hyphen before it allowed, and where it ends.

    "%", "percentage points", "times" or an ISO 4217 code, else the unit as written. After a scale
    word (`scaled`) "m" is no metre.
    """
    if not _ROUND.match(text, position):
        return None
    share = _SHARE.match(text, position)
    if share:
        return _SHARES.get(" ".join(share["word"].lower().split()), TIMES), share.end()
    money = _MONEY.match(text, position)
    if money:
        code = _MONEY_WORDS[" ".join(money["word"].lower().split())] if money["word"] else _SIGNS_AFTER[money["sign"]]
        return code, money.end()
    code_match = _CODE.match(text, position)
    if code_match and is_money(code_match["code"]):
        return code_match["code"], code_match.end()
    other = _OTHER.match(text, position)
    if other and not (scaled and other["unit"] == "m"):
        return other["unit"], other.end()
    return None


def money_before(text: str, position: int) -> tuple[str, int] | None:
    """The currency whose sign or code ends at `position` of `text`, and where it starts.

    >>> money_before("about US$ 3.4", 10)
    ('USD', 6)
    """
    ahead = _MONEY_BEFORE.search(text[max(0, position - 7) : position])
    if not ahead:
        return None
    if ahead["code"] and not is_money(ahead["code"]):
        return None
    start = position - (min(position, 7) - ahead.start())
    return (_SIGNS[ahead["sign"]] if ahead["sign"] else ahead["code"]), start


@lru_cache(maxsize=512)
def is_money(code: str) -> bool:
    """Whether three capitals are the ISO 4217 code of a currency, and no commoner word."""
    if code in _NO_CODES:
        return False
    import pycountry

    return pycountry.currencies.get(alpha_3=code) is not None
