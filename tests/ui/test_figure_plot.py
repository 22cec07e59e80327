"""What is drawn of a series, what is left out, and that hostile text stays text in every form."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ElementTree
from datetime import date
from html.parser import HTMLParser

import matplotlib as mpl
import pytest

from corpus.document import Span
from corpus.periods import Period
from index.reading import Reading, ReadingKind
from ui.figure_plot import plotted
from ui.figure_rows import SourcedReading

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<img src="http://192.0.2.7/x"> & ]]> $x$ \x1b[31m'


def row(
    value: float,
    year: int | None,
    *,
    text: str = "",
    unit: str = "%",
    kind: ReadingKind = "actual",
    scope: str = "Northland",
    total: float | None = None,
    value_to: float | None = None,
    document: str = "2024-05-13-budget_report.txt",
    quote: str = "It was so.",
    month: int | None = None,
) -> SourcedReading:
    """A reading of a whole year or month, or without a period."""
    first, last = (date(year or 1, month or 1, 1), date(year or 1, month or 12, 28 if month else 31))
    reading = Reading(
        document_id="d", start=0, end=1, text=text or f"{value:g}%", sentence=Span(0, 1), value=value,
        value_to=value_to, total=total, unit=unit, hedge="", indicator="thing", indicator_known="stated",
        period=Period(first, last, str(year)) if year else None, period_known="stated" if year else None, scope=scope,
        scope_known="stated", kind=kind,
    )  # fmt: skip
    return SourcedReading(reading, document, "A title", date(2024, 5, 13), quote)


def svg_words(rows: list[SourcedReading], unit: str = "%", name: str = "Online records") -> list[str]:
    """The texts in the drawing."""
    root = ElementTree.fromstring(plotted(name, unit, rows, ".svg").content)
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_points_are_labelled_as_written_with_their_source() -> None:
    """The record's own words for the value, and the document without its date and suffix."""
    words = svg_words([row(31, 2022, text="about 31%"), row(44, 2023)])
    assert {"about 31%", "44%", "budget report", "2022", "2023", "in %", "Northland"} <= set(words)


def test_a_change_is_not_drawn_with_levels() -> None:
    """Nor is what has no period; both are told."""
    drawn = plotted("x", "%", [row(31, 2022), row(67, 2022, kind="change"), row(90, None, kind="target")], ".svg")
    assert drawn.points == 1
    assert drawn.left_out == (
        "1 reading not drawn: a change, not a level.",
        "1 reading not drawn: no period is told.",
    )
    assert b"67%" not in drawn.content


def test_a_part_of_a_total_is_drawn_as_its_share() -> None:
    """477 of 832 stands at 57 %, whatever other totals there are."""
    rows = [row(477, 2022, unit="count", total=832, kind="count", text="477/832"), row(9, 2023, unit="count", total=10)]
    words = svg_words(rows, unit="count")
    assert {"% of the total", "100%", "477/832"} <= set(words)


def test_a_rank_is_no_share_and_the_best_is_on_top() -> None:
    """71st of 193 is drawn at 71, above 86."""
    rows = [
        row(86, 2022, unit="rank", kind="rank", text="86th", total=193),
        row(71, 2024, unit="rank", kind="rank", text="71st"),
    ]
    root = ElementTree.fromstring(plotted("EGDI", "rank", rows, ".svg").content)
    heights = {text.text: height_of(text) for text in root.iter(f"{SVG}text")}
    assert "rank, 1 is best" in heights
    assert heights["71st"] < heights["86th"]


def height_of(text: ElementTree.Element) -> float:
    """Where a text stands, from the top."""
    if "y" in text.attrib:
        return float(text.attrib["y"])
    found = re.search(r"translate\([-\d.]+ ([-\d.]+)\)", text.attrib["transform"])
    assert found
    return float(found[1])


def test_places_are_told_apart_by_a_legend() -> None:
    """Each place with its name; a single one is named at the foot."""
    rows = [row(31, 2022), row(44, 2022, scope="Southland")]
    assert {"Northland", "Southland"} <= set(svg_words(rows))
    colours = set(re.findall(r"#(?:0072b2|d55e00|009e73)", plotted("x", "%", rows, ".svg").content.decode()))
    assert len(colours) == 2


def test_estimates_and_targets_are_told_apart() -> None:
    """The legend explains the marks as soon as not all are of one kind, and the line to an estimate is dashed."""
    actual = [row(31, 2022), row(40, 2023)]
    assert not {"actual", "estimate", "target"} & set(svg_words(actual))
    mixed = [row(31, 2022), row(40, 2023, kind="estimate"), row(90, 2025, kind="target")]
    assert {"actual", "estimate", "target"} <= set(svg_words(mixed))
    assert b"stroke-dasharray" in plotted("x", "%", mixed, ".svg").content
    assert b"stroke-dasharray" not in plotted("x", "%", actual, ".svg").content


def test_one_value_told_twice_is_one_mark() -> None:
    """The label says how many more sources there are."""
    rows = [row(31, 2022), row(31, 2022, document="call.vtt")]
    assert svg_words(rows).count("31%") == 1
    assert "budget report +1" in svg_words(rows)


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_any_number_of_points_can_be_drawn(count: int) -> None:
    """From nothing to many; at most some of many are labelled."""
    rows = [row(20 + number, 2010 + number // 12, month=number % 12 + 1) for number in range(count)]
    drawn = plotted("x", "%", rows, ".png")
    assert drawn.content.startswith(b"\x89PNG")
    assert drawn.points == count
    assert struct.unpack(">II", drawn.content[16:24]) == (1800, 1040)
    labels = [word for word in svg_words(rows) if word == "budget report"]
    assert len(labels) <= min(count, 24)


def test_the_same_readings_give_the_same_file() -> None:
    """No date of making and no random names."""
    rows = [row(31, 2022), row(44, 2023)]
    for form in (".svg", ".html", ".png"):
        assert plotted("x", "%", rows, form).content == plotted("x", "%", rows, form).content


def test_drawing_leaves_the_settings_of_matplotlib_alone() -> None:
    """A notebook that calls it goes on as before."""
    before = dict(mpl.rcParams)
    plotted("x", "%", [row(31, 2022)], ".svg")
    assert dict(mpl.rcParams) == before


class _Page(HTMLParser):
    """The tags and the attributes that could ask for something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asks: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asks += [
            f"{name}={value}"
            for name, value in attrs
            if name in ("src", "href", "xlink:href", "srcset") or name.startswith("on")
        ]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_page_holds_every_reading_with_its_quote() -> None:
    """Also those that are not drawn."""
    rows = [row(31, 2022, quote="First it was 31%."), row(67, 2022, kind="change", quote="It rose by 67%.")]
    text = " ".join(" ".join(_Page(plotted("x", "%", rows, ".html").content.decode()).text).split())
    assert "First it was 31%." in text
    assert "It rose by 67%." in text
    assert "held 13 May 2024" in text
    assert "2024-05-13-budget_report.txt" in text


def test_hostile_text_stays_text() -> None:
    """No tag, no request and no control character comes from the record, in the page or the drawing."""
    rows = [row(31, 2022, text=HOSTILE, quote=HOSTILE, scope=HOSTILE, document=HOSTILE), row(2, 2023, scope="b")]
    page = plotted(HOSTILE, "%", rows, ".html").content.decode()
    parsed = _Page(page)
    assert not {"img", "script"} & set(parsed.tags)
    assert all(ask.startswith("xlink:href=#") for ask in parsed.asks)
    assert "\x1b" not in page
    assert "default-src 'none'" in page
    assert HOSTILE.partition(" ]]>")[0] in " ".join(parsed.text)
    svg = plotted(HOSTILE, HOSTILE, rows, ".svg").content
    assert not list(ElementTree.fromstring(svg).iter(f"{SVG}image"))


def test_a_page_is_made_for_light_and_dark() -> None:
    """The drawing has no ink of its own."""
    page = plotted("x", "%", [row(31, 2022)], ".html").content.decode()
    drawing = page[page.index("<svg") : page.index("</svg>")]
    assert "prefers-color-scheme: dark" in page
    assert "var(--ink)" in drawing
    assert "var(--place-1)" in drawing
    assert "#1d1b18" not in drawing
