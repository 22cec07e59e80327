"""Page furniture goes; an article's sentence never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.articles import Line
from corpus.boilerplate import Trimmed, trim
from corpus.furniture import furniture_of, split_credit

LEAD = "The council met on Monday and agreed the plan for the roads of the town after a long debate about costs."
BODY = "The mayor said that 45 % of the requests had been dealt with online, which was more than in the year before."

subjects = st.sampled_from(
    ["The council", "Latest news", "The comments", "Tel", "Copyright", "Source", "The author", "Related articles",
     "Photo", "Tags", "Next article", "A share", "Most read", "No data", "Skip to content", "She", "Views"]
)  # fmt: skip
verbs = st.sampled_from(
    ["met", "were read out", "rose by 45 %", "is asked about (0) comments", "closed on May 3, 2024"]
)
ends = st.sampled_from(
    ["in the hall of the town.", "at noon: nobody came.", "and then it ended!", "for the first time?"]
)
sentences = st.builds(lambda a, b, c: f"{a} {b} {c}", subjects, verbs, ends)
furniture = st.sampled_from(
    ["(0) Comments", "Latest News", "Copyright 2012 by the Town. All rights reserved.", "hall-01.jpg", "No data",
     "PREV The old bridge", "NEXT The new school", "Tags: roads, budget", "Source: town.example", "--",
     "Tel: 0255 371 213", "Home > News > Council", "Share", "114 views", "ANN LEE May 3, 2024 14:04"]
)  # fmt: skip


def trimmed(*texts: str, language: str = "en") -> Trimmed:
    """What is left of a page with these lines."""
    return trim([Line(text) for text in texts], language)


def texts(page: Trimmed) -> list[str]:
    """The texts of the lines that are left."""
    return [line.text for line in page.lines]


@given(st.lists(sentences, min_size=1, max_size=15))
def test_plain_sentences_come_through_whole(found: list[str]) -> None:
    """A text that shows no sign of a page is not touched, whatever its words."""
    assert texts(trimmed(*found)) == found


@given(
    st.lists(sentences, min_size=1, max_size=10, unique=True),
    st.lists(furniture, max_size=4),
    st.lists(furniture, max_size=8),
    st.lists(st.tuples(st.integers(0, 9), furniture), max_size=3),
)
def test_no_sentence_is_lost_in_any_furniture(
    found: list[str], above: list[str], below: list[str], within: list[tuple[int, str]]
) -> None:
    """However much furniture stands around and between them, all sentences stay, in order."""
    body = list(found)
    for place, line in within:
        body.insert(min(place, len(body)), line)
    kept = texts(trimmed(*above, *body, *below))
    assert [line for line in kept if line in found] == found


@pytest.mark.parametrize(
    "line",
    [
        "The comments of the public were read out.",
        "He asked for the latest news about the bridge.",
        "Tel Aviv was named as the next place to meet.",
        "Source material for the plan was collected in May.",
        "The photo: a town hall in the rain.",
        "What was decided about the schools:",
        "Q: When does the bridge open?",
        "A: It opens in June.",
        "See https://town.example/plan for the plan.",
        "1. The bridge is built first.",
    ],
)
def test_lines_that_only_mention_furniture_are_words(line: str) -> None:
    """A line is furniture by its whole shape, not by a word in it."""
    assert furniture_of(line) == ""
    assert line in texts(trimmed("Roads agreed", LEAD, line, BODY, "(0) Comments"))


@pytest.mark.parametrize(
    "tail",
    [
        ["(0) Comments"],
        ["Comment (0)", "No data", "Same tag", "Same category", "A day in the hills", "Hills and lakes"],
        ["0 Comments", "Latest News", "Bridge closed for a week"],
        ["ANN LEE", "Copyright 2012 by the Town. All rights reserved.", "Address: 5 Mill Street", "Tel: 0255 371 213"],
        ["Author: Ann Lee", "Source: town.example", "Tags: roads", "-", "PREV The mill", "NEXT The school: a plan"],
        ["PV:AL", "Source: https://town.example/a/1", "Comment (0)"],
        ["Bình luận (0)", "Tin liên quan", "Cầu mới"],
    ],
)
def test_what_closes_a_page_is_cut(tail: list[str]) -> None:
    """Counters, related news, tags, neighbours, contacts and bylines go, the article stays."""
    page = trimmed("Roads agreed", LEAD, BODY, *tail)
    assert texts(page) == ["Roads agreed", LEAD, BODY]
    assert list(page.tail) == tail


def test_the_headline_over_a_dateline_is_first() -> None:
    """Site header, section and dateline go; the headline stays and is named."""
    page = trimmed(
        "Home > News > Roads", "Town news", "Council agrees the plan for the roads.", "ANN LEE May 3, 2024 14:04", LEAD,
        BODY, "(0) Comments",
    )  # fmt: skip
    assert page.headline == "Council agrees the plan for the roads."
    assert texts(page) == ["Council agrees the plan for the roads.", LEAD, BODY]
    assert "ANN LEE May 3, 2024 14:04" in page.head


def test_a_dateline_of_a_text_that_is_no_page_stays() -> None:
    """Minutes with a date under the title are not a page."""
    lines = ["Board minutes", "03/05/2024 10:00", LEAD]
    assert texts(trimmed(*lines)) == lines


def test_related_news_in_a_text_without_other_signs_stays() -> None:
    """A heading called "Latest News" alone makes no page."""
    lines = ["Town letter", "Latest News", "A new bridge", "Two new schools"]
    assert texts(trimmed(*lines)) == lines


def test_a_caption_that_repeats_the_text_goes_with_its_image() -> None:
    """The copy under the image file goes, the sentence in the text stays."""
    page = trimmed("Roads agreed", LEAD, "hall-01.jpg", LEAD, BODY)
    assert texts(page) == ["Roads agreed", LEAD, BODY]


def test_one_of_two_equal_captions_stays() -> None:
    """Captions that only repeat each other are not both taken."""
    page = trimmed("Roads agreed", LEAD, "a.jpg", "The hall was full.", "b.jpg", "The hall was full.", BODY)
    assert texts(page).count("The hall was full.") == 1


def test_a_caption_with_facts_loses_only_its_credit() -> None:
    """A sentence under a photo is a sentence of the record."""
    page = trimmed("Roads agreed", LEAD, "The bridge opened on May 3. Photo: Ann Lee", BODY, "(0) Comments")
    assert "The bridge opened on May 3." in texts(page)


def test_a_caption_in_another_language_goes() -> None:
    """A Vietnamese caption in an English page says again what its translation says."""
    caption = "Chủ tịch thị xã phát biểu tại cuộc họp. Ảnh: VGP"
    assert caption not in texts(trimmed("Roads agreed", LEAD, caption, BODY, "(0) Comments"))


def test_the_same_caption_stays_in_a_vietnamese_page() -> None:
    """In a page of its own language it is a caption like any other."""
    caption = "Chủ tịch thị xã phát biểu tại cuộc họp. Ảnh: VGP"
    kept = texts(trimmed("Cầu mới", LEAD, caption, BODY, "Bình luận (0)", language="vi"))
    assert "Chủ tịch thị xã phát biểu tại cuộc họp." in kept


def test_a_table_at_the_end_of_a_page_stays() -> None:
    """Rows of a table are no menu."""
    rows = ["Name | Party | Seats", "Ann Lee | Green | Mill"]
    assert texts(trimmed("Roads agreed", LEAD, *rows, "(0) Comments")) == ["Roads agreed", LEAD, *rows]


def test_a_list_of_names_at_the_end_of_a_page_stays() -> None:
    """Only a lone name under running text is a byline."""
    names = ["Present were:", "Ann Lee", "Bo Chen"]
    assert texts(trimmed("Roads agreed", LEAD, *names, "(0) Comments")) == ["Roads agreed", LEAD, *names]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("The hall. Photo: Ann Lee.", "The hall."),
        ("The hall (Ảnh: VGP)", "The hall"),
        ("She spoke. (Photo Town.example)", "She spoke."),
        ("He sold the book (photo album included).", "He sold the book (photo album included)."),
        ("Photo: Ann Lee", ""),
    ],
)
def test_credits_are_parted_from_captions(line: str, words: str) -> None:
    """A credit is told from words in brackets that only begin like one."""
    assert split_credit(line).words == words
