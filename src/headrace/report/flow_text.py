"""The measures of the stream as rows of words, for the terminal."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from headrace.report.measure_text import UNKNOWN, format_duration
from headrace.report.sparkline import bar

STREAM_COLUMNS: Final = (
    *("stream", "waiting", "at work", "end to end p50", "p85", "constraint", "in / week", "out / week"),
    *("flow efficiency", "rolled %C&A"),
)
STAGE_COLUMNS: Final = (
    *("stage", "health", "waiting", "", "oldest", "wait p50", "wait p85", "at work", "work p50", "in / week"),
    *("out / week", "%C&A", "trend", "queue"),
)
BAR: Final = 8
"""Characters of the bar of the longest queue."""


def stream_rows(streams: pl.DataFrame) -> Sequence[Sequence[str]]:
    """One row per stream, under `STREAM_COLUMNS`."""
    return [
        (
            *(row["stream"], f"{row['waiting']:,}", f"{row['in_progress']:,}"),
            *(_percentile(row, "lead", name) for name in ("p50", "p85")),
            *(row["constraint"] or UNKNOWN, _rate(row["arrived_per_week"]), _rate(row["departed_per_week"])),
            *(_share(row["flow_efficiency"]), _share(row["rolled_complete_accurate"])),
        )
        for row in streams.iter_rows(named=True)
    ]


def stage_rows(stages: pl.DataFrame) -> Sequence[Sequence[str]]:
    """One row per stage, under `STAGE_COLUMNS`; the constraint has an arrow."""
    longest = stages["waiting"].max()
    return [
        (
            *(f"→ {row['stage']}" if row["constraint"] else row["stage"], row["health"], f"{row['waiting']:,}"),
            *(bar(row["waiting"], float(str(longest or 0)), BAR), format_duration(row["oldest_age_s"])),
            *(_percentile(row, "wait", "p50"), _percentile(row, "wait", "p85")),
            *(f"{row['in_progress']:,}", _percentile(row, "work", "p50")),
            *(_rate(row["arrived_per_week"]), _rate(row["departed_per_week"]), _share(row["complete_accurate"])),
            *(
                UNKNOWN if row["trend"] is None else f"{round(row['trend'], 1) + 0.0:+,.1f}",
                row["queue_health"],
            ),
        )
        for row in stages.iter_rows(named=True)
    ]


def percentile_text(seconds: float | None, watched_s: float | None) -> str:
    """A percentile; where it is not known yet, what it exceeds: (None, 7200) → `over 2 h`."""
    return (
        f"over {format_duration(watched_s)}" if seconds is None and watched_s is not None else format_duration(seconds)
    )


def _percentile(row: Mapping[str, Any], kind: str, name: str) -> str:
    return percentile_text(row[f"{kind}_{name}_s"], row[f"{kind}_watched_s"])


def _share(share: float | None) -> str:
    if share is not None and 0 < share < 0.005:
        return "<1%"
    return UNKNOWN if share is None else f"{share:.0%}"


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 or rate == 0 else f"{rate:.1f}"
