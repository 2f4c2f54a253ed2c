"""The rule that applied where a phase changed a value."""

import csv

import pytest

from configured import configure, rules, table
from headrace.report.trace import TracedPhase
from headrace.run.trace import trace_entry_of_file
from headrace.spec.rules import Rules

COUNCIL = "local-authority:ALD"
TRANSFORMS = (
    ("Deliverable", "deliverable"),
    ("OrganisationURI", "organisation"),
    ("SiteReference", "reference"),
    ("OwnershipStatus", "ownership-status"),
    ("FirstAddedDate", "start-date"),
    ("LastUpdatedDate", "entry-date"),
    ("Hectares", "hectares"),
)
ROW = {
    "Site Ref": "ALD/1",
    "LASTUPDATEDDATE": "",
    "FirstAddedDate": "01/02/2020",
    "OwnershipStatus": "Mixed ownership",
    "Deliverable": "ja",
    "Hectares": "about 2",
    "Notes": "n/a",
    "Ward": "North",
    "Part2": "no",
    "GeoX": "400000",
    "GeoY": "300000",
}


def configured() -> Rules:
    """Rules of every kind."""
    configuration = configure(
        column=table(
            "column",
            {"column": "Site Ref", "field": "SiteReference", "endpoint": "e"},
            {"column": "Part2", "field": "IGNORE"},
        ),
        patch=table("patch", {"field": "Deliverable", "pattern": "^ja?$", "value": "yes"}),
        default=table("default", {"field": "LastUpdatedDate", "default-field": "FirstAddedDate"}),
        default_value=table("default-value", {"field": "site", "value": "S"}),
        transform=table("transform", *({"field": field, "replacement-field": newer} for field, newer in TRANSFORMS)),
        lookup=table(
            "lookup",
            {"prefix": "brownfield-land", "organisation": COUNCIL, "reference": "ALD/1", "entity": "1700001"},
        ),
        old_entity=table("old-entity", {"old-entity": "1700001", "status": "301", "entity": "1700009"}),
        entity_organisation=table(
            "entity-organisation",
            {
                "dataset": "brownfield-land",
                "entity-minimum": "1700001",
                "entity-maximum": "1700009",
                "organisation": COUNCIL,
            },
        ),
    )
    return rules(configuration)


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> dict[str, TracedPhase]:
    """The only entry of a file, by phase."""
    file = tmp_path_factory.mktemp("traced") / "file.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([list(ROW), list(ROW.values())])
    return {phase.phase: phase for phase in trace_entry_of_file(file, configured(), 1)}


@pytest.mark.parametrize(
    ("phase", "field", "because"),
    [
        (
            "map_columns",
            "SiteReference",
            "column 'Site Ref' is configured as SiteReference for this endpoint or resource",
        ),
        ("map_columns", "LastUpdatedDate", "column 'LASTUPDATEDDATE' has the name of the field"),
        ("map_columns", "Hectares", "column 'Hectares' has the name of the field"),
        ("map_columns", "Site Ref", "read as SiteReference"),
        ("map_columns", "Ward", "no field has this name"),
        ("map_columns", "Part2", "left out by column.csv"),
        ("patch", "Deliverable", "pattern '^ja?$' of patch.csv"),
        ("harmonise", "OwnershipStatus", "spelt as on the list of its values"),
        ("harmonise", "FirstAddedDate", "read as datetime"),
        ("harmonise", "Hectares", "not to be used as decimal"),
        ("harmonise", "GeoX", "one place with the other coordinate, in degrees"),
        ("fill_defaults", "LastUpdatedDate", "takes FirstAddedDate, by default.csv"),
        ("fill_defaults", "site", "the constant of default-value.csv"),
        ("fill_defaults", "organisation", "the organisation whose endpoint served the file"),
        ("fill_defaults", "entry-date", "the day on which the file was first seen"),
        ("migrate", "ownership-status", "takes the place of OwnershipStatus"),
        ("migrate", "point", "made of GeoX and GeoY"),
        ("identify", "prefix", "the prefix of the dataset"),
        ("identify", "SiteReference", "the field has ended"),
        ("find_entity", "entity", f"lookup brownfield-land, {COUNCIL}, ALD/1: 1700001, which has become this"),
        ("rank", "priority", "the file comes from the owner of the entity"),
    ],
)
def test_the_rule_is_named(traced: dict[str, TracedPhase], phase: str, field: str, because: str) -> None:
    """What configuration, the specification or the table of entities says, in words."""
    assert because == traced[phase].because.get(field)


def test_only_what_changed_has_a_reason(traced: dict[str, TracedPhase]) -> None:
    """Reading columns is the exception: no field is read without one."""
    assert {"Hectares", "GeoX"} <= set(traced["map_columns"].because)
    for phase in traced.values():
        if phase.phase != "map_columns":
            assert set(phase.because) <= set(phase.changed), phase.phase


def test_a_cell_that_means_nothing_is_told(traced: dict[str, TracedPhase]) -> None:
    """Columns have positions until the header is read."""
    assert {"6": "means nothing"} == traced["normalise"].because
