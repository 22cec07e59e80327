"""What kind of page furniture a single line looks like: menus, counters, tags, credits.

Only shapes of whole lines, each able to stand alone; which of them are dropped, and where, is
decided in boilerplate.py. Knows nothing about the lines around it.

>>> furniture_of("(0) Comments"), furniture_of("The comments were read out.")
('counter', '')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.dates import find_dates

__all__ = [
    "Credited",
    "Furniture",
    "furniture_of",
    "is_image_file",
    "is_prose",
    "is_rule",
    "is_sentence",
    "split_credit",
]

Furniture = Literal[
    "",  # none: words of the article, as far as the line alone can tell
    "image",  # img7104-172135.jpg
    "counter",  # (0) Comments
    "views",  # 1,204 views
    "copyright",  # Copyright 2012 by ... All rights reserved.
    "neighbour",  # PREV Another article
    "skip",  # Skip to content
    "related",  # Latest News
    "tags",  # Tags: budget, council
    "source",  # Source: city.example
    "author",  # Author: Kim Oanh
    "contact",  # Tel: 0255 3 712 135
    "share",  # Facebook Twitter Print
    "links",  # Home > News > Council
    "dateline",  # HA KIEN July 19, 2024 14:04
    "rule",  # --
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LINE_MAX = 300  # characters; furniture is short, and a pattern never meets a megabyte

_FLAGS = re.IGNORECASE
_COMMENTS = r"(?:comments?|replies|bình luận|ý kiến|phản hồi)"
_RULE = re.compile(r"[-–—_=*•·. ]{1,120}$")
_IMAGE = re.compile(r"[\w()%.@+-]{1,200}\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?)$", _FLAGS)
_PATTERNS: tuple[tuple[Furniture, re.Pattern[str]], ...] = (
    ("rule", _RULE),
    ("image", _IMAGE),
    (
        "counter",
        re.compile(
            rf"(?:\(?\d{{1,7}}\)?\s*{_COMMENTS}|{_COMMENTS}\s*:?\s*\(?\d{{1,7}}\)?"
            rf"|no {_COMMENTS}(?: yet)?\.?|leave a comment)$",
            _FLAGS,
        ),
    ),
    (
        "views",
        re.compile(
            r"(?:(?:page ?)?views?|(?:số )?lượt (?:xem|đọc))\s*:\s*\d[\d.,]{0,12}$"
            r"|\d[\d.,]{0,12}\s*(?:views|lượt (?:xem|đọc))$",
            _FLAGS,
        ),
    ),
    (
        "copyright",
        re.compile(
            r"(?:copyright|©|\(c\)|bản quyền)(?:\s*(?:©|\(c\)))?(?:\s+by)?\s*(?:19|20)\d\d\b.{0,200}$"
            r"|(?:.{0,200}[.,|–-]\s*)?all rights reserved\.?$",
            _FLAGS,
        ),
    ),
    (
        "neighbour",
        re.compile(r"(?:PREV|NEXT|PREVIOUS|(?:Previous|Next) (?:article|post|story):?)\s+\S"),
    ),
    ("skip", re.compile(r"(?:skip|jump) to (?:main |the )?(?:content|navigation)$", _FLAGS)),
    (
        "related",
        re.compile(
            r"(?:(?:latest|related|recommended|trending|popular|other|more|same|most read|most viewed)"
            r" (?:news|articles?|posts?|stories|tags?|categor(?:y|ies)|authors?|topics?|videos?)"
            r"|no data|không có dữ liệu|you (?:may|might) (?:also )?(?:like|be interested in)|read more"
            r"|tin (?:liên quan|mới(?: nhất)?|khác|cùng chuyên mục)|bài viết (?:liên quan|khác)"
            r"|cùng (?:chuyên mục|tác giả|từ khóa)|đọc (?:thêm|nhiều))\s*:?$",
            _FLAGS,
        ),
    ),
    ("tags", re.compile(r"(?:tags?|keywords?|từ khóa|thẻ)\s*:\s*\S.*$", _FLAGS)),
    ("source", re.compile(r"(?:source|nguồn)(?:\s*:\s*\S.{0,250})?$", _FLAGS)),
    (
        "author",
        re.compile(
            r"(?:author|by|tác giả|reporter|editor|PV|written by|posted by)\s*:\s*\S.{0,60}$"
            r"|(?:original language|ngôn ngữ gốc)\s*:\s*\w+$",
            _FLAGS,
        ),
    ),
    (
        "contact",
        re.compile(
            r"(?:tel|telephone|phone|fax|e-?mail|hotline|address|website|person in charge"
            r"|điện thoại|địa chỉ|chịu trách nhiệm[^:]{0,40}|giấy phép[^:]{0,40})\.?\s*:\s*\S.*$",
            _FLAGS,
        ),
    ),
)
_SHARE_WORDS = _words(
    "share facebook twitter x zalo linkedin whatsapp telegram messenger email e-mail print copy link"
    " in trang chia sẻ lưu save rss pinterest reddit"
)
_RESERVED = re.compile(r"\ball rights reserved\.?$", _FLAGS)
_LINK_GAP = re.compile(r"\s(?:[>»›|→]|/)\s")
_TERMINAL = re.compile(r"[.!?…:;,。！？][\"'”’»)\]]*$")
_STOP_INSIDE = re.compile(r"[.!?…][\"'”’»)\]]*\s+[\"'“‘«(\[]?[A-ZÀ-ỸĐ\d]")
_LETTER = re.compile(r"[^\W\d_]")
_AROUND_DATE = re.compile(
    r"\b\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?\b|\bGMT\s*[+-]?\d{0,2}|\(?\bUTC[+-]?\d{0,2}\)?"
    r"|\b(?:last )?(?:updated|published|posted)(?: on| at)?\b:?|\bngày\b|\bcập nhật\b:?"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\b"
    r"|\bviews?\b|\b\d[\d.,]*\b|[,|()–-]",
    _FLAGS,
)
_GLUED_DATE = re.compile(r"(?<=[^\W\d_])(?=\d{1,2}[/.-]\d{1,2}[/.-]\d{4})")
_PICTURE = r"(?i:(?:photo|image|picture|illustration)s?(?: by| courtesy of)?|ảnh|hình|nguồn ảnh)"
_CREDIT = re.compile(
    rf"(?:^|(?<=[.!?…”\"]))\s*\(?{_PICTURE}\s?:\s*[^:!?()]{{1,60}}\)?\.?$"
    rf"|\s*\({_PICTURE}\s?(?::\s*|(?=[A-ZÀ-ỸĐ]|\s[A-ZÀ-ỸĐ]))[^()]{{1,60}}\)\.?$"
)


@dataclass(frozen=True, slots=True)
class Credited:
    """A caption and the photographer's credit that closes it."""

    words: str
    credit: str  # "" when there is none


def furniture_of(line: str) -> Furniture:
    """The kind of furniture that `line` is by its shape alone, "" for everything else."""
    if not 0 < len(line) <= LINE_MAX:
        return ""
    for kind, pattern in _PATTERNS:
        if pattern.match(line):
            reserved = kind == "copyright" and _RESERVED.search(line) is not None
            return kind if reserved or not is_sentence(line) else ""
    words = line.casefold().split()
    if len(words) <= 12 and all(word.strip("|·,") in _SHARE_WORDS for word in words if word != "|"):
        return "share"
    items = _LINK_GAP.split(line)
    if len(items) >= 3 and all(0 < len(item.split()) <= 5 for item in items):
        return "links" if not any(letter.isdigit() for letter in line) else ""
    return "dateline" if _is_dateline(line) else ""


def is_image_file(line: str) -> bool:
    """Whether the line is the name of an image and nothing else."""
    return len(line) <= LINE_MAX and _IMAGE.match(line) is not None


def is_rule(line: str) -> bool:
    """Whether the line has only dashes, dots or the like."""
    return len(line) <= LINE_MAX and _RULE.match(line) is not None


def is_sentence(line: str) -> bool:
    """Whether the line closes like a sentence and has the words for one."""
    words = line.split()
    lower = any(word[0].islower() for word in words)
    return len(words) >= 4 and lower and _TERMINAL.search(line) is not None


def is_prose(line: str) -> bool:
    """Whether the line is running text: two sentences, or one of some length."""
    words = len(line.split(maxsplit=15))
    if words >= 16:
        return True
    return is_sentence(line) and (words >= 12 or _STOP_INSIDE.search(line) is not None)


def split_credit(line: str) -> Credited:
    """Part a caption from "Photo: VGP" or "(Photo city.example)" at its end."""
    tail_start = max(0, len(line) - 100)  # the credit is short, the line may be long
    match = _CREDIT.search(line, tail_start)
    if match is None or len(match.group().split()) > 8:
        return Credited(line, "")
    return Credited(line[: match.start()].rstrip(), match.group().strip())


def _is_dateline(line: str) -> bool:
    """A day with its year, and next to it at most a time, a view count and a byline."""
    if len(line) > 100 or not any(letter.isdigit() for letter in line):
        return False
    line = _GLUED_DATE.sub(" ", line)
    dated = [mention for mention in find_dates(line, order="dmy") if mention.has_year]
    if len(dated) != 1:
        return False
    around = f"{line[: dated[0].start]} {line[dated[0].end :]}"
    rest = _AROUND_DATE.sub(" ", around).split()
    names = all(not word[0].islower() for word in rest if _LETTER.match(word))
    return len(rest) <= 7 and names and not is_sentence(line)
