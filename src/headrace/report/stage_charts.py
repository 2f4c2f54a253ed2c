"""The charts of one stage over time, in the house style.

Each takes rows as `headrace.flow.close_up.CloseUp` holds them. `READING` says how each is read.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import polars as pl

from headrace.report.chart_style import (
    AWAITED_COLOURS,
    BAD,
    DEEP,
    HEALTH_COLOURS,
    INK,
    QUIET,
    WATER,
    Chart,
    colour_scale,
    make_chart,
)

WIDE: Final = 500
NARROW: Final = 250
TALL: Final = 240

MOST_POINTS: Final = 1_500
"""Points that one picture holds; of more, evenly many are drawn."""

BANDS: Final = {"waiting": WATER, "worked on": "#5694ca", "left": DEEP}
"""The bands of a cumulative flow diagram from the top."""

HIDING: Final = 40
"""How many times as many as are here must have left to hide them in one picture."""

UNITS: Final = ((1.0, "seconds"), (60.0, "minutes"), (3600.0, "hours"), (86400.0, "days"))

UNEVEN: Final = 20
"""How many times as long as ordinary durations the longest must be to be drawn on a logarithmic scale."""

LEAST_S: Final = 1.0
"""What is shorter is drawn as a second."""

DATE: Final[Chart] = {"format": "%-d %b", "title": None, "labelFlush": False, "tickCount": 6}
READING: Final = {
    "flow": "The height of the light band is the queue: where it grows, more comes than leaves.",
    "cycle-times": "Each point is an item that left; what lies above the line “85 in 100” took longer than most.",
    "ageing": "Each point is an item that is here; what lies above the line “85 in 100” is older than most became.",
    "behaviour": "Points between the broken lines are noise and mean nothing; a red point is a change with a cause.",
    "throughput": "As many leave as the broken lines say, unless something changes; a red point says that it has.",
    "survival": "The quicker the line falls, the faster things leave; where it lies flat, they are stuck.",
    "forecast": "Each broken line ends on the day by which as many as are here now will have left, with that chance.",
}
"""How each chart is read, in a sentence, by its name."""

SHARE_NAMES: Final = {"p50": "half", "p85": "85 in 100", "p95": "95 in 100"}


def draw_flow(days: pl.DataFrame, *, narrow: bool = False) -> Chart:
    """The cumulative flow diagram: what left since the first day, and above it what was there."""
    base = pl.col("departed_before") - pl.col("departed_before").first() + pl.col("departed").first()
    hides = float(days["departed"].sum()) > HIDING * max(float(days["present"].max() or 0), 1.0)  # type: ignore[arg-type]
    edges = days.with_columns(base=pl.lit(0) if hides else base).select(
        "on",
        left_0=pl.lit(0),
        left_1="base",
        working_1=pl.col("base") + pl.col("working"),
        waiting_1=pl.col("base") + pl.col("present"),
    )
    parts = (("left", "left_0", "left_1"), ("worked on", "left_1", "working_1"), ("waiting", "working_1", "waiting_1"))
    values = [
        {"on": row["on"].isoformat(), "band": band, "from": row[low], "to": row[high]}
        for row in edges.iter_rows(named=True)
        for band, low, high in (parts[1:] if hides else parts)
    ]
    bands = {band: colour for band, colour in BANDS.items() if band != "left" or not hides}
    view: Chart = {
        **_size(narrow=narrow),
        "mark": {"type": "area", "interpolate": "step-after"},
        "encoding": {
            "x": _time("on", narrow=narrow),
            "y": {"field": "from", "type": "quantitative", "axis": {"title": "items", "format": ",d"}},
            "y2": {"field": "to"},
            "color": {"field": "band", "type": "nominal", "scale": colour_scale(bands)},
        },
    }
    return make_chart(
        values,
        view,
        title="Cumulative flow",
        subtitle=f"items here, day by day; the {days['departed'].sum():,} that left would hide them"
        if hides
        else "items that left, are worked on, wait, day by day",
    )


def draw_cycle_times(finished: pl.DataFrame, lead: Mapping[str, float | None], *, narrow: bool = False) -> Chart:
    """The cycle-time scatterplot: a point for every item that left, with the percentiles as lines."""
    drawn = finished.gather_every(max(1, -(-finished.height // MOST_POINTS)))
    unit_s, unit, scale = _measure_of(finished["lead_s"], lead["p50"])
    values = [
        {"at": row["at"].isoformat(), "lead": max(row["lead_s"], LEAST_S) / unit_s, "outcome": row["outcome"]}
        for row in drawn.iter_rows(named=True)
    ]
    view: Chart = {
        **_size(narrow=narrow),
        "layer": [
            {
                "mark": {"type": "point", "opacity": 0.45, "size": 26},
                "encoding": {
                    "x": _time("at", narrow=narrow),
                    "y": _quantity("lead", _titled(unit, scale), scale={"type": scale}),
                },
            },
            *_percentile_rules(lead, unit_s, narrow=narrow),
        ],
    }
    said = "items that left, by day"
    if drawn.height < finished.height:
        said += f"; {drawn.height:,} of {finished.height:,} are drawn"
    return make_chart(values, view, title="How long things were here", subtitle=said)


def draw_ageing(under_way: pl.DataFrame, lead: Mapping[str, float | None], *, narrow: bool = False) -> Chart:
    """The ageing of work in progress: what is here by its age, beside how long what left took."""
    drawn = under_way.gather_every(max(1, -(-under_way.height // MOST_POINTS)))
    unit_s, unit, scale = _measure_of(under_way["age_s"], lead["p50"])
    colours = {**AWAITED_COLOURS, "being worked on": INK}
    values = [
        {
            "position": row["position"],
            "age": max(row["age_s"], LEAST_S) / unit_s,
            "for": row["waits_for"] or "being worked on",
        }
        for row in drawn.iter_rows(named=True)
    ]
    present = {word: colour for word, colour in colours.items() if any(value["for"] == word for value in values)}
    view: Chart = {
        **_size(narrow=narrow),
        "layer": [
            {
                "mark": {"type": "point", "size": 36},
                "encoding": {
                    "x": {
                        "field": "position",
                        "type": "quantitative",
                        "axis": {"title": "items, the oldest first", "format": ",d", "tickMinStep": 1},
                    },
                    "y": _quantity("age", _titled(f"age in {unit}", scale), scale={"type": scale}),
                    "color": {
                        "field": "for",
                        "type": "nominal",
                        "scale": colour_scale(present),
                        "legend": {"columns": 2 if narrow else 4},
                    },
                },
            },
            *_percentile_rules(lead, unit_s, narrow=narrow),
        ],
    }
    return make_chart(
        values,
        view,
        title="How old what is here is",
        subtitle="items by age, and what they wait for",
    )


def draw_behaviour(
    behaviour: pl.DataFrame, *, title: str, subtitle: str, quantity: str | None = None, narrow: bool = False
) -> Chart:
    """A process behaviour chart: a value each week, its limits, and signals in red.

    Args:
        behaviour: what `headrace.flow.process_behaviour` returns.
        title, subtitle: what it shows, and of what.
        quantity: what the values are; None where they are seconds, which are drawn in the unit that fits.
        narrow: whether it is for a telephone.
    """
    largest = behaviour.select(pl.max_horizontal(pl.col("value").max(), pl.col("upper").max())).item()
    unit_s, unit = _unit(largest or 0.0) if quantity is None else (1.0, quantity)
    columns = ("value", "mean", "lower", "upper")
    values = [
        {"at": row["at"].isoformat(), "signal": row["signal"]}
        | {name: None if row[name] is None else row[name] / unit_s for name in columns}
        for row in behaviour.iter_rows(named=True)
    ]
    x = _time("at", narrow=narrow)
    limits = [
        {
            "mark": {"type": "line", "strokeWidth": 1.5, "strokeDash": dash, "color": QUIET},
            "encoding": {"x": x, "y": {"field": name, "type": "quantitative"}},
        }
        for name, dash in (("mean", [1, 0]), ("lower", [5, 4]), ("upper", [5, 4]))
    ]
    view: Chart = {
        **_size(narrow=narrow),
        "layer": [
            *limits,
            {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": x, "y": _quantity("value", unit)}},
            {
                "mark": {"type": "point", "size": 60, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": {"field": "value", "type": "quantitative"},
                    "color": {"condition": {"test": "datum.signal !== null", "value": BAD}, "value": DEEP},
                },
            },
        ],
    }
    return make_chart(values, view, title=title, subtitle=subtitle)


def draw_survival(curve: pl.DataFrame, *, narrow: bool = False) -> Chart:
    """The curve of Kaplan and Meier: what share is still here after so long, those that still are counted in."""
    half = curve.filter(pl.col("surviving") <= 0.5)["age_s"].min()
    unit_s, unit, scale = _measure_of(curve["age_s"], half if isinstance(half, float) else None)
    steps = curve.filter((pl.col("ends") > 0) | (pl.col("age_s") == pl.col("age_s").max()))
    drawn = steps.gather_every(max(1, -(-steps.height // MOST_POINTS)))
    first = {"age": LEAST_S / unit_s if scale == "log" else 0.0, "surviving": 1.0}
    values = [first] + [
        {"age": max(row["age_s"], LEAST_S) / unit_s, "surviving": row["surviving"]}
        for row in drawn.iter_rows(named=True)
    ]
    view: Chart = {
        **_size(narrow=narrow),
        "mark": {"type": "line", "interpolate": "step-after"},
        "encoding": {
            "x": _quantity("age", _titled(f"{unit} since it was ready", scale), grid=False, scale={"type": scale}),
            "y": {
                "field": "surviving",
                "type": "quantitative",
                "scale": {"domain": [0, 1]},
                "axis": {"title": "still here", "format": "%"},
            },
        },
    }
    return make_chart(
        values,
        view,
        title="What share is still here",
        subtitle="by time since it was ready",
    )


def draw_forecast(
    days: pl.DataFrame, now: datetime, present: int, ends: Mapping[str, datetime | None], *, narrow: bool = False
) -> Chart:
    """What was here on past days, and when what is here now will have left: a line for each chance.

    Args:
        days: what `headrace.flow.throughput.daily` returns.
        now, present: the moment, and how many are here.
        ends: by how sure one is, such as `85%`, when all will have left; None where that cannot be said.
        narrow: whether it is for a telephone.
    """
    colours = dict(zip(ends, (HEALTH_COLOURS["unmeasured"], "#5694ca", DEEP), strict=False))
    since = (now - timedelta(days=90)).date()
    past = [
        {"at": row["on"].isoformat(), "present": row["present"]}
        for row in days.filter(pl.col("on") >= since).iter_rows(named=True)
    ] + [{"at": now.isoformat(), "present": present}]
    ahead = [
        point | {"sure": sure}
        for sure, end in ends.items()
        if end is not None
        for point in ({"at": now.isoformat(), "left": present}, {"at": end.isoformat(), "left": 0})
    ]
    x = _time("at", narrow=narrow)
    y = {"type": "quantitative", "axis": {"title": "items here", "format": ",d"}}
    view: Chart = {
        **_size(narrow=narrow),
        "layer": [
            {
                "mark": {"type": "line", "interpolate": "step-after", "color": INK},
                "encoding": {"x": x, "y": {"field": "present", **y}},
            },
            {
                "mark": {"type": "line", "strokeDash": [6, 4]},
                "encoding": {
                    "x": x,
                    "y": {"field": "left", **y},
                    "color": {"field": "sure", "type": "nominal", "scale": colour_scale(colours)},
                },
            },
        ],
    }
    return make_chart(
        [*past, *ahead],
        view,
        title="When as many as are here will have left",
        subtitle="items here until now, and how sure it is",
    )


def _measure_of(lasted_s: pl.Series, ordinary_s: float | None) -> tuple[float, str, str]:
    """Seconds of the unit that fits durations, its name, and the scale: logarithmic where a few are very long."""
    longest = lasted_s.max()
    longest_s = longest if isinstance(longest, float) else 0.0
    if ordinary_s is not None and longest_s > UNEVEN * max(ordinary_s, LEAST_S):
        return *_unit(max(ordinary_s, LEAST_S) * 2), "log"
    return *_unit(longest_s), "linear"


def _unit(longest_s: float) -> tuple[float, str]:
    """The largest unit of which the longest duration holds two."""
    return [each for each in UNITS if each[0] == 1.0 or longest_s >= 2 * each[0]][-1]


def _titled(quantity: str, scale: str) -> str:
    """The title of an axis: what would be read wrongly is said."""
    return f"{quantity}, logarithmic" if scale == "log" else quantity


def _percentile_rules(lead: Mapping[str, float | None], unit_s: float, *, narrow: bool) -> Sequence[Chart]:
    known = [
        {"name": SHARE_NAMES[name], "value": seconds / unit_s} for name, seconds in lead.items() if seconds is not None
    ]
    if not known:
        return []
    y = {"field": "value", "type": "quantitative"}
    label = {"type": "text", "align": "right", "dx": -4, "dy": -7, "fontSize": 12, "color": INK}
    end = {"value": NARROW if narrow else WIDE}
    return [
        {"data": {"values": known}, "mark": {"type": "rule"}, "encoding": {"y": y}},
        {"data": {"values": known}, "mark": label, "encoding": {"y": y, "x": end, "text": {"field": "name"}}},
    ]


def _time(field: str, *, narrow: bool) -> Chart:
    axis = {**DATE, "tickCount": 4 if narrow else 6}
    return {"field": field, "type": "temporal", "scale": {"type": "utc"}, "axis": axis}


def _quantity(field: str, title: str, *, grid: bool = True, scale: Mapping[str, Any] | None = None) -> Chart:
    said: Chart = {"field": field, "type": "quantitative", "axis": {"title": title, "grid": grid}}
    return said if scale is None else said | {"scale": dict(scale)}


def _size(*, narrow: bool) -> Chart:
    return {"width": NARROW if narrow else WIDE, "height": TALL}
