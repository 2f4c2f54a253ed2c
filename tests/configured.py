"""Tables of configuration, made for tests."""

from datetime import date

import polars as pl

from headrace.spec.configuration import PIPELINE_TABLES, Configuration, build_configuration
from headrace.spec.numbering import build_numbering
from headrace.spec.organisations import Organisations, build_organisations
from headrace.spec.rules import Provenance, Rules, resolve
from headrace.spec.specification import Specification
from headrace.spec.table import LINE, Table, empty_table
from headrace.store.builtin import builtin_datasets
from headrace.store.configuration_files import read_specification

TODAY = date(2026, 11, 24)


def table(name: str, *rows: dict[str, str]) -> Table:
    """A table of these rows; the columns that they do not name are blank."""
    frame = pl.DataFrame([dict.fromkeys(PIPELINE_TABLES[name]) | row for row in rows], infer_schema_length=None)
    lines = pl.Series(LINE, range(2, 2 + len(rows)), pl.UInt32)
    return Table(f"pipeline/x/{name}.csv", frame.cast(pl.String).insert_column(0, lines))


def configure(**tables: Table) -> Configuration:
    """The configuration of brownfield land with these tables, keyed by name with `_` for `-`."""
    given = {name.replace("_", "-"): each for name, each in tables.items()}
    whole = {name: given.get(name, empty_table(name, columns)) for name, columns in PIPELINE_TABLES.items()}
    return build_configuration("brownfield-land", whole, build_numbering(whole))


def specified() -> Specification:
    """The built-in specification."""
    return read_specification(builtin_datasets() / "specification")


def organisations() -> Organisations:
    """Two councils."""
    frame = pl.DataFrame(
        {
            LINE: [2, 3],
            "organisation": ["local-authority:ALD", "local-authority:BEC"],
            "name": ["Aldermere", "Beckwater"],
            "entity": ["1", "2"],
            "opendatacommunities-uri": ["http://opendatacommunities.org/id/district-council/aldermere", None],
            "statistical-geography": ["E07999901", "E07999902"],
        }
    )
    return build_organisations(Table("organisation.csv", frame))


def rules(configuration: Configuration, **provenance: object) -> Rules:
    """The rules of resource `r`, served by endpoint `e` of Aldermere unless said otherwise."""
    origin = {
        "resource": "r",
        "endpoints": ("e",),
        "organisations": ("local-authority:ALD",),
        "entry_date": "2026-11-01",
    }
    return resolve(specified(), configuration, organisations(), Provenance(**(origin | provenance)), TODAY)  # type: ignore[arg-type]
