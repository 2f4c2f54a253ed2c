"""The phases, in the order in which they are applied, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from headrace.model.batch import Batch
from headrace.model.cells import Cells
from headrace.spec.rules import Rules
from headrace.transform.column_map import map_columns
from headrace.transform.concat import concat
from headrace.transform.default import fill_defaults
from headrace.transform.entity import find_entity
from headrace.transform.fact import combine, find_duplicates, name_facts, pivot
from headrace.transform.fact_reference import find_references
from headrace.transform.filter import filter_columns, filter_fields
from headrace.transform.harmonise import harmonise
from headrace.transform.header import read_header
from headrace.transform.migrate import migrate
from headrace.transform.normalise import normalise
from headrace.transform.organisation import find_organisation
from headrace.transform.patch import patch
from headrace.transform.priority import rank
from headrace.transform.reference import identify

Phase = Callable[[Batch, Rules], Batch]

PHASES: Final[tuple[Phase, ...]] = (
    normalise,
    read_header,
    concat,
    filter_columns,
    map_columns,
    filter_fields,
    patch,
    harmonise,
    fill_defaults,
    migrate,
    find_organisation,
    identify,
    find_entity,
    rank,
    pivot,
    combine,
    name_facts,
    find_references,
    find_duplicates,
)


def transform(cells: Cells, rules: Rules, phases: tuple[Phase, ...] = PHASES) -> Batch:
    """The facts of a resource, with its issues (whose entity is known by their entry) and its refused records."""
    batch = begin(cells)
    for phase in phases:
        batch = phase(batch, rules)
    issues = batch.issues.sort("entry", maintain_order=True)
    return replace(batch, issues=issues, refused=batch.refused.sort("line", maintain_order=True))


def begin(cells: Cells) -> Batch:
    """The batch before any phase."""
    last = cells.frame["line"].max()
    records = last if isinstance(last, int) else 0
    return Batch(entries=cells.frame, records=records, from_workbook=cells.from_workbook)
