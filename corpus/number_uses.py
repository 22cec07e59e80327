"""Numbers that measure nothing: names, lists, clocks, telephones, addresses, points of discourse.

Each question is asked of one number at its place in the text, from the words beside it. Knows
nothing of units and values; days, years and periods are found in `corpus.periods`.

>>> text = "Project 06 has 12 offices."
>>> is_name(text, 8, 10), is_name(text, 15, 17)
(True, False)
"""

from __future__ import annotations

import re

from corpus.years import is_year

__all__ = [
    "counts_discourse",
    "counts_something",
    "is_age",
    "is_clock",
    "is_limit",
    "is_list_marker",
    "is_name",
    "is_old_year",
    "is_part_of_a_period",
    "is_slogan",
    "masked",
]

_LOOK_BACK = 28  # characters
_LOOK_AHEAD = 64

# "Shell nouns" name a piece of discourse or of a plan and not a thing of the world: H.-J. Schmid,
# English Abstract Nouns as Conceptual Shells (de Gruyter, 2000). A bare number before one counts
# what the speaker says. The nouns of his lists that meeting reports count; both languages here,
# nowhere else.
_SHELL_NOUNS = frozenset(
    """focuses foci issues points tasks reasons steps pillars principles contents levels phases aspects conditions
    lessons shortcomings questions topics items parts deadlines decisions limitations causes solutions
    objectives problems matters subjects themes ways things ideas proposals recommendations requests suggestions
    opinions viewpoints views requirements challenges difficulties obstacles bottlenecks advantages
    disadvantages factors elements components criteria features characteristics priorities directions
    orientations approaches measures stages rounds sections chapters articles clauses paragraphs sentences words
    categories dimensions figures pages drafts footnotes perspectives scenarios options examples messages
    commitments conclusions breakthroughs drivers dos clears contexts remarks comments answers keys facts""".split()
) - {"measures", "words", "articles", "comments"}  # also counted as things: texts, laws, what people post
_SHELL_PHRASES = re.compile(
    r"(?i)[^\S\n]+(?:[^\W\d]+[^\S\n]+){0,2}?(?:nhiệm vụ|giải pháp|vấn đề|nội dung|bài học|nguyên tắc|trọng tâm|trụ cột"
    r"|bước|cấp\b|hạn chế|tồn tại|quan điểm|kiến nghị|đề xuất|điểm(?! phần| %)|lý do|nhóm|giai đoạn|khâu|đột phá"
    r"|yêu cầu)"
)
_GROUPS_OF = re.compile(r"(?i)[^\S\n]+(?:main |major |key )?(?:groups?|sets?|clusters?|types?|kinds?) of\b")
_MOST_POINTS = 20  # "55 problems were published": nobody makes so many points
_MOST_GROUPED = 20  # "49 groups of tasks" is counted, "5 groups of tasks" introduces them

# Words that end the noun phrase that a number opens.
_STOPS = frozenset(
    """of in on at by for with from to and or nor but as is are was were be been being has have had do does did will
    would can could may might must shall should that which who whom whose when where while than then so if
    because it its they them their he his she her we our us you your i this these those the a an per not no yes
    there here both all each every any more less most least other others together came come comes went go goes
    took take takes said say says per cent percent after before since until under over about between against
    within without through among across during into onto out up down off also only even still already again too
    very much many""".split()
)
_FOLLOWING = re.compile(r"[^\S\n]+([^\W\d_][\w’'/-]*)")

_NAMING = frozenset(
    """project decision decree article section annex appendix page room chapter table figure fig no nos number level
    phase step stage version law resolution circular directive clause point paragraph para part item district
    ward zone class grade type category route highway road line gate building floor block apartment flat lot
    session round tier option form schedule volume vol issue sdg goal industry web windows android boeing airbus
    covid group module unit question task rule regulation ordinance plan document dispatch notice order act bill
    case file channel week day lesson area group slide step example note serial code id ext extension box p pp
    plot house hall seat flight train bus season episode topic criterion pillar agenda protocol iso tcvn isbn
    issn age aged ages tel fax phone hotline án định thứ điều khoản mục thông tư thị quyết luật độ cấp lần kỷ khóa
    khoá kỳ số quận phường tổ trang phòng quý tháng năm ngày bảng hình artikel absatz seite kapitel abschnitt
    nummer nr anlage phase stufe page chapitre décret loi annexe numéro n°""".split()
)
# Verbs and measures too: what they count follows ("to train 200 officials", "a day 40 trains").
_NOT_ALWAYS_NAMING = frozenset(
    """train issue file order document form house seat stage plan group line type class case note route act box grade
    schedule week day area part level""".split()
)
# After these a list goes on: "Levels 3 and 4", "mức độ 3, 4".
_NAMING_LISTS = frozenset("độ cấp điều khoản mục điểm".split())
_WORD_BEFORE = re.compile(r"([^\W\d_](?:[\w’'°-]*[\w°])?)(\.?)[^\S\n]{1,2}\Z")
_NUMBERS_BEFORE = re.compile(
    r"([^\W\d_][\w’'-]*)[^\S\n]+(?:\d+(?:[.,]\d+)*(?:\s?[,–-]\s?|\s(?:and|or|to|và|und|et)\s)){1,4}\Z"
)
_DETERMINED = re.compile(r"(?i)\b(?:our|this|that|its|each|every|their|his|her)[^\S\n]\Z")
_OPENS = re.compile(r"(?:^|[.!?:;…\n\"“‘«•|>(\]*#-])[^\S\n]*\Z")
_ORDINARY = frozenset(
    """about over around nearly almost some approximately roughly only with of in by for and or to from at up another
    all these those the top more less but total reaching reached there currently now already additional
    altogether including plus than least most has have had was were is are hơn khoảng trên gần có với và của""".split()
)

_FILE_OR_ADDRESS = re.compile(
    r"(?i)://|www\.|@\w|[\w-]+\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|pptx?|html?|txt|mp[34]|vtt|srt|zip|csv|com|vn|org|net|gov)\b|_"
)
_TELEPHONE = re.compile(
    r"(?i)\b(?:tel|fax|phones?|telephone|hotline|mobile|zalo|điện thoại|đt|sđt|call)\b"
    r"[^\w\n+(]{0,3}(?:number)?[^\w\n]{0,3}"
    r"[+(]{0,2}\d[\d .()/-]{2,}\d|\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]\d{2,4}){1,4}"
    r"|\(\+?\d{2,4}\)[ .-]?\d{3,}(?:[ .-]?\d+)*"
    r"|(?<![\d.,])0\d{2,3}[ .]\d{3,4}[ .]\d{3,4}(?!\d|[.,]\d)"
)
_STREET = re.compile(
    r"\b\d{1,4}[A-Za-z]?(?:/\d{1,4})?,?[^\S\n](?:[^\W\d_a-z][\w’'.-]*[^\S\n]){1,4}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Alley|Square|Highway|Drive|Way|Quay)\b"
    r"|\b\d{1,4}[A-Za-z]?,?[^\S\n](?:đường|phố|ngõ)\b|\b(?:đường|phố|ngõ|rue|avenue)[^\S\n](?:số[^\S\n])?\d+"
)
_OLD_YEAR = re.compile(r"(?:1\d|20)\d\d(?!\d)")
_OLD_YEARS = re.compile(
    r"(?:1\d|20)\d\d(?:[-–/]\d{2}(?:\d\d)?|[^\S\n](?:and|to|đến|và)[^\S\n][12]\d{3})(?![\w%]|[.,]\d|[^\S\n][a-z]+s\b)"
)
_CLOCK_AFTER = re.compile(
    r"(?i):\d|[^\S\n]?(?:a\.?m\b|p\.?m\b|o[’']clock)|h\d\d\b|h\b(?=[^\S\n]*(?:,|ngày|\d))|[^\S\n]Uhr\b"
    r"|[^\S\n]giờ[^\S\n](?:\d|sáng|chiều|tối|trưa|ngày|đêm)"
)
_STAMP = re.compile(r"\d:\d\d[^\S\n]{1,4}\Z")  # "16:11  114": a page's date line and its views
# "Met on 17 April at 10.30": the time of day of what takes place, not the level that something stands at.
_POINTED_TIME = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d(?!\d|[^\S\n]?(?:%|per\b|[mb]illion))")
_TAKES_PLACE = re.compile(
    r"(?i)(?:\b(?:me[et]ts?|held|opens?|opened|closes?|closed|beg[aiu]ns?|starts?|started|convenes?|convened|adjourned"
    r"|arriv\w+|depart\w+|[a-z]{3,6}day|(?:19|20)\d\d|\d{1,2} [a-z]{3,9}|[a-z]{3,9} \d{1,2})),?[^\S\n]at[^\S\n]\Z"
)
_AFTER_CLOCK = re.compile(r"[^\S\n]*(?:\n|\Z)")
_CLOCK_BEFORE = re.compile(r"(?i)(?:\d:|\d[^\S\n]?giờ[^\S\n]|\b(?:lúc|hồi|vào lúc|from|at)[^\S\n])\Z")
_LIST_MARKER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3})[.)](?=[^\S\n]|\Z|\n|\*)")
_AGE_BEFORE = re.compile(
    r"(?i)\b(?:aged?|ages|age of|tuổi)[^\S\n]+(?:[a-z]+[^\S\n]+)?(?:\d+(?:[^\S\n](?:and|to)[^\S\n]|[-–]))?\Z"
    r"|\b(?:children|people|persons|women|men|adults|girls|boys|pupils|trẻ em)[^\S\n]"
    r"(?:under|over|below|above|dưới|trên)[^\S\n]\Z"
)
_AGE_AFTER = re.compile(
    r"(?i)[^\S\n]?(?:-?years?[ -](?:olds?|of age)|years?(?: of age)? (?:and|or) (?:over|older|above|under"
    r"|younger|more|up)"
    r"|(?:năm )?tuổi|ans et plus|Jahre alt)\b"
)
_LONG = r"(?:years?|months?|weeks?|quarters?|decades?|centur(?:y|ies)|terms?|năm|tháng|tuần|quý|Jahren?|ans|mois)"
_PERIOD_BEFORE = re.compile(
    r"(?i)\b(?:last|past|next|first|previous|preceding|coming|following|recent|these|those|final|remaining|every|initial"
    r"|upcoming|letzten|nächsten|derniers|prochains|premiers)(?:[^\S\n](?:about|over|nearly|more than))?[^\S\n]+\Z"
)
_LASTING_BEFORE = re.compile(
    r"(?i)\b(?:after|over|for|in|during|within|throughout|since|trong|sau|qua|giai đoạn|nhiệm kỳ|seit|nach|pendant"
    r"|après)"
    r"(?:[^\S\n](?:about|over|nearly|almost|more than|just|hơn|gần|khoảng))?[^\S\n]+\Z"
)
_LASTING_UNIT = re.compile(rf"(?i)[^\S\n]{_LONG}\b")
_PERIOD_AFTER = re.compile(
    r"(?i)[^\S\n]+(?:[mb]illion[^\S\n]+)?[^\W\d]+[^\S\n]+"
    r"(?:ago|later|earlier|beforehand|qua|tới|gần đây|đầu|cuối|nữa)\b"
    rf"|[^\S\n]{_LONG} (?:before|after|from now|since)\b"
)
_PER_BEFORE = re.compile(r"(?i)\b(?:per|pro|je|mỗi)[^\S\n]\Z")
_ROUND = re.compile(r"10{2,}|10{0,2}(?:[., ]000)+")
_LIMIT_BEFORE = re.compile(r"(?i)\b(?:with|of|having|for|employing)[^\S\n]\Z")
_LIMIT_AFTER = re.compile(r"(?i)[^\S\n](?:or|and)[^\S\n](?:more|over|above|fewer|less|under)[^\S\n][^\W\d_]")
_QUOTE = '"“”‘’«»'
_SLOGAN = re.compile(rf"[^\S\n]*[{_QUOTE}]\w")
_IN_QUOTES = re.compile(rf"[^\d\n{_QUOTE}]{{1,40}}[{_QUOTE}]")
_DEFINITE = re.compile(r"(?i)\b(?:the|these|those|its|their|his|her|our|other|last|first|next|past|all|both)[^\S\n]+\Z")


def masked(text: str) -> list[tuple[int, int]]:
    """The telephone numbers and street addresses in `text`: start and end of each."""
    return [match.span() for form in (_TELEPHONE, _STREET) for match in form.finditer(text)]


def is_name(text: str, start: int, end: int) -> bool:
    """Whether the number at `start` to `end` numbers or names: "Project 06", "level 4", "COVID-19", a file.

    `end` is the end of the digits (and of the total, where there is one).
    """
    if text[max(0, start - 1) : start] in "#_§&=\\" and start:
        return True
    token_start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    stop = re.compile(r"[\s,;)]|\Z").search(text, end)
    if token_start < start or (stop and stop.start() > end):
        token = text[token_start : stop.start() if stop else len(text)]
        if _FILE_OR_ADDRESS.search(token):
            return True
    before = text[max(0, start - _LOOK_BACK) : start]
    listed = _NUMBERS_BEFORE.search(before)
    if listed and _is_naming(listed[1].lower()):
        return listed[1].lower().endswith("s") or listed[1].lower() in _NAMING_LISTS
    word = _WORD_BEFORE.search(before)
    if word and _DETERMINED.search(before, 0, word.start()):  # "in our district 34 of 51 wells"
        return False
    if word:
        lower = word[1].lower()
        if _is_naming(lower) and not (word[2] and len(lower) > 4):
            if lower == "số":
                return not before.lower().endswith("tổng số ")
            verb = lower.removesuffix("s") in _NOT_ALWAYS_NAMING and word[1] == lower
            return not (verb and _noun_phrase(text, end))
        if word[2]:
            return False
        opening = _OPENS.search(before, 0, word.start()) is not None or start == len(word[0])
        proper = not word[1].islower() and lower not in _ORDINARY and not opening
        return proper and text[start:end].isdecimal()
    return False


def _is_naming(word: str) -> bool:
    return word in _NAMING or (word.endswith("s") and (word[:-1] in _NAMING or word[:-2] in _NAMING))


def is_old_year(text: str, start: int, end: int) -> bool:
    """Whether a bare number is a year that `corpus.periods` does not find: "in 1858", "1745 to 1746"."""
    if not _OLD_YEAR.match(text, start, end):
        return False
    return _OLD_YEARS.match(text, start) is not None or is_year(text, start, end)


def is_clock(text: str, start: int, end: int) -> bool:
    """Whether it is a time of day or part of one: "14:04", "10.30 am", "9h30", "ten o'clock"."""
    if _CLOCK_AFTER.match(text, end) or (
        _AFTER_CLOCK.match(text, end) and _STAMP.search(text, max(0, start - 8), start)
    ):
        return True
    if _POINTED_TIME.fullmatch(text, start, end) and _TAKES_PLACE.search(text, max(0, start - _LOOK_BACK), start):
        return True
    before = _CLOCK_BEFORE.search(text, max(0, start - 10), start)
    if not before:
        return False
    return ":" in before[0] or "giờ" in before[0] or text.startswith(" giờ", end)


def is_list_marker(text: str, start: int, end: int) -> bool:
    """Whether it numbers a line ("2. Results", "3)"), or stands alone in brackets: "(0)", "[4]"."""
    line = max(text.rfind("\n", max(0, start - _LOOK_BACK), start) + 1, start - _LOOK_BACK, 0)
    if not text[line:start].strip(" \t*#>([-") and _LIST_MARKER.match(text, start):
        return True
    return text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]") and end - start <= 2


def is_age(text: str, start: int, end: int) -> bool:
    """Whether it is an age: "aged 15 and over", "15 years old", "đủ 15 tuổi"."""
    return (
        _AGE_AFTER.match(text, end) is not None
        or _AGE_BEFORE.search(text, max(0, start - _LOOK_BACK), start) is not None
    )


def is_limit(text: str, start: int, end: int) -> bool:
    """Whether a bare number limits a group and counts nothing: "with 3 or more persons", "per 1,000 inhabitants"."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _PER_BEFORE.search(before) and _ROUND.fullmatch(text, start, end):
        return True
    return _LIMIT_AFTER.match(text, end) is not None and _LIMIT_BEFORE.search(before) is not None


def is_part_of_a_period(text: str, start: int, end: int) -> bool:
    """Whether a number of days or years names a period: "the last 5 years", "3 days ago", "for 10 years"."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _PERIOD_BEFORE.search(before) or _PERIOD_AFTER.match(text, end):
        return True
    return _LASTING_UNIT.match(text, end) is not None and _LASTING_BEFORE.search(before) is not None


def is_slogan(text: str, start: int, end: int) -> bool:
    """Whether a bare number stands at a quotation mark: 5 "promoting", "5 focuses"."""
    if _SLOGAN.match(text, end):
        return True
    return text[start - 1 : start] in tuple(_QUOTE) and start > 0 and _IN_QUOTES.match(text, end) is not None


def counts_discourse(text: str, end: int, value: float) -> bool:
    """Whether the bare number that ends at `end` counts points of a talk or plan: "5 focuses"."""
    if value < _MOST_GROUPED and _GROUPS_OF.match(text, end):
        return True
    if value >= _MOST_POINTS:
        return False
    if _SHELL_PHRASES.match(text, end, end + _LOOK_AHEAD):
        return True
    words = _noun_phrase(text, end)
    return any(word in _SHELL_NOUNS for word in words) or (bool(words) and f"{words[-1]}s" in _SHELL_NOUNS)


def counts_something(text: str, start: int, end: int) -> bool:
    """Whether a number word counts what it stands before ("three hospitals"), and is no pronoun."""
    if _DEFINITE.search(text, max(0, start - 12), start):
        return False
    return bool(_noun_phrase(text, end))


def _noun_phrase(text: str, position: int) -> list[str]:
    """Up to four words after `position`, lower case, as far as they can be of one noun phrase."""
    words: list[str] = []
    while len(words) < 4:
        match = _FOLLOWING.match(text, position)
        if not match or match[1].lower() in _STOPS:
            break
        words += [match[1].lower()] if "/" not in match[1] else match[1].lower().split("/")
        position = match.end()
        if words[-1].endswith("s") and not words[-1].endswith(("ss", "ous", "’s", "'s")):
            break  # a plural ends it: "3 systems measure levels"
    return words
