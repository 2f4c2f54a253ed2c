"""Which changes of the lookup table make a result again."""

import polars as pl

from configured import configure, table
from headrace.spec.answers import ANYTHING, hash_answers

ASKED = {"brownfield-land local-authorityald", "brownfield-land "}


def lookups(*rows: tuple[str, str, str]) -> object:
    return table(
        "lookup",
        *(
            {"prefix": "brownfield-land", "organisation": who, "reference": reference, "entity": entity}
            for who, reference, entity in rows
        ),
    )


ALD = ("local-authority:ALD", "1", "1700001")
BEC = ("local-authority:BEC", "1", "1700002")


def digest(**tables: object) -> str:
    return hash_answers(configure(**tables).numbering).digest("r", ASKED)  # type: ignore[arg-type]


def test_a_row_for_another_organisation_changes_nothing() -> None:
    """Adding a lookup for one council makes only that council's results again."""
    assert digest(lookup=lookups(ALD)) == digest(lookup=lookups(ALD, BEC))


def test_a_row_for_the_organisation_changes_the_answer() -> None:
    """A new reference of the organisation is an answer that was not there."""
    assert digest(lookup=lookups(ALD)) != digest(lookup=lookups(ALD, ("local-authority:ALD", "2", "1700003")))


def test_a_merged_entity_changes_the_answer_only_where_it_was_given() -> None:
    """A redirection counts for those who were told of the entity that it redirects."""
    ours = table("old-entity", {"old-entity": "1700001", "status": "301", "entity": "1700009"})
    others = table("old-entity", {"old-entity": "1700002", "status": "301", "entity": "1700009"})
    plain = digest(lookup=lookups(ALD, BEC))
    assert digest(lookup=lookups(ALD, BEC), old_entity=ours) != plain
    assert digest(lookup=lookups(ALD, BEC), old_entity=others) == plain


def test_an_owner_changes_the_answer_only_where_the_entity_was_given() -> None:
    """Ownership counts for those who were told of an entity in the range."""

    def owned(entity: str) -> object:
        row = {"dataset": "brownfield-land", "entity-minimum": entity, "entity-maximum": entity}
        return table("entity-organisation", row | {"organisation": "local-authority:ALD"})

    plain = digest(lookup=lookups(ALD, BEC))
    assert digest(lookup=lookups(ALD, BEC), entity_organisation=owned("1700001")) != plain
    assert digest(lookup=lookups(ALD, BEC), entity_organisation=owned("1700002")) == plain


def test_a_result_that_asked_for_anything_depends_on_everything() -> None:
    """Entries that name their entity themselves are made again with any change."""
    before = hash_answers(configure(lookup=lookups(ALD)).numbering).digest("r", {ANYTHING})  # type: ignore[arg-type]
    after = hash_answers(configure(lookup=lookups(ALD, BEC)).numbering).digest("r", {ANYTHING})  # type: ignore[arg-type]
    assert before != after


def test_a_row_for_a_resource_counts_for_that_resource() -> None:
    """A lookup that names a resource is an answer to that resource alone."""
    row = {"prefix": "brownfield-land", "reference": "1", "entity": "1700005"}
    answers = hash_answers(configure(lookup=table("lookup", row | {"resource": "r"})).numbering)
    empty = hash_answers(configure(lookup=table("lookup", row | {"resource": "other"})).numbering)
    assert answers.digest("r", set()) != empty.digest("r", set())
    assert answers.digest("s", set()) == empty.digest("s", set())


def test_of_overlapping_owners_the_earlier_row_holds() -> None:
    """Ranges of owners are made disjoint, in the order of the file."""
    rows = [("10", "19", "a"), ("15", "29", "b"), ("12", "13", "c")]
    owners = configure(
        entity_organisation=table(
            "entity-organisation",
            *(
                {"dataset": "brownfield-land", "entity-minimum": low, "entity-maximum": high, "organisation": who}
                for low, high, who in rows
            ),
        )
    ).numbering.owners
    owner_of = {
        number: next((who for low, high, who in owners.iter_rows() if low <= number <= high), None)
        for number in range(8, 32)
    }
    expected = {
        number: next((who for low, high, who in rows if int(low) <= number <= int(high)), None)
        for number in range(8, 32)
    }
    assert expected == owner_of
    assert owners.filter(pl.col("minimum") > pl.col("maximum")).is_empty()
