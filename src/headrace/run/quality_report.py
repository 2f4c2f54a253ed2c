"""The reports on quality, on a lake."""

from datetime import date

import polars as pl

from headrace.collect.schedule import Patience
from headrace.model.error import ReleaseError, SettingsError
from headrace.report.quality.expiry import find_expiry
from headrace.report.quality.number import count_numbers
from headrace.report.quality.registry import REPORTS
from headrace.report.quality.standing_report import StandingReport
from headrace.run.material import hash_state, read_asked, read_material
from headrace.run.tools import Night
from headrace.settings import read_settings
from headrace.store.lake import Lake
from headrace.store.releases import Releases
from headrace.store.report_history import ReportHistory


def find_report(name: str) -> StandingReport:
    """The report of that name.

    Raises:
        SettingsError: there is none.
    """
    for report in REPORTS:
        if report.name == name:
            return report
    raise SettingsError(f"there is no report {name!r}; expected one of {', '.join(each.name for each in REPORTS)}")


def make_report(
    lake: Lake, name: str, today: date, dataset: str | None = None, organisation: str | None = None
) -> pl.DataFrame:
    """The rows of a report on the live release, or those about a dataset and an organisation.

    Raises:
        SettingsError: there is no such report.
        ReleaseError: nothing is live.
    """
    report = find_report(name)
    return choose_rows(report.rows(read_material(lake, today, read_patience())), dataset, organisation)


def choose_rows(rows: pl.DataFrame, dataset: str | None, organisation: str | None) -> pl.DataFrame:
    """The rows that are about a dataset and an organisation, alone or with others; None does not matter."""
    for column, wanted in (("dataset", dataset), ("organisation", organisation)):
        if wanted is not None:
            rows = rows.filter(pl.col(column).str.split(";").list.contains(wanted))
    return rows


def read_patience() -> Patience:
    """How long failing is borne, as the settings say."""
    settings = read_settings()
    return Patience(tell_days=settings.tell_days, retire_days=settings.retire_days)


def measure_rows(report: StandingReport, rows: pl.DataFrame) -> dict[str, float]:
    """Each measure of a report over some of its rows; 0 where there is nothing to measure."""
    counted = rows.select(each.count.alias(each.name) for each in report.measures).row(0, named=True)
    return {name: value or 0 for name, value in counted.items()}


def read_numbers(lake: Lake, report: StandingReport, on: str) -> tuple[str, pl.DataFrame]:
    """The numbers of a report as they were kept on a day (ISO), or on the last night before it, and that night.

    Raises:
        ReleaseError: none were kept until then.
    """
    history = ReportHistory(lake)
    nights = history.nights()
    before = [night for night in nights if night <= on]
    if not before:
        first = f"; the first night with numbers is {nights[0]}" if nights else ""
        raise ReleaseError(f"no numbers of reports were kept on {on} or before{first}")
    return before[-1], history.read(on).filter(pl.col("report") == report.name)


def record_numbers(night: Night) -> None:
    """Keep the numbers of every report as they are at the end of a night; without a release there are none.

    Where all that they are made of is as it was, and no day has come on which time alone makes a difference, they are
    not made again.
    """
    release = Releases(night.lake).live()
    if release is None:
        return
    today, patience, history = date.fromisoformat(night.date), read_patience(), ReportHistory(night.lake)
    asked = read_asked(night.lake)
    made_of = hash_state(night.lake, release, asked, today, patience)
    if history.repeat(night.date, made_of):
        return
    try:
        material = read_material(night.lake, today, patience, release, asked)
    except ReleaseError:
        return  # a dataset that the night is not about is live as it was before it was known who publishes what
    numbers = pl.concat([count_numbers(report, report.rows(material)) for report in REPORTS])
    expiry = find_expiry(material)
    history.record(night.date, numbers, made_of, expiry.isoformat() if expiry else None)
