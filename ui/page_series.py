"""The Figures page as HTML: what is measured, one series drawn and as a table, and targets against what was reached.

Every figure is a link to its sentence in the source. Everything from a document is escaped here.
Knows nothing of Gradio; decides nothing.

>>> # figures_page(FigureShelf(index).view(WantedFigures("online dossier rate")))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlencode

from assistant.attainment import Attainment
from assistant.indicators import UNNAMED, Indicator
from corpus.document import Span
from index.reading import Reading
from ui.answer_figures import KINDS, period_of
from ui.figure_drawing import drawing, place_numbers, point_words
from ui.figure_labels import axis_words
from ui.figure_points import Marks, PlotPoint, marks_of
from ui.figure_rows import SourcedReading
from ui.figure_search import Series, WantedFigures
from ui.figure_view import FigureView
from ui.markup import safe
from ui.page_cards import source_address
from ui.wording import REFUSED, counted, day, one_line

__all__ = ["figures_address", "figures_page"]

LISTED = 300  # indicators at the left
WIDE, NARROW = (820, 380), (400, 340)  # units of the drawing; a phone gets one of its own
UNSAID = '<span class="unsaid">not said</span>'
KIND_NAMES: dict[str, str] = dict(KINDS.items())


def figures_page(view: FigureView) -> str:
    """The search, the list of indicators, and what was asked for."""
    if not view.indicators:
        main = (
            '<section class="series"><h2>No figures yet</h2><p>The record holds no figures. '
            'Add reports or transcripts on the <a href="/sources">Sources</a> page.</p></section>'
        )
    elif view.series:
        main = _series(view, view.series)
    elif view.wanted.words:
        main = _unfound(view)
    else:
        main = _overview(view)
    words = safe(view.wanted.words)
    chosen = view.series.indicator.name if view.series else ""
    return (
        f'<div class="figures-page{" chosen" if view.wanted.words else ""}"><aside class="indicators">'
        '<form class="find" role="search" action="/figures">'
        '<label class="visually-hidden" for="indicator">What is measured</label>'
        f'<input id="indicator" name="indicator" type="search" value="{words}" maxlength="300" autocomplete="off" '
        'placeholder="Find a figure"><button>Find</button></form>'
        f"{_list(view.indicators, chosen)}</aside>{main}</div>"
    )


def figures_address(wanted: WantedFigures, path: str = "/figures") -> str:
    """Where the page shows `wanted`."""
    query = {"indicator": wanted.words, "scope": wanted.scope, "kind": wanted.kind}
    told = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{told}" if told else path


def _list(indicators: Sequence[Indicator], chosen: str) -> str:
    named = [one for one in indicators if one.name != UNNAMED]
    items = []
    for one in named[:LISTED]:
        here = ' aria-current="true"' if one.name == chosen else ""
        address = safe(figures_address(WantedFigures(one.name)))
        items.append(
            f'<li><a href="{address}"{here}><span>{safe(one_line(one.name))}</span>'
            f'<span class="count" title="{counted(len(one.readings), "figure")}">{len(one.readings)}</span></a></li>'
        )
    more = len(named) - LISTED
    rest = f'<p class="rest">{counted(more, "more indicator")}: find them by their words.</p>' if more > 0 else ""
    return (
        f'<nav aria-label="What is measured"><ul>{"".join(items)}</ul>'
        f'<p class="rest none" hidden>Nothing listed has these words. Press Enter to search the record.</p>{rest}</nav>'
    )


def _overview(view: FigureView) -> str:
    """Where nothing is asked for: how much there is, and the series that tell most."""
    readings = [reading for one in view.indicators for reading in one.readings]
    documents = len({reading.document_id for reading in readings})
    cards = "".join(
        _card(one) for one in sorted(view.indicators, key=lambda one: -len(_times(one)))[:6] if one.name != UNNAMED
    )
    return (
        f'<section class="series overview"><h2>{counted(len(readings), "figure")} of '
        f"{counted(len(view.indicators), 'thing')} measured</h2>"
        f"<p>Read in {counted(documents, 'document')}, each at its place. Choose one, or find it by the words you "
        "would use; the series is shown over time, and every figure "
        f'opens the sentence it stands in.</p><ul class="cards">{cards}</ul></section>'
    )


def _card(indicator: Indicator) -> str:
    times = _times(indicator)
    when = f"{times[0]}–{times[-1]}" if len(times) > 1 else "".join(map(str, times))
    places = list(dict.fromkeys(one_line(reading.scope) for reading in indicator.readings if reading.scope))
    where = ", ".join(places[:2]) + (f" and {len(places) - 2} more" if len(places) > 2 else "")
    facts = [counted(len(indicator.readings), "figure"), _unit(indicator), when, where]
    told = " · ".join(safe(fact) for fact in facts if fact)
    address = safe(figures_address(WantedFigures(indicator.name)))
    return f'<li><a href="{address}"><b>{safe(one_line(indicator.name))}</b><span>{told}</span></a></li>'


def _unit(indicator: Indicator) -> str:
    return "" if indicator.unit == "count" else axis_words(one_line(indicator.unit))


def _times(indicator: Indicator) -> list[int]:
    """The years that the figures are of."""
    return sorted({reading.period.end.year for reading in indicator.readings if reading.period})


def _unfound(view: FigureView) -> str:
    nearest = "".join(_card(one) for one in view.nearest)
    near = f'<h3>Nearest</h3><ul class="cards">{nearest}</ul>' if nearest else ""
    return (
        f'<section class="series"><h2>{REFUSED}</h2>'
        f"<p>It has no figure for “{safe(one_line(view.wanted.words))}”.</p>{near}</section>"
    )


def _series(view: FigureView, series: Series) -> str:
    indicator, rows = series.indicator, series.rows
    times = _times(indicator)
    when = f"{times[0]}–{times[-1]}" if len(times) > 1 else "".join(map(str, times))
    documents = len({row.reading.document_id for row in rows})
    facts = [_unit(indicator), counted(len(rows), "figure"), counted(documents, "document"), when]
    told = "".join(f"<span>{safe(fact)}</span>" for fact in facts if fact)
    table = safe(figures_address(replace(view.wanted, words=indicator.name), "/figures/table.csv"))
    marks = marks_of(rows, indicator.unit)
    return (
        f'<section class="series" aria-label="{safe(one_line(indicator.name))}">'
        f"<h2>{safe(one_line(indicator.name))}</h2>"
        f'<p class="facts">{told}<a class="csv" href="{table}" download>Download CSV</a></p>'
        f"{_filters(view, indicator)}{_drawn(marks, indicator.name)}{_attained(view)}{_table(rows, marks)}"
        f"{_further(view)}</section>"
    )


def _filters(view: FigureView, indicator: Indicator) -> str:
    """Links that limit the series to a place or a kind."""
    groups = []
    for name, field, values in (("Place", "scope", view.scopes), ("Kind", "kind", view.kinds)):
        if len(values) < 2:
            continue
        chosen = getattr(view.wanted, field)
        items = []
        for value in ("", *filter(None, values)):
            limits = {"scope": view.wanted.scope, "kind": view.wanted.kind, field: value}
            wanted = WantedFigures(indicator.name, limits["scope"], limits["kind"])
            here = ' aria-current="true"' if value == chosen else ""
            label = (KIND_NAMES.get(value, value) if field == "kind" else value) or "all"
            items.append(f'<a href="{safe(figures_address(wanted))}"{here}>{safe(one_line(label))}</a>')
        groups.append(f'<div class="filter"><span>{name}</span>{"".join(items)}</div>')
    return f'<div class="filters">{"".join(groups)}</div>' if groups else ""


def _drawn(marks: Marks, name: str) -> str:
    """The drawing for a screen and for a phone, its legend, and what is not drawn."""
    left_out = "".join(f"<li>{safe(line)}</li>" for line in marks.left_out)
    notes = f'<ul class="left-out">{left_out}</ul>' if left_out else ""
    if not marks.points:
        return f'<div class="plot-note"><p>Nothing of this can be drawn over time.</p>{notes}</div>'
    wide = drawing(marks, width=WIDE[0], height=WIDE[1], name=name)
    narrow = drawing(marks, width=NARROW[0], height=NARROW[1], name=name)
    tips = "".join(_tip(number, point) for number, point in enumerate(marks.points, start=1))
    return (
        f'<figure class="plot"><p class="axis">{safe(marks.axis)}</p><div class="wide">{wide}</div>'
        f'<div class="narrow">{narrow}</div><figcaption>{_legend(marks)}{notes}</figcaption>'
        f'<div class="tips" aria-hidden="true">{tips}</div></figure>'
    )


def _legend(marks: Marks) -> str:
    """What colours and marks mean, where there is more than one."""
    numbers = place_numbers(marks.points)
    items = []
    if len(numbers) > 1:
        items = [
            f'<li class="place-{number}"><i class="line"></i>{safe(one_line(scope) or "place not said")}</li>'
            for scope, number in sorted(numbers.items(), key=lambda one: one[1])
        ]
    kinds = [kind for kind in ("actual", "estimate", "target") if any(point.kind == kind for point in marks.points)]
    items += [f'<li class="{kind}"><i class="{kind}"></i>{kind}</li>' for kind in kinds]
    return f'<ul class="legend">{"".join(items)}</ul>'


def _tip(number: int, point: PlotPoint) -> str:
    """What is told of a mark that the pointer or the keyboard is on."""
    first = point.rows[0]
    more = len({row.reading.document_id for row in point.rows}) - 1
    held = f", held {day(first.held_on)}" if first.held_on else ""
    others = f" and {counted(more, 'other document')}" if more else ""
    head = " · ".join(point_words(point).split(", ")[1:4]) if not first.reading.period else ""
    head = head or " · ".join(filter(None, (period_of(first.reading), one_line(point.scope), point.kind)))
    return (
        f'<div class="tip" data-point="{number}"><b>{safe(one_line(first.reading.text))}</b> '
        f"<span>{safe(head)}</span><q>{safe(one_line(first.quote))}</q>"
        f"<small>{safe(one_line(first.document))}{safe(held)}{others}</small></div>"
    )


def _table(rows: Sequence[SourcedReading], marks: Marks) -> str:
    """Every figure of the series with its sentence."""
    numbers = {
        (row.reading.document_id, row.reading.start): number
        for number, point in enumerate(marks.points, start=1)
        for row in point.rows
    }
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Period", "Value", "Place", "Kind", "In the record"))
    body = "".join(_row(row, numbers.get((row.reading.document_id, row.reading.start))) for row in rows)
    return (
        f'<table class="readings"><caption>All figures, in order of time</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(row: SourcedReading, number: int | None) -> str:
    reading = row.reading
    held = f"held {day(row.held_on)}" if row.held_on else ""
    source = " · ".join(filter(None, (one_line(row.title) or one_line(row.document), held)))
    point = f' data-point="{number}"' if number else ""
    name = KIND_NAMES[reading.kind] + (f" {one_line(reading.comparison)}" if reading.comparison else "")
    return (
        f'<tr{point}><td class="period">{safe(period_of(reading)) or UNSAID}</td>'
        f'<th scope="row" class="figure">{_opened(reading)}</th><td>{safe(one_line(reading.scope)) or UNSAID}</td>'
        f'<td class="kind">{safe(name)}</td>'
        f'<td class="quoted"><q>{_quoted(row)}</q><span class="source">{safe(source)}</span></td></tr>'
    )


def _quoted(row: SourcedReading) -> str:
    """The sentence with the figure marked, by offset."""
    first, last = row.reading.start - row.reading.sentence.start, row.reading.end - row.reading.sentence.start
    pieces = [row.quote[start:end] for start, end in pairwise((0, first, last, len(row.quote)))]
    return f"{safe(pieces[0])}<mark>{safe(pieces[1])}</mark>{safe(pieces[2])}"


def _opened(reading: Reading) -> str:
    """The words of a figure, as a link to its sentence."""
    address = source_address(reading.document_id, Span(reading.sentence.start, reading.sentence.end))
    return f'<a href="{safe(address)}">{safe(one_line(reading.text))}</a>'


def _attained(view: FigureView) -> str:
    """Targets against what was reached."""
    if not view.attained or view.wanted.kind not in ("", "target"):
        return ""
    many_places = len({one.target.scope for one in view.attained}) > 1
    names = ["Target", "For", *(["Place"] if many_places else []), "Reached", "In", "The result is"]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(_attained_row(one, with_place=many_places) for one in view.attained)
    return (
        f'<table class="attained"><caption>Targets against what was reached</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _attained_row(one: Attainment, *, with_place: bool) -> str:
    target, reached = one.target, one.reached
    cells = [safe(period_of(target)) or UNSAID, *([safe(one_line(target.scope)) or UNSAID] if with_place else [])]
    if reached is None:
        cells += [UNSAID, "", ""]
    else:
        told = {"above": "above the target", "below": "below the target", "at": "at the target"}.get(one.told, "")
        earlier = "" if one.same_period or target.period is None else ' <span class="unsaid">the last before</span>'
        kind = ' <span class="unsaid">estimate</span>' if reached.kind == "estimate" else ""
        cells += [_opened(reached) + kind, safe(period_of(reached)) + earlier, told]
    data = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row" class="figure">{_opened(target)}</th>{data}</tr>'


def _further(view: FigureView) -> str:
    if not view.further:
        return ""
    items = "".join(_card(one) for one in view.further)
    words = safe(one_line(view.wanted.words))
    return f'<div class="further"><h3>“{words}” also fits</h3><ul class="cards">{items}</ul></div>'
