"""Until when the numbers of reports stay as they are while nothing but time passes."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import polars as pl

from headrace.report.quality.material import Material
from headrace.report.quality.quality_level import OLD_DAYS
from headrace.report.quality.runaway import MONTH, WEEK
from headrace.report.quality.stale import SOON_DAYS, STALE_DAYS

AGES: Final = (WEEK, MONTH, SOON_DAYS + 1, STALE_DAYS + 1, OLD_DAYS + 1)
"""Days after the first night of a resource, or the newest entry of an organisation, on which a number may change."""


def find_expiry(material: Material) -> date | None:
    """The first day after today on which a number of a report may be another though its material is as it is.

    None where no such day is to come. What is told of endpoints (their action) is taken as it is: it is judged anew
    every night.
    """
    coming = [day for days in _turns(material) for day in days.filter(days > material.today) if day is not None]
    return min(coming, default=None)


def _turns(material: Material) -> Iterator[pl.Series]:
    """Every day on which something ends or grows old."""
    for frame in (material.provisions, material.sources, material.endpoints, material.organisations):
        ends = frame["end_date"].unique().str.slice(0, 10).str.to_date(strict=False).drop_nulls()
        yield ends.dt.offset_by("1d")
    newest = material.entities.group_by("dataset", "organisation_entity").agg(pl.col("entry_date").max())
    for dates in (material.answers["first_on"], newest["entry_date"].unique().str.to_date(strict=False)):
        for age in AGES:
            yield dates.unique().drop_nulls().dt.offset_by(f"{age}d")
