"""Plain text and Markdown become the lines of an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.articles import Line, canonical_text, markdown_lines, plain_lines, split_front_matter
from corpus.characters import normalise

words = st.lists(
    st.sampled_from(["the", "council", "met", "to", "agree", "a", "plan", "for", "roads", "45", "%", "in", "May"]),
    min_size=4,
    max_size=20,
)
sentences = words.map(lambda found: " ".join(found).capitalize() + ".")


def texts(lines: list[Line]) -> list[str]:
    """The texts of the lines."""
    return [line.text for line in lines]


def test_each_source_line_of_unwrapped_text_is_a_paragraph() -> None:
    """A page copied with one line for a paragraph keeps its paragraphs, with or without blank lines."""
    long = (
        "The council met on Monday and agreed the plan for the roads of the town, after a long debate about the costs."
    )
    assert texts(plain_lines(f"{long}\nIt was late.\n\nThe mayor spoke.")) == [long, "It was late.", "The mayor spoke."]


def test_hard_wrapped_text_is_joined_into_paragraphs() -> None:
    """Lines broken at an editor's width are one paragraph, or every quote would end at its margin."""
    wrapped = (
        "The council met on Monday and agreed the plan for the roads of\n"
        "the town, after a long debate about the costs of the bridge at\n"
        "the mill, which had been closed to all traffic since the flood\n"
        "in spring.\n\n"
        "A second vote is due in June and it will decide on the schools\n"
        "as well."
    )
    assert texts(plain_lines(wrapped)) == [
        "The council met on Monday and agreed the plan for the roads of the town, after a long debate about the "
        "costs of the bridge at the mill, which had been closed to all traffic since the flood in spring.",
        "A second vote is due in June and it will decide on the schools as well.",
    ]


def test_short_lines_are_never_joined() -> None:
    """A list of names or a poem is not wrapped text."""
    names = ["Ann Lee", "Bo Chen", "Carol Diaz", "Dan Evans"]
    assert texts(plain_lines("\n".join(names))) == names


def test_list_items_follow_each_other_without_a_blank_line() -> None:
    """A list stays a block in canonical text."""
    text = canonical_text(plain_lines("It agreed:\n- a bridge\n- two schools\nThen it closed."))
    assert text == "It agreed:\n\n- a bridge\n- two schools\n\nThen it closed."


@given(st.lists(sentences, min_size=1, max_size=12), st.sampled_from(["\n", "\n\n", "\n\n\n"]))
def test_plain_sentences_come_through_whole(found: list[str], gap: str) -> None:
    """Whatever stands between them, sentences keep their words and their order."""
    text = canonical_text(plain_lines(gap.join(found)))
    assert text.split() == " ".join(found).split()


@given(st.text(max_size=300))
def test_plain_lines_lose_no_character_but_spaces(text: str) -> None:
    """Any text at all comes back as it was, spaces apart."""
    text = normalise(text)
    assert "".join(canonical_text(plain_lines(text)).split()) == "".join(text.split())


def test_markdown_marks_are_taken_off() -> None:
    """Emphasis, links and code lose their marks and keep their words."""
    source = "The **board** met *twice*; see [the minutes](https://x.example/a) and `plan_2024` or snake_case_name."
    assert texts(markdown_lines(source)) == ["The board met twice; see the minutes and plan_2024 or snake_case_name."]


def test_markdown_headings_have_levels() -> None:
    """Both ways to write a heading are read."""
    lines = markdown_lines("# Board meeting\n\nRoads\n-----\n\nThe vote was close.")
    assert [(line.text, line.heading) for line in lines] == [
        ("Board meeting", 1),
        ("Roads", 2),
        ("The vote was close.", 0),
    ]


def test_markdown_paragraphs_are_joined_over_soft_breaks() -> None:
    """A line break inside a Markdown paragraph is a space."""
    assert texts(markdown_lines("The vote\nwas close.\n\nIt ended.")) == ["The vote was close.", "It ended."]


def test_markdown_tables_become_rows() -> None:
    """A table's rows stay lines of one block, and its rule goes."""
    lines = markdown_lines("| Item | Cost |\n|---|---|\n| Bridge | 4 million |")
    assert canonical_text(lines) == "Item | Cost\nBridge | 4 million"


def test_markdown_images_and_comments_are_left_out() -> None:
    """What no reader of the rendered page sees as text is no text."""
    assert texts(markdown_lines("<!-- draft\nonly -->\n![Hall](hall.jpg)\n\nThe hall was full.")) == [
        "The hall was full."
    ]


def test_a_comment_that_never_ends_is_text() -> None:
    """Half a mark takes nothing away."""
    assert texts(markdown_lines("It fell <!-- by 4 %.")) == ["It fell <!-- by 4 %."]


def test_code_blocks_keep_their_lines() -> None:
    """What stands in a fence is copied as it is."""
    assert texts(markdown_lines("```\n# not a heading\n*x*\n```")) == ["# not a heading", "*x*"]


def test_front_matter_is_taken_off() -> None:
    """The fields come apart from the body, quotes off, keys in lower case."""
    front = split_front_matter('---\nTitle: "Spring: the plan"\ndate: 2024-03-05\n---\nThe board met.')
    assert front.fields == {"title": "Spring: the plan", "date": "2024-03-05"}
    assert front.body == "The board met."


def test_nested_values_of_front_matter_are_passed_over() -> None:
    """The author's title is not the document's, and indented prose does not end the block."""
    front = split_front_matter(
        "---\nauthor:\n  title: Dr\n  name: Ann\nsummary: >\n  The board met on Monday\n  and then went home.\n"
        "title: Roads\ntags:\n- roads\n---\nThe board met."
    )
    assert front.fields == {"author": "", "summary": "", "title": "Roads", "tags": ""}
    assert front.body == "The board met."


def test_the_first_value_of_a_repeated_key_counts() -> None:
    """A second title does not take the place of the first."""
    assert split_front_matter("---\ntitle: Roads\nTitle: Bridges\n---\nThe board met.").fields == {"title": "Roads"}


def test_front_matter_is_told_whatever_its_line_ends_are() -> None:
    """The source is not normalised yet: carriage returns and spaces at line ends are no part of a value."""
    front = split_front_matter("\r\n--- \r\ntitle:\u00a0 The  roads \r\n---\r\nThe board met.\r\n")
    assert front.fields == {"title": "The roads"}
    assert front.body == "The board met.\r\n"


def test_prose_between_rules_is_no_front_matter() -> None:
    """Text set between two rules stays text."""
    text = "---\nThe board met on Monday and then went home.\n---\nIt will meet again."
    assert split_front_matter(text).body == text


def test_front_matter_without_an_end_is_text() -> None:
    """A block that is not closed takes nothing away."""
    text = "---\ntitle: x\n\nThe board met."
    assert split_front_matter(text).body == text


@pytest.mark.parametrize(
    "definition",
    [
        "[a]: https://x.example/page",
        '[a]: /page "The page"',
        "[a]: #below 'Below'",
        "[a]: www.x.example (The site)",
        "[a]: <https://x.example/a page>",
    ],
)
def test_link_definitions_are_left_out(definition: str) -> None:
    """A line that only says where a link leads is no text."""
    assert texts(markdown_lines(f"The hall was full.\n\n{definition}")) == ["The hall was full."]


@pytest.mark.parametrize(
    "line", ["[Chair]: Good morning all.", "[Chair]: Yes.", "[Chair]: Note: we begin.", "[^1]: https://x.example/page"]
)
def test_words_behind_brackets_are_text(line: str) -> None:
    """A speaker in brackets and a footnote are no link definitions."""
    assert texts(markdown_lines(line)) == [line]


def test_each_line_with_a_label_in_brackets_is_a_paragraph() -> None:
    """Speakers and footnotes are not joined as the lines of a wrapped paragraph are."""
    lines = ["[Chair]: Good morning all.", "[Clerk]: All are here.", "[^1]: The rate was 45%."]
    assert texts(markdown_lines("\n".join(lines))) == lines


def test_code_in_one_line_with_three_marks_is_text() -> None:
    """A fence has no marks behind it, so nothing below is taken for code."""
    assert texts(markdown_lines("```the plan```\n\n*Agreed.*")) == ["the plan", "Agreed."]


def test_a_code_block_ends_at_the_marks_it_began_with() -> None:
    """Other marks inside it are lines of the code."""
    assert texts(markdown_lines("~~~~\n```\n*x*\n~~~\n~~~~\n*Agreed.*")) == ["```", "*x*", "~~~", "Agreed."]
