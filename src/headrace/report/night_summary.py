"""What one night did, in numbers: the last thing a run says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class NightSummary:
    """The counts of one run of the pipeline.

    Attributes:
        run: which run.
        attempts: endpoints that were asked.
        failed_attempts: those of them that gave no resource.
        new_resources: resources that had not been seen before.
        unchanged_resources: resources that were answered again.
        entries: rows read from the resources that were transformed in this run.
        facts, issues, refused: what became of these rows.
        entities: how many there are in the datasets that were assembled.
        release: id of the release that went live; None when nothing had changed.
        held: how many datasets stay as they were live, because an expectation failed.
        faults: resources that the program could not transform, by a fault of its own.
        seconds_by_stage: from the first start to the latest end of work, by stage in the order of the stream.
        cpu_seconds: of the run and the processes it worked with.
    """

    run: str
    attempts: int
    failed_attempts: int
    new_resources: int
    unchanged_resources: int
    entries: int
    facts: int
    issues: int
    refused: int
    entities: int
    release: str | None
    held: int = 0
    faults: int = 0
    seconds_by_stage: Mapping[str, float] = field(default_factory=dict)
    cpu_seconds: float = 0.0

    def as_rows(self) -> tuple[tuple[str, str], ...]:
        """The summary as pairs of a label and a value in words, in the order in which they are read."""
        return (
            ("Run", self.run),
            ("Attempts", f"{self.attempts:,}"),
            ("Attempts that failed", _with_share(self.failed_attempts, self.attempts)),
            ("New resources", f"{self.new_resources:,}"),
            ("Resources unchanged", f"{self.unchanged_resources:,}"),
            ("Entries read", f"{self.entries:,}"),
            ("Entries refused", _with_share(self.refused, self.entries)),
            ("Facts", f"{self.facts:,}"),
            ("Issues", f"{self.issues:,}"),
            ("Entities", f"{self.entities:,}"),
            ("Release", self.release or "none: nothing changed"),
            *((("Resources that met a fault of the program", f"{self.faults:,}"),) if self.faults else ()),
            *((("Datasets held", f"{self.held:,}"),) if self.held else ()),
            *((f"Time to {stage}", f"{seconds:,.1f} s") for stage, seconds in self.seconds_by_stage.items()),
            ("Processor time", f"{self.cpu_seconds:,.1f} s"),
        )

    def as_text(self) -> str:
        """The rows as lines, values beneath one another; ends with a line break."""
        rows = self.as_rows()
        width = max(len(label) for label, _ in rows)
        return "".join(f"{label:<{width}}  {value}\n" for label, value in rows)

    def as_json(self) -> dict[str, object]:
        """The attributes by name, ready to be written as JSON."""
        return asdict(self) | {"seconds_by_stage": dict(self.seconds_by_stage)}


def _with_share(part: int, whole: int) -> str:
    """A count, with its share where there is something to have a share of."""
    return f"{part:,} ({part / whole:.1%})" if whole else f"{part:,}"
