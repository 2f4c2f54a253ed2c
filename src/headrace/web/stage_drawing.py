"""Which charts there are of a stage, from its close-up."""

from collections.abc import Callable, Mapping

from headrace.flow.close_up import CloseUp
from headrace.flow.forecast import SURE
from headrace.report.chart_style import Chart
from headrace.report.stage_charts import (
    draw_ageing,
    draw_behaviour,
    draw_cycle_times,
    draw_flow,
    draw_forecast,
    draw_survival,
)


def stage_charts(close: CloseUp) -> Mapping[str, Callable[[], Chart]]:
    """The charts of a stage by name, each for a desk and, `-narrow`, a telephone; only those that show something."""
    present = close.under_way.height
    ends = dict(zip(SURE, close.emptied.moments(close.now), strict=True)) if close.emptied else {}
    draws: dict[str, Callable[[bool], Chart]] = {}
    if close.days.height > 1:
        draws["flow"] = lambda narrow: draw_flow(close.days, narrow=narrow)
    if close.finished.height:
        draws["cycle-times"] = lambda narrow: draw_cycle_times(close.finished, close.lead, narrow=narrow)
    if present:
        draws["ageing"] = lambda narrow: draw_ageing(close.under_way, close.lead, narrow=narrow)
    if close.behaviour.height > 1:
        draws["behaviour"] = lambda narrow: draw_behaviour(
            close.behaviour, title="Is it changing?", subtitle="median time here of what left, by week", narrow=narrow
        )
    if close.throughput.height > 1:
        draws["throughput"] = lambda narrow: draw_behaviour(
            close.throughput,
            title="Does as much leave as before?",
            subtitle="items that left, by week",
            quantity="items",
            narrow=narrow,
        )
    if close.curve.height > 1:
        draws["survival"] = lambda narrow: draw_survival(close.curve, narrow=narrow)
    if close.orderly and present and any(ends.values()):
        draws["forecast"] = lambda narrow: draw_forecast(close.days, close.now, present, ends, narrow=narrow)
    return {name: _drawn(draw, narrow=False) for name, draw in draws.items()} | {
        f"{name}-narrow": _drawn(draw, narrow=True) for name, draw in draws.items()
    }


def _drawn(draw: Callable[[bool], Chart], *, narrow: bool) -> Callable[[], Chart]:
    return lambda: draw(narrow)
