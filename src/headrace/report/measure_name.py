"""What a measure is called among people."""

from typing import Final

from headrace.model.stage import Streams

NAMES: Final = {
    "waiting": "how many wait",
    "in_progress": "how many are worked on",
    "failed": "how many wait after a failure",
    "oldest_age_s": "age of the oldest that waits",
    "wait_p50_s": "half wait no longer than",
    "wait_p85_s": "85 in 100 wait no longer than",
    "work_p50_s": "half are worked on no longer than",
    "work_p85_s": "85 in 100 are worked on no longer than",
    "lead_p50_s": "half take no longer than",
    "lead_p85_s": "85 in 100 take no longer than",
    "arrived_per_week": "how many come in a week",
    "departed_per_week": "how many leave in a week",
    "complete_accurate": "right first time",
    "rolled_complete_accurate": "right first time all the way",
    "flow_efficiency": "share of the time that is work",
    "variability": "how much the times vary (p85 ÷ p50)",
}
"""The column of a measure → its words."""


def name_measure(reference: str, model: Streams) -> str:
    """A measure in words: `check.wait_p85_s` → `Check: 85 in 100 wait no longer than`."""
    place, _, column = reference.rpartition(".")
    titles = {name: stage.title for name, stage in model.stages.items()} | {
        name: stream.title for name, stream in model.by_name.items()
    }
    return f"{titles.get(place, place)}: {NAMES.get(column, column.replace('_', ' '))}"
