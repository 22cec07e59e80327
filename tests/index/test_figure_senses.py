"""In what sense a figure is told, from the words beside it."""

from __future__ import annotations

import pytest

from index.figure_kind import is_change, kind_of, remark_of


def kind(before: str, after: str = "", unit: str = "%", **told: object) -> str:
    known = {"of_total": False, "is_past": False, **told}
    return kind_of(before, after, unit=unit, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "before",
    ["The goal is ", "with a target of at least ", "The city aims to reach ", "It will rise to ", "mục tiêu là "],
)
def test_a_goal_or_duty_is_a_target(before: str) -> None:
    """In English and Vietnamese."""
    assert kind(before) == "target"


@pytest.mark.parametrize("before", ["It will rise to ", "They must reach ", "The city aims to reach "])
def test_a_duty_of_the_past_is_a_result(before: str) -> None:
    """What was to be done by then is told as done."""
    assert kind(before, is_past=True) == "actual"


def test_a_target_of_the_past_is_still_a_target() -> None:
    """It is called one."""
    assert kind("against a target of ", is_past=True) == "target"


@pytest.mark.parametrize("before", ["revenue reached 80, beyond the target, with ", "missing its goal, it has "])
def test_what_is_beside_a_target_is_none(before: str) -> None:
    """It exceeds or misses it."""
    assert kind(before) == "actual"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("an increase of ", ""),
        ("sales grew sharply by ", ""),
        ("cut its staff by ", ""),
        ("growth in the towns reached ", ""),
        ("it was ", " higher than in May"),
        ("giá gạo tăng ", ""),
    ],
)
def test_a_rise_or_fall_is_a_change(before: str, after: str) -> None:
    """Told before the figure or behind it."""
    assert kind(before, after) == "change"


@pytest.mark.parametrize("before", ["sales rose to ", "it fell from ", "women make up "])
def test_a_level_is_no_change(before: str) -> None:
    """To which something rose, from which it fell, what makes up a whole."""
    assert not is_change(before, "", "%")


def test_units_of_change_are_changes() -> None:
    """Percentage points, places in a ranking, a sign."""
    assert kind("it was ", unit="percentage points") == "change"
    assert kind("it was ", unit="places") == "change"
    assert kind("it was ", signed=True) == "change"


def test_times_an_hour_are_no_change() -> None:
    """ "Three times a week" tells how often."""
    assert not is_change("it runs ", " a week", "times")
    assert is_change("it grew ", "", "times")


def test_ranks_and_counts_out_of_a_total() -> None:
    """Where nothing says otherwise."""
    assert kind("it stands in ", unit="rank") == "rank"
    assert kind("in use in ", unit="count", of_total=True) == "count"


@pytest.mark.parametrize("before", ["is estimated at ", "is likely to be ", "dự kiến là "])
def test_what_is_not_yet_known_is_an_estimate(before: str) -> None:
    """Estimated, forecast, likely."""
    assert kind(before) == "estimate"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Also an estimate.", "estimate"),
        ("That one is a target too.", "target"),
        ("These are actuals.", "actual"),
        ("The target was missed by all.", None),
        ("Agreed.", None),
    ],
)
def test_a_remark_says_only_the_sense(sentence: str, kind: str | None) -> None:
    """A sentence that says more is no remark."""
    assert remark_of(sentence) == kind
