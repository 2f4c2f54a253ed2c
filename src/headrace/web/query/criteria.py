"""What must hold of an entity, as the condition of a SELECT."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from headrace.web.day_range import DayRange, read_day_range
from headrace.web.parameter_fault import ParameterFault, unknown_value
from headrace.web.parameters import Match, Period, SearchParameters
from headrace.web.problem import unusable
from headrace.web.query.vocabulary import read_vocabulary
from headrace.web.query.words import make_match
from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class Criteria:
    """Conditions on the rows of `entity e`, all of which must hold; equal criteria choose the same entities.

    Attributes:
        clauses: SQL conditions with `?` for values.
        values: the values, in order.
        ranked: whether the table `words` is searched, so that the best match can come first.
    """

    clauses: tuple[str, ...] = ()
    values: tuple[object, ...] = ()
    ranked: bool = False

    @property
    def source(self) -> str:
        """The FROM and WHERE of a SELECT."""
        tables = "words CROSS JOIN entity e ON e.entity = words.rowid" if self.ranked else "entity e"
        return f"FROM {tables}" + (f" WHERE {' AND '.join(self.clauses)}" if self.clauses else "")

    @property
    def order(self) -> str:
        """The order in which entities are answered."""
        return "words.rank, e.entity" if self.ranked else "e.entity"

    def having(self, clause: str, *values: object) -> "Criteria":
        """The same, and one condition more."""
        return replace(self, clauses=(*self.clauses, clause), values=self.values + values)

    def having_any(self, column: str, values: Sequence[object]) -> "Criteria":
        """The same, and the column has one of the values; no values, no condition."""
        if not values:
            return self
        return self.having(f"{column} IN ({', '.join('?' * len(values))})", *values)


def make_criteria(reader: Reader, wanted: SearchParameters, today: date) -> Criteria:
    """The criteria of a search but those of place (headrace.web.query.place).

    Raises:
        ProblemError: a value is not one that the release knows, or parts of a date contradict each other.
    """
    faults = _check_words(reader, wanted)
    criteria = Criteria()
    if wanted.q is not None:
        criteria = replace(criteria.having("words MATCH ?", make_match(wanted.q)), ranked=True)
    criteria = (
        criteria.having_any("e.dataset", wanted.dataset)
        .having_any("e.typology", wanted.typology)
        .having_any("e.prefix", wanted.prefix)
        .having_any("e.reference", wanted.reference)
        .having_any("e.quality", wanted.quality)
        .having_any("e.entity", wanted.entity)
        .having_any("e.organisation_entity", wanted.organisation_entity)
    )
    criteria = _name_curies(criteria, wanted.curie, faults)
    criteria = _name_organisations(criteria, reader, wanted.organisation, faults)
    criteria = _limit_period(criteria, wanted.period, today)
    for column in ("entry_date", "start_date", "end_date"):
        criteria = _limit_days(criteria, wanted, column, faults)
    if faults:
        raise unusable(*faults)
    return criteria


def split_curie(parameter: str, curie: str) -> tuple[str, str] | ParameterFault:
    """`prefix:reference` as its two halves."""
    prefix, colon, reference = curie.partition(":")
    if not colon or not prefix or not reference.strip():
        return ParameterFault(parameter, "must be prefix:reference, for example conservation-area:CA1", curie)
    return prefix, reference


def _check_words(reader: Reader, wanted: SearchParameters) -> list[ParameterFault]:
    known = read_vocabulary(reader)
    faults = [
        unknown_value("dataset", dataset, "dataset", known.datasets)
        for dataset in wanted.dataset
        if dataset not in known.datasets
    ]
    return faults + [
        unknown_value("typology", typology, "typology", known.typologies)
        for typology in wanted.typology
        if typology not in known.typologies
    ]


def _name_curies(criteria: Criteria, curies: Sequence[str], faults: list[ParameterFault]) -> Criteria:
    pairs: list[str] = []
    for curie in curies:
        split = split_curie("curie", curie)
        if isinstance(split, ParameterFault):
            faults.append(split)
        else:
            pairs.extend(split)
    if not pairs:
        return criteria
    return criteria.having(f"(e.prefix, e.reference) IN (VALUES {', '.join(['(?, ?)'] * (len(pairs) // 2))})", *pairs)


def _name_organisations(
    criteria: Criteria, reader: Reader, organisations: Sequence[str], faults: list[ParameterFault]
) -> Criteria:
    if not organisations:
        return criteria
    known = {
        row["organisation"]: row["entity"]
        for row in reader.search.rows("SELECT organisation, entity FROM organisation")
    }
    faults.extend(
        unknown_value("organisation", organisation, "organisation", known)
        for organisation in organisations
        if organisation not in known
    )
    return criteria.having_any("e.organisation_entity", [known.get(organisation) for organisation in organisations])


def _limit_period(criteria: Criteria, period: Sequence[Period], today: date) -> Criteria:
    wanted = set(period)
    if not wanted or Period.ALL in wanted or len(wanted) > 1:
        return criteria
    if Period.CURRENT in wanted:
        return criteria.having("(coalesce(e.end_date, '') = '' OR e.end_date > ?)", today.isoformat())
    return criteria.having("(e.end_date <> '' AND e.end_date <= ?)", today.isoformat())


def _limit_days(criteria: Criteria, wanted: SearchParameters, column: str, faults: list[ParameterFault]) -> Criteria:
    exactly = getattr(wanted, column)
    if exactly is not None:
        criteria = criteria.having(f"e.{column} = ?", exactly)
    parts = tuple(getattr(wanted, f"{column}_{part}") for part in ("year", "month", "day"))
    match: Match | None = getattr(wanted, f"{column}_match")
    if match is Match.EMPTY:
        return criteria.having(f"coalesce(e.{column}, '') = ''")
    if parts == (None, None, None) and match is None:
        return criteria
    days = read_day_range(column, *parts)
    if isinstance(days, ParameterFault):
        faults.append(days)
        return criteria
    return _limit_column(criteria, f"e.{column}", days, match or Match.MATCH)


def _limit_column(criteria: Criteria, column: str, days: DayRange, match: Match) -> Criteria:
    if match is Match.BEFORE:
        return criteria.having(f"({column} <> '' AND {column} < ?)", days.first.isoformat())
    if match is Match.SINCE:
        return criteria.having(f"{column} >= ?", days.first.isoformat())
    return criteria.having(f"{column} BETWEEN ? AND ?", days.first.isoformat(), days.last.isoformat())
