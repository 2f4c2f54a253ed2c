"""Which rows of configuration apply to a resource, and which of them hold."""

import pytest

from configured import configure, rules, specified, table
from headrace.model.error import ConfigurationError


def test_a_resource_outranks_its_endpoint_and_both_outrank_the_general() -> None:
    """A column is read as the field that the narrowest row gives it."""
    columns = table(
        "column",
        {"column": "Ref", "field": "Notes"},
        {"column": "Ref", "field": "SiteReference", "endpoint": "e"},
        {"column": "ref", "field": "SiteNameAddress", "resource": "r"},
        {"column": "Ref", "field": "Hectares", "endpoint": "another"},
    )
    assert rules(configure(column=columns)).columns == {"ref": "SiteNameAddress"}


def test_a_general_column_gives_way_where_its_field_is_spoken_for() -> None:
    """A general row is left out when a row of the endpoint names the same field."""
    columns = table(
        "column",
        {"column": "Easting", "field": "GeoX"},
        {"column": "X", "field": "GeoX", "endpoint": "e"},
    )
    assert rules(configure(column=columns)).columns == {"x": "GeoX"}


def test_of_two_general_rows_for_one_column_the_later_holds() -> None:
    """Column names are compared in normal form, so `reference` and `REFERENCE` are one."""
    columns = table(
        "column", {"column": "reference", "field": "IGNORE"}, {"column": "REFERENCE", "field": "SiteReference"}
    )
    assert rules(configure(column=columns)).columns == {"reference": "SiteReference"}


def test_rules_of_one_resource_do_not_leak_into_another() -> None:
    """What is said of resource `r` is not in the rules of resource `s`, in whichever order they are resolved."""
    configuration = configure(
        default=table("default", {"field": "Notes", "default-field": "SiteReference", "resource": "r"})
    )
    assert rules(configuration).defaults == {"Notes": "SiteReference"}
    assert rules(configuration, resource="s").defaults == {}


def test_the_key_changes_only_with_rules_that_apply() -> None:
    """A row for another resource leaves the key as it is; a row for this one changes it."""
    plain = rules(configure()).key
    elsewhere = configure(skip=table("skip", {"pattern": "^x", "resource": "s"}))
    here = configure(skip=table("skip", {"pattern": "^x", "resource": "r"}))
    assert rules(elsewhere).key == plain
    assert rules(here).key != plain


def test_two_older_fields_for_one_field_are_refused_with_their_line() -> None:
    """`transform.csv` can name one older field for each replacement."""
    configuration = configure(
        transform=table(
            "transform",
            {"field": "SiteReference", "replacement-field": "name"},
            {"field": "SiteNameAddress", "replacement-field": "name"},
        )
    )
    with pytest.raises(ConfigurationError, match=r"pipeline/x/transform\.csv:3: 'name' is already the replacement"):
        rules(configuration)


def test_a_pattern_that_is_no_regular_expression_is_refused_with_its_line() -> None:
    """The message says which file and line, what is there, and what was expected."""
    configuration = configure(patch=table("patch", {"field": "Notes", "pattern": "(", "value": "x"}))
    with pytest.raises(ConfigurationError, match=r"patch\.csv:2: the pattern '\(' cannot be read.*expected a regular"):
        rules(configuration)


def test_an_unknown_dataset_is_refused() -> None:
    """A dataset that the specification does not have cannot be configured."""
    with pytest.raises(ConfigurationError, match="no dataset 'nothing'"):
        specified().dataset("nothing")


def test_what_is_chosen_for_a_conversion_is_narrowed_like_other_rules() -> None:
    """The row of the resource holds before that of its endpoint, and the choice is part of the key."""
    chosen = table(
        "convert",
        {"about": "sheet", "choice": "Sheet1"},
        {"about": "sheet", "choice": "Sheet3", "resource": "r"},
        {"about": "sheet", "choice": "Sheet2", "endpoint": "e"},
        {"about": "encoding", "choice": "cp1252", "endpoint": "e"},
        {"about": "header", "choice": "3", "resource": "s"},
    )
    configuration = configure(convert=chosen)
    assert rules(configuration).choices == {"sheet": "Sheet3", "encoding": "cp1252"}
    assert rules(configuration).key != rules(configure()).key


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            {"about": "encodng", "choice": "cp1252"},
            r"convert.csv:2: about is 'encodng'; expected one of axis-order, crs",
        ),
        ({"about": "sheet"}, r"convert.csv:2: choice is blank; expected what is chosen about the sheet"),
    ],
    ids=["a word that is not known", "no choice"],
)
def test_a_choice_that_could_have_no_effect_is_refused_with_its_line(row: dict[str, str], problem: str) -> None:
    """A slip in a word must not be passed over in silence."""
    with pytest.raises(ConfigurationError, match=problem):
        rules(configure(convert=table("convert", row)))
