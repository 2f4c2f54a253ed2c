"""Following one entry of a file through the phases."""

from pathlib import Path

from headrace.convert.resource import convert
from headrace.model.batch import Batch
from headrace.model.cells import Unconverted
from headrace.model.error import ConversionError, SettingsError
from headrace.report.trace import TracedPhase, trace_entry
from headrace.spec.rules import Rules
from headrace.transform.phases import PHASES, begin


def trace_entry_of_file(path: Path, rules: Rules, entry: int) -> list[TracedPhase]:
    """The entry of that number as it is read and as each phase leaves it.

    Raises:
        ConversionError: the file cannot be read.
        SettingsError: the file has no such entry.
    """
    conversion = convert(path, rules.choices)
    if isinstance(conversion, Unconverted):
        raise ConversionError(f"{path}: {conversion.reason}")
    batch = begin(conversion.cells)
    steps = [("convert", batch)]
    line = None
    for phase in PHASES:
        batch = phase(batch, rules)
        steps.append((phase.__name__, batch))
        if line is None and batch.header_line is not None:
            line = _line_of(batch, entry)
            if line is None:
                raise SettingsError(f"--entry: got {entry}, expected 1 to {batch.numbered}: the entries of {path}")
    if line is None:
        raise SettingsError(f"{path}: there is no entry {entry}; the file has no header")
    return trace_entry(steps, line, rules)


def _line_of(batch: Batch, entry: int) -> int | None:
    lines = batch.entries.filter(batch.entries["entry"] == entry)["line"]
    return int(lines[0]) if len(lines) else None
