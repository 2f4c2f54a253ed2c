"""The event record as an event log in XES: IEEE 1849-2016, eXtensible Event Stream."""

import re
from itertools import groupby
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

import polars as pl

from headrace.model.event import Kind

LIFECYCLE: Final = {
    Kind.READY: "schedule",
    Kind.STARTED: "start",
    Kind.FINISHED: "complete",
    Kind.RETURNED: "pi_abort",
    Kind.BLOCKED: "suspend",
    Kind.UNBLOCKED: "resume",
    Kind.FAILED: "ate_abort",
    Kind.SKIPPED: "manualskip",
    Kind.ABANDONED: "withdraw",
}
"""Each kind of event as a transition of the standard's transactional model of a lifecycle."""

EXTENSIONS: Final = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
)

OWN: Final = ("id", "kind", "attempt", "run", "dataset", "organisation", "reason", "detail")
"""Attributes of an event that the standard has no name for; those that are null are left out."""

BLOCK: Final = 50_000
"""Rows that are turned into text at once."""

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xes(events: pl.DataFrame, to: Path) -> None:
    """Write events (`EVENT_SCHEMA`) as XES: a trace for every item, and in it its events, oldest first.

    The name of an event is its stage, its transition that of `LIFECYCLE`, its resource who did it. A trace is named
    `<item type>/<item>`. Characters that XML has no place for are replaced (U+FFFD).
    """
    kinds = pl.col("kind").cast(pl.String).replace_strict({kind.value: place for place, kind in enumerate(Kind)})
    in_order = events.sort("item_type", "item", "at", "attempt", kinds, "id")
    rows = (row for part in in_order.iter_slices(BLOCK) for row in part.to_dicts())
    with to.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">\n')
        for name, prefix, uri in EXTENSIONS:
            file.write(f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n')
        file.write('<classifier name="Stage" keys="concept:name"/>\n')
        file.write('<classifier name="Stage and transition" keys="concept:name lifecycle:transition"/>\n')
        for (item_type, item), trace in groupby(rows, key=lambda row: (row["item_type"], row["item"])):
            file.write(f"<trace>{_string('concept:name', f'{item_type}/{item}')}{_string('item_type', item_type)}\n")
            file.writelines(_event(row) for row in trace)
            file.write("</trace>\n")
        file.write("</log>\n")


def _event(row: dict[str, object]) -> str:
    own = "".join(_string(name, row[name]) for name in OWN if row[name] is not None)
    moment = str(row["at"]).replace(" ", "T")
    return (
        f"<event>{_string('concept:name', row['stage'])}"
        f"{_string('lifecycle:transition', LIFECYCLE[Kind(str(row['kind']))])}"
        f'<date key="time:timestamp" value="{moment}"/>{_string("org:resource", row["actor"])}{own}</event>\n'
    )


def _string(key: str, value: object) -> str:
    return f'<string key="{key}" value={quoteattr(_NO_XML.sub(chr(0xFFFD), str(value)))}/>'
