"""Numbers for new references, and the guard rails that hold some of them for a person."""

import polars as pl

from configured import configure, specified, table
from headrace.assemble.assignment import Assignments, assign
from headrace.model.dataset_tables import DATASET_TABLES
from headrace.model.issue import UNKNOWN_SCHEMA

DATASET = specified().dataset("brownfield-land")
ALD = "local-authority:ALD"
LOOKUPS = configure(
    lookup=table(
        "lookup",
        {"prefix": "brownfield-land", "organisation": ALD, "reference": "OLD", "entity": "1700041"},
        {"prefix": "brownfield-land", "organisation": "local-authority:BEC", "reference": "B7", "entity": "1700040"},
        {"prefix": "brownfield-site", "organisation": ALD, "reference": "S1", "entity": "1800001"},
    )
).numbering.lookups.general


def assigned(
    *references: tuple[str, str | None], entries: int = 100, trusting: bool = False, uri: str = ""
) -> Assignments:
    """What becomes of references, each with its organisation, in resource `r` that has so many entries."""
    unknown = pl.DataFrame(
        [
            (number + 2, number + 1, "brownfield-land", who, name, f"like {name}", "r")
            for number, (name, who) in enumerate(references)
        ],
        schema=[*UNKNOWN_SCHEMA.items(), ("resource", pl.String())],
        orient="row",
    )
    issues = pl.DataFrame({"issue_type": ["invalid URI"], "resource": [uri]}) if uri else None
    return assign(
        unknown,
        pl.DataFrame({"resource": ["r"], "entry_count": [entries]}),
        LOOKUPS,
        issues if issues is not None else pl.DataFrame(schema=DATASET_TABLES["issue"]),
        pl.DataFrame({"likeness": ["like MOVED"], "entity": [1700041]}),
        DATASET,
        trusting=trusting,
    )


def test_new_references_get_the_numbers_after_the_highest_in_use() -> None:
    """In order of organisation and reference, so that the same references get the same numbers."""
    result = assigned(("N2", ALD), ("N1", ALD))
    assert [("N1", 1700042), ("N2", 1700043)] == result.assigned.select("reference", "entity").rows()
    assert result.held.is_empty()


def reason(result: Assignments) -> str:
    assert result.assigned.is_empty()
    return str(result.held["reason"][0])


def test_a_reference_without_organisation_is_held() -> None:
    """Nobody can say whose it is."""
    assert "no organisation" in reason(assigned(("N1", None)))


def test_a_reference_that_is_twice_in_a_resource_is_held() -> None:
    """Two entries would become one entity."""
    assert "more than once" in reason(assigned(("N1", ALD), ("N1", ALD)))


def test_a_reference_that_the_organisation_has_under_another_prefix_is_held() -> None:
    """The entry may belong to the other dataset, whatever the case and the spaces of the reference."""
    assert "has this reference as a brownfield-site" in reason(assigned(("s 1", ALD)))


def test_a_reference_that_another_organisation_has_is_its_own() -> None:
    """Councils number from one, each for itself."""
    assert ["B7"] == assigned(("B7", ALD)).assigned["reference"].to_list()


def test_an_entry_that_says_what_an_entity_says_is_held() -> None:
    """Only the reference differs: it may have been changed."""
    assert "entity 1700041 says the same" in reason(assigned(("MOVED", ALD)))


def test_a_resource_with_an_invalid_uri_is_held() -> None:
    """Its columns may be mixed up."""
    assert "invalid URI" in reason(assigned(("N1", ALD), uri="r"))


def test_too_many_new_references_at_once_are_held_unless_trusted() -> None:
    """More than a tenth of a resource looks like a change of every reference; a first resource can be trusted."""
    references = [(f"N{number}", ALD) for number in range(12)]
    assert "12 of 92 entries are new" in reason(assigned(*references, entries=80))
    assert 12 == assigned(*references, entries=80, trusting=True).assigned.height
