"""What the reports on quality say of the release that a request reads, worked out once while nothing changes."""

from datetime import date

import polars as pl

from headrace.report.quality.material import Material
from headrace.report.quality.standing_report import StandingReport
from headrace.run.material import read_material
from headrace.run.quality_report import read_patience
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake
from headrace.web.shelf import Reader


def recall_material(reader: Reader, lake: Lake, today: date) -> Material:
    """What the reports are made of, read once for a release, a log and a day.

    Raises:
        ReleaseError: there is no record of processing, or it does not go with the release.
    """
    return reader.memory.recall(
        ("material", *_state(lake, today)), lambda: read_material(lake, today, read_patience(), reader.release)
    )


def recall_rows(reader: Reader, lake: Lake, report: StandingReport, today: date) -> pl.DataFrame:
    """The rows of a report, worked out as often.

    Raises:
        ReleaseError: as above.
    """
    material = recall_material(reader, lake, today)
    return reader.memory.recall(("quality report", report.name, *_state(lake, today)), lambda: report.rows(material))


def _state(lake: Lake, today: date) -> tuple[str, str]:
    return today.isoformat(), AttemptLog(lake, "", "reader").version()
