"""The report on endpoints and errors: how the endpoints of a lake did, month by month."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import polars as pl

from headrace.collect.schedule import Action, History, Patience, next_action
from headrace.flow.endpoint_month import (
    LISTED,
    MEANING,
    STATES,
    Shown,
    column_of,
    endpoint_months,
    missed_nights,
    month_totals,
)
from headrace.flow.failing import endpoint_nights, failure_percentiles, failures, failures_going_on
from headrace.flow.owner import owners
from headrace.flow.stream import Passages
from headrace.model.error import SettingsError
from headrace.settings import read_settings
from headrace.store.attempt_log import AttemptLog
from headrace.store.lake import Lake
from headrace.store.replacement_record import Look, ReplacementRecord

STATE_LABELS: Final = {column_of(state): MEANING[state] for state in STATES}
"""Column of the totals and label of each state of an endpoint: the good one first, the longest failing last."""

ASKED_AT: Final = (1, 7, 30, 365)
"""Days after which the report says what share of failures goes on."""

_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class EndpointErrors:
    """What the collection log says of endpoints and errors, in some months of it.

    Attributes:
        totals: one row a month, as `headrace.flow.endpoint_month.month_totals`.
        months: one row a month and endpoint, as `headrace.flow.endpoint_month.endpoint_months`, with its `url`.
        failures: the spells of failure that began in these months, as `headrace.flow.failing.failures`.
        missed: the nights without a run.
        nights: one row a night and endpoint of the whole log, as `headrace.flow.failing.endpoint_nights`.
        last_on: the last night of the whole log.
    """

    totals: pl.DataFrame
    months: pl.DataFrame
    failures: pl.DataFrame
    missed: tuple[date, ...]
    nights: pl.DataFrame
    last_on: date | None

    @property
    def first(self) -> str | None:
        """The first month, such as `2020-06`; None where there is none."""
        return self.totals.item(0, "month") if self.totals.height else None

    @property
    def last(self) -> str | None:
        """The last month, such as `2020-06`; None where there is none."""
        return self.totals.item(-1, "month") if self.totals.height else None

    def between(self, first: str | None, last: str | None) -> "EndpointErrors":
        """The same of the months from one to another, each included; None leaves that end as it is.

        Raises:
            SettingsError: what was given is no month, or the first is after the last.
        """
        for month in (first, last):
            if month is not None and not _MONTH.fullmatch(month):
                raise SettingsError(f"month: got {month!r}; expected a year and a month such as 2020-06")
        if first is not None and last is not None and first > last:
            raise SettingsError(f"months: got {first} to {last}; expected the earlier one first")
        low, high = first or "", last or "9999-12"
        within = pl.col("month").is_between(pl.lit(low), pl.lit(high))
        return replace(
            self,
            totals=self.totals.filter(within),
            months=self.months.filter(within),
            failures=self.failures.filter(pl.col("since").dt.strftime("%Y-%m").is_between(pl.lit(low), pl.lit(high))),
            missed=tuple(each for each in self.missed if low <= f"{each:%Y-%m}" <= high),
        )

    def lasting(self) -> dict[str, object]:
        """How long failures last: their number, those that go on, percentiles in days, and shares that go on."""
        curve = failures_going_on(self.failures)
        going_on = [
            {"days": days, **{name: _at(curve, name, days) for name in ("with_open", "closed")}} for days in ASKED_AT
        ]
        return {
            "failures": self.failures.height,
            "open": self.failures["ended_on"].null_count(),
            **failure_percentiles(self.failures),
            "going_on": going_on,
        }

    def curve(self) -> pl.DataFrame:
        """The share of failures that goes on after so many days, for every number of days at which it changes."""
        return failures_going_on(self.failures)


def read_endpoint_errors(lake: Lake) -> EndpointErrors:
    """The report on the whole collection log of a lake."""
    attempts = AttemptLog(lake, "", "reader").read_outcomes()
    nights = endpoint_nights(attempts)
    months = endpoint_months(nights)
    addresses = attempts.drop_nulls("url").unique("endpoint", keep="last").select("endpoint", "url")
    totals = month_totals(months, nights)
    last_on = nights["night"].max()
    return EndpointErrors(
        totals=totals,
        months=months.join(addresses, on="endpoint", how="left", maintain_order="left").cast({"endpoint": pl.String}),
        failures=failures(nights).cast({"endpoint": pl.String}),
        missed=tuple(missed_nights(nights)),
        nights=nights,
        last_on=last_on if isinstance(last_on, date) else None,
    )


@dataclass(frozen=True, slots=True)
class ListedMonth:
    """One endpoint in one month.

    Attributes:
        endpoint, url: which; the URL is None where the log does not say it.
        dataset, organisation: whom it serves, where the event record says.
        attempts, failed, unusable: of the month, and how many of them failed, or were answered with no data.
        failing_since: the first night of the failure that went on at the end of the month; None where it did not fail.
        failing_days: from then to the last night of the month on which it was asked.
        last_on: that night.
        reason: why the last attempt of the month that failed did.
        spells_started, spells_ended: failures that began and ended in the month.
        added, lost: whether it was asked for the first time, or for the last.
        action: what was to be done about it at the end of the month, by the rules of the schedule.
        replacement: what its documentation page links to instead, where that was looked for since it began to fail.
    """

    endpoint: str
    url: str | None
    dataset: str | None
    organisation: str | None
    attempts: int
    failed: int
    unusable: int
    failing_since: date | None
    failing_days: int | None
    last_on: date
    reason: str | None
    spells_started: int
    spells_ended: int
    added: bool
    lost: bool
    action: Action
    replacement: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of endpoints beside the log.

    Attributes:
        patience: how long failing is borne.
        looks: by endpoint, what its documentation page linked to when it was last looked at.
        owners: by endpoint, its dataset and its organisation.
    """

    patience: Patience
    looks: Mapping[str, Look]
    owners: Mapping[str, tuple[str | None, str | None]]


def read_known(lake: Lake, passed: Passages | None) -> Known:
    """What is known of endpoints: by the settings, the looks for replacements, and the event record where it is given.

    Raises:
        SettingsError: an environment variable has a value that cannot be used.
    """
    settings = read_settings()
    return Known(
        patience=Patience(tell_days=settings.tell_days, retire_days=settings.retire_days),
        looks=ReplacementRecord(lake, "reader").latest(),
        owners={} if passed is None else owners(passed.visits, "endpoint"),
    )


def list_month(errors: EndpointErrors, month: str, shown: Shown, known: Known) -> list[ListedMonth]:
    """The endpoints behind a number of a month: those that fail first, the longest failing before the others."""
    rows = (
        errors.months.filter((pl.col("month") == month) & LISTED[shown])
        .sort(pl.col("failing_days").fill_null(-1), pl.col("failed"), "url", descending=[True, True, False])
        .drop("month", "nights", "rows", "answers")
    )
    nobody = (None, None)
    return [
        ListedMonth(
            **row,
            dataset=known.owners.get(row["endpoint"], nobody)[0],
            organisation=known.owners.get(row["endpoint"], nobody)[1],
            action=_action(row["failing_since"], row["last_on"], known.patience),
            replacement=_replacement(row["failing_since"], known.looks.get(row["endpoint"])),
        )
        for row in rows.iter_rows(named=True)
    ]


def silent_nights(errors: EndpointErrors, today: date) -> int:
    """How many nights before today's have gone by since the last of the log."""
    return max((today - timedelta(days=1) - errors.last_on).days, 0) if errors.last_on else 0


def _action(failing_since: date | None, last_on: date, patience: Patience) -> Action:
    return next_action(History(first_on=last_on, last_on=last_on, failing_since=failing_since), last_on, patience)


def _replacement(failing_since: date | None, look: Look | None) -> str | None:
    is_current = look is not None and failing_since is not None and look.looked_on >= failing_since
    return look.replacement if look and is_current else None


def _at(curve: pl.DataFrame, name: str, days: int) -> float | None:
    """The share that goes on after so many days: that of the last age before, or at, it."""
    known = curve.filter(pl.col("days") <= days)[name].drop_nulls()
    return float(known[-1]) if len(known) else None
