"""Which language a text is written in, by its script, its letters and its commonest words.

A small method on purpose: it needs no model, tells the languages that the program's records come
in, and says "en" when nothing speaks for another. It looks at the bulk of a text, so an English
article with a few Vietnamese captions is English.

>>> language_of("Thủ tướng chủ trì hội nghị trực tuyến về chuyển đổi số.")
'vi'
"""

from __future__ import annotations

import re

__all__ = ["is_foreign_line", "language_of"]

SAMPLE_CHARACTERS = 20_000  # from the start; the language does not change later
VIETNAMESE_SHARE_MIN = 0.12  # of the words: running Vietnamese has over 0.5, English with names < 0.05

FOREIGN_SHARE_MIN = 0.1  # of the words are common words of the language; running text has over 0.3

_WORD = re.compile(r"[^\W\d_]+")
_VIETNAMESE_LETTER = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_SCRIPTS = (  # the kana before the ideographs, which Japanese has too
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
)
SCRIPT_SHARE_MIN = {"ja": 0.1, "uk": 0.02}  # of the letters; 0.3 for the others
_COMMON_WORDS = {
    "en": "the and of to in is that was for it with as be on at by are this have from not we you "
    "they their or which but its an has were he she his her had been will would can all our",
    "fr": "le la les des et est une dans que qui pour pas sur au du il nous vous avec ce cette sont",
    "de": "der die das und ist nicht ein eine zu den mit von auf für im dem des wir ich es sich auch",
    "es": "el los las una que por con para del es se no su al lo como más pero fue sus este",
    "pt": "os uma que não por com para do da é em se ao dos das no na mais foi são como",
    "it": "il lo gli una che di per con non è del della sono si nel alla dei anche più questo",
    "nl": "het een en van is dat niet op te zijn met voor er aan ook wij ik maar door bij",
    "id": "yang dan di dengan untuk ini itu dari pada tidak dalam akan adalah oleh kami juga telah",
}
_COMMON = {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language of most of `text`; "en" where nothing tells."""
    sample = text[:SAMPLE_CHARACTERS]
    words = _WORD.findall(sample.casefold())
    letters = sum(map(len, words))
    if not letters:
        return "en"
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) >= SCRIPT_SHARE_MIN.get(language, 0.3) * letters:
            return language
    if _vietnamese_share(words) >= VIETNAMESE_SHARE_MIN:
        return "vi"
    hits = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best = max(hits, key=lambda language: hits[language])
    enough = hits[best] >= max(2, FOREIGN_SHARE_MIN * len(words))
    return best if enough and hits[best] > hits["en"] else "en"


def is_foreign_line(line: str, language: str) -> bool:
    """Whether a single line is plainly Vietnamese in a text of another language.

    Only a share that names alone ("Hà Nội Mới") cannot reach in a sentence counts; a line of
    fewer than three words is never foreign.
    """
    words = _WORD.findall(line.casefold())
    return language != "vi" and len(words) >= 3 and _vietnamese_share(words) >= 0.4


def _vietnamese_share(words: list[str]) -> float:
    return sum(1 for word in words if _VIETNAMESE_LETTER.search(word)) / len(words)
