"""What a browser sends as filters."""

from __future__ import annotations

import pytest

from assistant.desk_reviews import ReviewFilter
from ui.review_queue import Wanted, number_of, text_of


def test_what_is_not_said_is_what_is_still_to_be_judged() -> None:
    """An address without filters has none in its query."""
    assert Wanted.of({}) == Wanted()
    assert Wanted().query == ""
    assert Wanted().filter == ReviewFilter(reviewed=False)


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ({"show": "done", "source": "use"}, ReviewFilter("use", reviewed=True)),
        ({"show": "all", "run": "monday"}, ReviewFilter("run", "monday")),
        ({"source": "run", "answers": "refusal"}, ReviewFilter("run", refused=True, reviewed=False)),
        ({"answers": "answer"}, ReviewFilter(refused=False, reviewed=False)),
        ({"answers": "unhelpful", "show": "all"}, ReviewFilter(unhelpful=True)),
        ({"source": "use", "run": "monday", "show": "all"}, ReviewFilter("use")),
    ],
)
def test_filters_are_those_of_the_desk(sent: dict[str, object], wanted: ReviewFilter) -> None:
    """And the address leads to the same ones."""
    assert Wanted.of(sent).filter == wanted
    again = dict(pair.split("=") for pair in Wanted.of(sent).query.split("&"))
    assert Wanted.of(again) == Wanted.of(sent)


@pytest.mark.parametrize("value", ["' OR 1=1 --", 7, None, ["done"], {"a": 1}, "x" * 1000])
def test_what_is_no_filter_is_as_if_it_were_not_sent(value: object) -> None:
    """Whatever it is."""
    assert Wanted.of({"show": value, "source": value, "answers": value}) == Wanted()


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3), ("3", 3), (0, 0), (-1, -1), ("-1", -1), (True, -1), (2.5, -1), ("٣", -1), ("9" * 12, -1), (None, -1)],
)
def test_a_number_is_one_of_ours(value: object, number: int) -> None:
    """From 0 on, in digits of ASCII; all else is none."""
    assert number_of({"n": value}, "n") == number
    assert text_of({"n": 3}, "n") == ""
