"""The small drawing of an answer's figures: what is drawn stands in the readings, on one scale."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from test_page import answer, citation

from assistant.answer import Answer, CitedReading
from corpus.document import Span
from corpus.periods import Period
from index.reading import Reading
from ui.page_plot import HEIGHT, WIDTH, small_plot


def reading(value: float, year: int | None, /, **changed: object) -> Reading:
    """A share of a year."""
    period = Period(date(year, 1, 1), date(year, 12, 31), str(year)) if year else None
    given = Reading(
        "d1", 0, 3, f"{value:g}%", Span(0, 3), value, None, None, "%", "", "online rate", "stated",
        period, "stated" if period else None, "Aldermoor", "stated", "actual",
    )  # fmt: skip
    return replace(given, **changed)  # type: ignore[arg-type]


def answered(*readings: Reading) -> Answer:
    """An answer whose first reading is the one asked for."""
    cited = tuple(CitedReading(one, 1, () if not number else ("period",)) for number, one in enumerate(readings))
    return replace(answer(citation(1, "The jury met.")), readings=cited, leads=1)


def texts(drawing: str) -> list[str]:
    """The words on the drawing."""
    root = ElementTree.fromstring(drawing.replace("&#37;", "%"))
    return [text.text or "" for text in root.iter("text")]


def test_figures_of_several_years_stand_in_order_and_by_size() -> None:
    """Later is to the right, more is higher."""
    drawing = small_plot(answered(reading(45, 2024), reading(20, 2022), reading(30, 2023)))
    circles = re.findall(r'<circle class="([^"]+)" cx="([\d.]+)" cy="([\d.]+)"', drawing)
    by_x = sorted((float(x), -float(y), name) for name, x, y in circles)
    assert [height for _, height, _ in by_x] == sorted(height for _, height, _ in by_x)
    assert by_x[-1][2] == "actual asked"
    assert {"45%", "20%", "30%", "2022", "2023", "2024"} <= set(texts(drawing))


def test_a_target_and_an_estimate_look_different_and_are_named() -> None:
    """Told apart by shape and by word, not by colour alone."""
    target, estimate = reading(95, 2025, kind="target"), reading(40, 2023, kind="estimate")
    drawing = small_plot(answered(reading(45, 2024), target, estimate))
    assert '<path class="target"' in drawing
    assert '<circle class="estimate"' in drawing
    assert {"95% target", "40% estimate"} <= set(texts(drawing))


def test_what_is_not_on_the_scale_is_not_drawn() -> None:
    """Another unit, a change, a figure without a time: fewer than two are left, so nothing is."""
    others = (reading(2, 2023, unit="times"), reading(3, 2023, kind="change"), reading(4, None))
    assert small_plot(answered(reading(45, 2024), *others)) == ""
    assert small_plot(answered()) == ""


def test_words_keep_inside_the_drawing_and_off_each_other() -> None:
    """Many figures of one year: those without room are left to the table."""
    drawing = small_plot(answered(*(reading(40 + step, 2024, scope=f"Province {step}") for step in range(8))))
    labels = re.findall(r'<text(?: class="asked")? x="(\d+)" y="(\d+)" text-anchor="(\w+)">([^<]+)<', drawing)
    assert labels
    boxes = []
    for x, y, anchor, words in labels:
        width = 6.4 * len(words)
        left = int(x) - {"middle": width / 2, "start": 0, "end": width}[anchor]
        boxes.append((left, int(y) - 11, left + width, int(y) + 4))
    assert all(left >= -1 and right <= WIDTH + 1 and top >= -1 and low <= HEIGHT for left, top, right, low in boxes)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[2] <= other[0] + 2 or other[2] <= one[0] + 2 or one[3] <= other[1] + 2 or other[3] <= one[1] + 2


def test_the_drawing_is_told_in_words() -> None:
    """For who does not see it, and escaped."""
    drawing = small_plot(answered(reading(45, 2024, scope="<b>"), reading(20, 2022)))
    assert 'role="img" aria-label="The figures over time, as in the table: 45%' in drawing
    assert "<b>" not in drawing
    ElementTree.fromstring(drawing)
