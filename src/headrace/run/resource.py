"""One resource: from its bytes to what it becomes under its rules."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from headrace.convert.resource import convert_parts
from headrace.model.cells import Unconverted
from headrace.model.result import Result, join_parts, result_of_batch, result_of_unconverted
from headrace.spec.rules import Rules
from headrace.transform.conversion import tell_conversion
from headrace.transform.parts import transform_parts

PART_BYTES: Final = 48 * 1024 * 1024
"""About how much of a resource is in memory at a time, so that a file of any size can be read."""

MOST_ROWS: Final = 50_000
FEWEST_ROWS: Final = 1_000
SAMPLE_BYTES: Final = 1024 * 1024


def read_parts(
    path: Path,
    rules: Rules,
    seconds: Callable[[], float],
    converted: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """What the resource at `path` becomes, in parts; one that cannot be read is one empty part.

    Args:
        path: its bytes.
        rules: all that applies to it.
        seconds: a clock that only goes forward; each part has the seconds since the first was begun.
        converted: called once the bytes can be read, before the rules are applied.
    """
    begun = seconds()
    dataset = rules.dataset.dataset
    conversion = convert_parts(path, rules.choices, rows_at_once(path), block_bytes=PART_BYTES)
    converted()
    if isinstance(conversion, Unconverted):
        yield result_of_unconverted(dataset, rules.resource, conversion, seconds() - begun)
        return
    how, parts = conversion
    for number, batch in enumerate(transform_parts(parts, rules)):
        if number == 0:
            batch = tell_conversion(batch, how)
        yield result_of_batch(batch, dataset, rules.resource, how, seconds() - begun)


def rows_at_once(path: Path) -> int:
    """How many records make up a part, judged by the length of the first lines of a file."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    line_bytes = len(sample) / max(1, sample.count(b"\n"))
    return min(MOST_ROWS, max(FEWEST_ROWS, int(PART_BYTES / max(1.0, line_bytes))))


def read_resource(path: Path, rules: Rules, seconds: Callable[[], float]) -> Result:
    """What the resource at `path` becomes, whole."""
    return join_parts(list(read_parts(path, rules, seconds)))
