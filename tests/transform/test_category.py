"""Fields whose values are on a list, read in a resource."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from configured import TODAY, configure, organisations, rules, table
from headrace.model.batch import Batch
from headrace.model.error import ConfigurationError
from headrace.spec.rules import Provenance, Rules, resolve
from headrace.store.builtin import builtin_datasets
from headrace.store.configuration_files import read_specification
from headrace.transform.harmonise import harmonise

REPLACED = table("transform", {"field": "OwnershipStatus", "replacement-field": "ownership-status"})


def batch(**fields: list[str | None]) -> Batch:
    size = len(next(iter(fields.values())))
    numbers = {"line": range(2, 2 + size), "entry": range(1, 1 + size)}
    return Batch(pl.DataFrame(numbers | fields, schema_overrides={"line": pl.UInt32, "entry": pl.UInt32}))


def copied_specification(folder: Path) -> Path:
    return shutil.copytree(builtin_datasets() / "specification", folder / "specification")


def rules_by(folder: Path) -> Rules:
    provenance = Provenance("r", ("e",), ("local-authority:ALD",), "2026-11-01")
    return resolve(read_specification(folder), configure(transform=REPLACED), organisations(), provenance, TODAY)


def test_the_field_and_the_older_field_that_it_replaces_have_the_same_list() -> None:
    """Each is spelt as on the list; what is not on it is kept, and is an issue at its row."""
    given: list[str | None] = ["Mixed ownership", None, "the council's"]
    after = harmonise(
        batch(**{"OwnershipStatus": given, "ownership-status": given}), rules(configure(transform=REPLACED))
    )
    expected = ["mixed-ownership", None, "the council's"]
    assert expected == after.entries["OwnershipStatus"].to_list() == after.entries["ownership-status"].to_list()
    wrong = after.issues.filter(pl.col("type") == "invalid category value").select("line", "entry", "field", "value")
    assert wrong.rows() == [
        (4, 3, "OwnershipStatus", "the council's"),
        (4, 3, "ownership-status", "the council's"),
    ]


def test_a_category_without_a_list_is_not_checked(tmp_path: Path) -> None:
    """A specification needs no folder of lists."""
    folder = copied_specification(tmp_path)
    shutil.rmtree(folder / "category")
    after = harmonise(batch(OwnershipStatus=["the council's"]), rules_by(folder))
    assert after.issues.is_empty()
    assert rules_by(folder).categories == {}


def test_only_lists_of_the_fields_of_a_dataset_are_part_of_its_key(tmp_path: Path) -> None:
    """A list that no field of the dataset uses changes nothing; a value more on one that it uses, the key."""
    folder = copied_specification(tmp_path)
    before = rules_by(folder).key
    (folder / "category" / "tree-kind.csv").write_text("reference\noak\n", encoding="utf-8")
    assert before == rules_by(folder).key
    with (folder / "category" / "ownership-status.csv").open("a", encoding="utf-8") as file:
        file.write("no-ownership,No ownership,Nobody owns the site\n")
    assert before != rules_by(folder).key


def test_a_list_without_references_is_refused(tmp_path: Path) -> None:
    """The message says which file lacks which column."""
    folder = copied_specification(tmp_path)
    (folder / "category" / "site-category.csv").write_text("name\nfield\n", encoding="utf-8")
    with pytest.raises(
        ConfigurationError, match=r"specification/category/site-category\.csv:1: the header has no 'ref"
    ):
        read_specification(folder)
