"""Progress of a night, as bars on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from headrace.model.event import Stage
from headrace.run.tools import Progress as Tell
from headrace.run.tools import say_nothing

LABELS = {
    Stage.COLLECT: "Collecting",
    Stage.TRANSFORM: "Converting and transforming",
    Stage.ASSEMBLE: "Assembling",
    Stage.PUBLISH: "Publishing",
}


@contextmanager
def progress_bars() -> Iterator[Tell]:
    """Tell of progress by bars, where somebody is looking."""
    if not sys.stderr.isatty():
        yield say_nothing
        return
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[Stage, TaskID] = {}

        def tell(stage: Stage, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(LABELS.get(stage, stage.value), total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield tell
