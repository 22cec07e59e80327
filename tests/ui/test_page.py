"""The page's HTML: quotes marked by offset, everything else escaped."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, HeldBack, RankedPassage, Refusal, Statement, Verdict
from corpus.document import Span
from index.catalog import StoredDocument
from index.passage import Passage
from ui.answer_text import answer_lines
from ui.markup import safe
from ui.page import turn_answered, turn_failed
from ui.page_cards import Sources
from ui.terminal import Terminal
from ui.wording import HELD_BACK, clock, dates, short_answer_numbers, visible

TEXT = "The jury met. It chose 12 designs & 3 names. It went home."


def citation(number: int, quote: str, /, **changed: object) -> Citation:
    """A citation of `quote` in TEXT."""
    start = TEXT.index(quote)
    fields: dict[str, object] = {
        "number": number,
        "document_id": "d1",
        "document": "jury.txt",
        "title": "Jury <b>report</b>",
        "held_on": date(2021, 5, 3),
        "published_on": None,
        "place": "",
        "source": "jury.txt",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "verdict": Verdict.EXACT,
    }
    return Citation(**(fields | changed))  # type: ignore[arg-type]


def answer(*citations: Citation, short_answer: str | None = None, refusal: Refusal | None = None) -> Answer:
    """An answer that rests on `citations`, all in one passage."""
    passage = Passage("p1", "d1", 0, 0, len(TEXT), TEXT, "Jury", (Span(0, len(TEXT)),), 20)
    return Answer(
        question="What did the jury choose?",
        standalone_question="What did the jury choose?",
        text="",
        short_answer=short_answer,
        statements=tuple(Statement(cited.quote, (cited.number,)) for cited in citations) if not refusal else (),
        citations=citations if not refusal else (),
        nearest=citations if refusal else (),
        refusal=refusal,
        passages=(RankedPassage(passage, "jury.txt", 1.0),),
    )


def shown_turn(given: Answer) -> str:
    """The first turn of a conversation, with its source in the record."""
    jury = StoredDocument("d1", "/jury.txt", "", "jury.txt", "Jury", "article", None, None, "", "", None, 1, len(TEXT))
    return turn_answered(1, given, Sources({"d1": jury}, date(2021, 9, 3)))


def words(shown: str) -> str:
    """What a reader sees of `shown`."""
    return unescape(re.sub(r"<[^>]+>", "", shown))


@given(st.text())
def test_safe_text_holds_nothing_that_is_obeyed(text: str) -> None:
    """No tag, no attribute's end, no template; and nothing that is read is lost."""
    shown = safe(text)
    assert not set(shown) & set("<>\"'`${}")
    assert unescape(shown) == visible(text)


def test_the_quote_is_marked_inside_its_passage() -> None:
    """Both quotes of a passage are marked in one card, each with its number."""
    shown = shown_turn(answer(citation(2, "The jury met."), citation(1, "It chose 12 designs & 3 names.")))
    assert shown.count('class="card"') == 1
    blockquote = shown.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert words(re.sub(r"<a .*?</a>", "", blockquote)) == TEXT
    assert re.findall(r'<mark id="(quote-1-\d)"', shown) == ["quote-1-2", "quote-1-1"]


def test_overlapping_quotes_get_a_card_each() -> None:
    """Marks cannot overlap, so neither is lost."""
    shown = shown_turn(answer(citation(1, TEXT), citation(2, "The jury met.")))
    assert shown.count('class="card"') == 2
    assert shown.count("<mark ") == 2


def test_the_short_answer_is_strong_inside_the_quote() -> None:
    """Its place is found in the text before escaping, so no entity is cut."""
    shown = shown_turn(answer(citation(1, "It chose 12 designs & 3 names."), short_answer="&"))
    assert "designs <strong>&amp;</strong> 3" in shown


def test_a_quote_that_is_not_in_the_passage_is_shown_alone_with_its_verdict() -> None:
    """What the verification found is said; nothing is marked in a text that does not hold it."""
    shown = shown_turn(answer(citation(1, "The jury met.", quote="The jury slept.", verdict=Verdict.NOT_FOUND)))
    assert "not word for word in the source (not found)" in shown
    quoted = shown.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert words(quoted) == "1The jury slept."


def test_only_addresses_of_the_web_become_links() -> None:
    """A source is data: a script in it stays text."""
    for source in ("javascript:alert(1)", "file:///etc/passwd", "http://[bad", "//host/x"):
        addresses = re.findall(r'href="([^"]*)"', shown_turn(answer(citation(1, "The jury met.", source=source))))
        assert all(address.startswith(("#", "/source/d1")) for address in addresses)
    shown = shown_turn(answer(citation(1, "The jury met.", source='https://a.example/"onclick="x')))
    assert 'href="https://a.example/&quot;onclick=&quot;x"' in shown


def test_a_refusal_shows_what_came_nearest_and_why_not() -> None:
    """The heading over the evidence says what is wrong with it."""
    shown = words(shown_turn(answer(citation(1, "The jury met."), refusal=Refusal.OTHER_PERIOD)))
    assert "The record does not say." in shown
    assert "said of another period" in shown


def test_what_a_model_wrote_stands_with_the_words_that_carry_it() -> None:
    """All of it, also what is told of no leading figure; a quote stands for itself."""
    copied = answer(citation(1, "It chose 12 designs & 3 names."), citation(2, "It went home."))
    told = (Statement("The jury chose 12 <designs>.", (1,)), Statement("It went home.", (2,)))
    shown = shown_turn(replace(copied, mode="generated", statements=told))
    assert "The jury chose 12 &lt;designs&gt;." in shown
    assert '<p class="carried-by"><q>It chose 12 designs &amp; 3 names.</q></p>' in shown
    assert shown.count('class="carried-by"') == 1
    assert "<li><q>It went home.</q>" in shown


def test_what_a_model_wrote_and_the_record_does_not_say_is_folded_away() -> None:
    """With its cause, and apart from the statements."""
    held = HeldBack("It chose <13> designs.", "“13” does not stand in its source", Verdict.NOT_FOUND)
    shown = shown_turn(replace(answer(citation(1, "The jury met.")), held_back=(held,)))
    statements, _, rest = shown.partition('<details class="held-back">')
    assert HELD_BACK in rest
    assert "It chose &lt;13&gt; designs." in rest
    assert "does not stand in its source" in rest
    assert "13" not in words(statements)


def test_why_a_model_was_not_used_is_told_in_one_line() -> None:
    """On the page as in the terminal."""
    shown = shown_turn(replace(answer(citation(1, "The jury met.")), notice="The language model was not used: <401>."))
    assert '<p class="made" role="status">The language model was not used: &lt;401&gt;.</p>' in shown
    assert "was not used" not in shown_turn(answer(citation(1, "The jury met.")))


def test_the_message_of_an_error_is_escaped() -> None:
    """A message may repeat the question."""
    assert "<img" not in turn_failed(1, "<img>", "<img>")


def test_dates_are_told_as_far_as_they_are_known() -> None:
    """Held and reported, only one of them, or neither."""
    held, reported = date(2024, 7, 19), date(2024, 7, 20)
    cases = [
        (held, reported, "held 19 July 2024 (reported 20 July 2024)"),
        (held, held, "held and reported 19 July 2024"),
        (held, None, "held 19 July 2024"),
        (None, reported, "reported 20 July 2024"),
        (None, None, "date not stated"),
    ]
    for held_on, published_on, said in cases:
        assert dates(citation(1, "The jury met.", held_on=held_on, published_on=published_on)) == said
    assert clock(3600 + 62.9) == "1:01:02"


def test_long_quotes_are_wrapped_with_an_indent() -> None:
    """No line is wider than the terminal, and no word is cut."""
    terminal = Terminal(io.StringIO(), width=40, colours=False, is_terminal=False)
    lines = terminal.wrapped("word " * 40, first="  ", rest="  ")
    assert all(len(line) <= 40 and line.startswith("  ") for line in lines)
    assert " ".join(lines).split() == ["word"] * 40


def test_the_short_answer_is_marked_as_a_whole_word() -> None:
    """A figure inside another figure is not the answer."""
    quote = "On August 18, the rate rose by 8.5% in 8 of 12 towns."
    shown = shown_turn(answer(citation(1, TEXT, quote=quote), short_answer="8"))
    assert "On August 18, the rate rose by 8.5% in <strong>8</strong> of 12 towns." in shown


def test_the_terminal_marks_the_short_answer_as_a_whole_word() -> None:
    """Neither a figure inside another one nor the number of a citation is the answer."""
    given = answer(citation(8, TEXT, quote="On August 18, the jury chose 8 of 12."), short_answer="8")
    lines = answer_lines(given, Terminal(io.StringIO(), width=100, colours=True, is_terminal=True))
    statement = next(line for line in lines if "August" in line)
    assert "August 18, the jury chose \x1b[1m8\x1b[0m of 12." in statement
    assert "\x1b[1m8\x1b[0m]" not in statement


def test_the_short_answer_has_the_number_of_the_quote_that_says_it() -> None:
    """A quote that holds it as a part of another figure comes after."""
    quotes = citation(1, TEXT, quote="It met on August 18."), citation(2, TEXT, quote="It chose 8 of 12.")
    assert short_answer_numbers(quotes, "8") == (2,)
