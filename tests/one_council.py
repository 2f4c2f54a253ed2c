"""A council that publishes conservation areas from a file on this machine, and nights over it."""

import csv
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from headrace.report.night_summary import NightSummary
from headrace.run.start import NightOptions, start_night
from headrace.store.builtin import builtin_datasets

DATASET = "conservation-area"
COUNCIL = "local-authority:ALD"
SQUARE = "POLYGON((-1.80 52.50,-1.80 52.51,-1.79 52.51,-1.79 52.50,-1.80 52.50))"

Rows = list[tuple[str, ...]]


def write_rows(path: Path, rows: Rows) -> None:
    """Write rows as CSV, the header first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


@dataclass(frozen=True, slots=True)
class OneCouncil:
    """The council's file is `areas.csv` in a folder, beside `config/` and `lake/`. References CA1 to CA9 are known."""

    folder: Path

    def configure(self) -> None:
        """Write the configuration; of the pipeline, what comes with Headrace and the references."""
        config = self.folder / "config"
        url = (self.folder / "areas.csv").as_uri()
        endpoint = sha256(url.encode()).hexdigest()
        write_rows(
            config / "organisation.csv",
            [
                ("organisation", "name", "entity"),
                (COUNCIL, "Aldermere", "1"),
                ("local-authority:BEC", "Beckwater", "2"),
            ],
        )
        collection = config / "collection" / DATASET
        write_rows(collection / "endpoint.csv", [("endpoint", "endpoint-url"), (endpoint, url)])
        write_rows(collection / "source.csv", [("endpoint", "organisation", "pipelines"), (endpoint, COUNCIL, DATASET)])
        shutil.copytree(builtin_datasets() / "pipeline" / DATASET, self.pipeline)
        known = [(DATASET, f"CA{number}", str(44_000_000 + number)) for number in range(1, 10)]
        write_rows(self.pipeline / "lookup.csv", [("prefix", "reference", "entity"), *known])

    def publish(self, rows: Rows) -> None:
        """Write the council's file."""
        write_rows(self.folder / "areas.csv", rows)

    def run(self, night: str, **more: object) -> NightSummary:
        """Run a night."""
        options = {
            "lake": self.lake,
            "config": self.folder / "config",
            "specification": builtin_datasets() / "specification",
            "datasets": (DATASET,),
            "date": night,
            "workers": "1",
            "allow_file": True,
        }
        return start_night(NightOptions(**(options | more)))  # type: ignore[arg-type]

    @property
    def pipeline(self) -> Path:
        """The pipeline folder."""
        return self.folder / "config" / "pipeline" / DATASET

    @property
    def lake(self) -> Path:
        """The lake."""
        return self.folder / "lake"
