"""Expectations as they are configured."""

from pathlib import Path

import pytest

from configured import table
from headrace.model.error import ConfigurationError
from headrace.spec.expectation import build_expectation_rules, expand
from headrace.store.csv_table import read_table

ORGANISATIONS = {
    "local-authority:ALD": {"entity": "1", "name": 'Alder"mere', "local-planning-authority": "E1"},
    "local-authority:BEC": {"entity": "2", "name": "Beckwater", "local-planning-authority": None},
    "park:VNM": {"entity": "3", "name": "Venn Moor", "local-planning-authority": "E3"},
}
ROW = {"datasets": "tree", "organisations": "", "operation": "count_rows", "parameters": '{"expected":0}'}
SLOTS = '{"lpa":"{{ organisation.local_planning_authority }}","organisation_entity":{{organisation.entity}}}'


def test_a_rule_is_for_the_datasets_that_it_names() -> None:
    """Several are separated by semicolons; none means every one."""
    rules = table("expect", ROW | {"datasets": "tree; hedge"}, ROW | {"datasets": ""}, ROW | {"datasets": "pond"})
    assert 2 == len(build_expectation_rules(rules, "hedge"))


def test_a_rule_is_for_each_organisation_or_each_of_a_kind() -> None:
    """Without one it is for the dataset as a whole."""
    rules = build_expectation_rules(table("expect", ROW, ROW | {"organisations": "park:VNM;local-authority"}), "tree")
    assert ["", "park:VNM", "local-authority:ALD", "local-authority:BEC"] == [
        each.organisation for each in expand(rules, ORGANISATIONS)
    ]


def test_places_are_filled_with_what_is_known_of_the_organisation() -> None:
    """Numbers stay numbers; what is not known is said, and the others are not touched by it."""
    rules = build_expectation_rules(
        table("expect", ROW | {"organisations": "local-authority", "parameters": SLOTS}), "tree"
    )
    first, second = expand(rules, ORGANISATIONS)
    assert {"lpa": "E1", "organisation_entity": 1} == first.parameters
    assert second.parameters is None
    assert "the local-planning-authority of local-authority:BEC is not known" == second.unfilled


def test_a_name_with_quotes_stays_json() -> None:
    """What is filled in cannot end the text that it is filled into."""
    parameters = '{"field":"{{ organisation.name }}"}'
    rules = build_expectation_rules(
        table("expect", ROW | {"organisations": "local-authority:ALD", "parameters": parameters}), "tree"
    )
    assert {"field": 'Alder"mere'} == expand(rules, ORGANISATIONS)[0].parameters


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"parameters": "{"}, "the parameters are '{'; expected a JSON object"),
        ({"parameters": "[1]"}, "the parameters are '[1]'; expected a JSON object"),
        ({"parameters": '{"a":{{ 6 * 7 }}}'}, "have a place that cannot be filled"),
        ({"parameters": '{"a":"{% for x in y %}"}'}, "have a place that cannot be filled"),
        ({"parameters": '{"a":"{{ organisation.__class__.__mro__ }}"}'}, "have a place that cannot be filled"),
    ],
)
def test_what_cannot_be_filled_is_an_error_with_its_line(cells: dict[str, str], problem: str) -> None:
    """Nothing in configuration is executed: other places than names of the organisation's columns are refused."""
    with pytest.raises(ConfigurationError) as raised:
        build_expectation_rules(table("expect", ROW | cells), "tree")
    assert str(raised.value).startswith("pipeline/x/expect.csv:2: ")
    assert problem in str(raised.value)


def test_the_real_configuration_is_read(shared: Path) -> None:
    """Every rule of the real configuration becomes expectations with parameters, or says what is not known."""
    folder = shared / "digital-land"
    known = read_table(folder / "organisation.csv", "organisation.csv").frame
    organisations = {row["organisation"]: row for row in known.iter_rows(named=True) if row["organisation"]}
    counted = 0
    for path in sorted((folder / "pipeline").glob("*/expect.csv")):
        rules = read_table(path, path.parent.name)
        datasets = rules.frame["datasets"].str.split(";").explode().drop_nulls().unique()
        for dataset in datasets:
            for each in expand(build_expectation_rules(rules, str(dataset)), organisations):
                assert (each.parameters is None) == bool(each.unfilled)
                counted += 1
    assert counted > 3000
