"""Why the figures of an answer differ."""

from __future__ import annotations

import pytest

from assistant.differences import Numbered, difference_line, differences


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"document_id": "b"}, ("agrees",)),
        ({"document_id": "b", "value": 46.0}, ("conflict",)),
        ({"year": 2023}, ("period",)),
        ({"year": 0}, ("period",)),
        ({"scope": "Porto"}, ("scope",)),
        ({"kind": "target", "year": 2026}, ("kind", "period")),
        ({"kind": "change", "value": 7.0}, ("change",)),
        ({"value": 12.0}, ("wording",)),
    ],
)
def test_each_difference_is_named(reading_of, changed, found) -> None:
    """By the fields of the two readings."""
    assert differences(reading_of(), reading_of(**changed)) == found


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"document_id": "b"}, "[2] gives the same figure."),
        ({"year": 2023}, "Why the others differ: [2] (45%) is of 2023."),
        ({"scope": "Porto"}, "Why the others differ: [2] (45%) is of Porto, not of Portugal."),
        ({"kind": "target"}, "Why the others differ: [2] (45%) is a target."),
        ({"kind": "change"}, "Why the others differ: [2] (45%) is a change."),
        ({"year": 0}, "Why the others differ: [2] (45%) is of a time that its report does not name."),
        (
            {"year": 2023, "period_known": "inferred"},
            "Why the others differ: [2] (45%) is of 2023, the date of its report.",
        ),
        (
            {"year": 2023, "period_known": "carried"},
            "Why the others differ: [2] (45%) is of 2023.",
        ),
        ({"value": 12.0}, "Why the others differ: [2] may count something else; the record does not say."),
        (
            {"document_id": "b", "value": 46.0},
            "Why the others differ: [2] contradicts [1]: same time, scope and kind, another value.",
        ),
    ],
)
def test_the_line_says_it_in_words(reading_of, changed, line) -> None:
    """One reason for each figure."""
    assert difference_line(Numbered(reading_of(), 1), [Numbered(reading_of(**changed), 2)]) == line


def test_several_reasons_make_one_line(reading_of) -> None:
    """Agreeing sources first, then each of the others."""
    others = [
        Numbered(reading_of(scope="Porto", year=2023), 2),
        Numbered(reading_of(document_id="b"), 3),
        Numbered(reading_of(document_id="c"), 4),
    ]
    line = difference_line(Numbered(reading_of(), 1), others)
    assert line.startswith("[3] and [4] give the same figure. Why the others differ: [2] (45%) is of Porto")


def test_the_change_in_the_leads_own_sentence_is_called_the_change(reading_of) -> None:
    """It has the lead's number."""
    line = difference_line(Numbered(reading_of(), 1), [Numbered(reading_of(kind="change", text="7%"), 1)])
    assert line == "Why the others differ: [1] (7%) is the change."


def test_nothing_is_said_of_nothing(reading_of) -> None:
    """No others, no line; nor of one in the same quote that nothing is known of."""
    lead = Numbered(reading_of(), 1)
    assert difference_line(lead, []) == ""
    assert difference_line(lead, [Numbered(reading_of(value=12.0), 1)]) == ""
