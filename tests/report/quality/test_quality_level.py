"""Quality levels."""

from headrace.report.quality.quality_level import REPORT

TYPES = [
    {"issue_type": "invalid WKT", "quality_criteria": "geometry errors", "quality_criteria_level": 2},
    {"issue_type": "invalid date", "quality_criteria": "any other validity error", "quality_criteria_level": 3},
    {"issue_type": "patch"},
]


def entity(number, organisation, quality="authoritative", entry_date="2026-11-01"):
    """An entity of the dataset `area`."""
    said = {"dataset": "area", "entity": number, "organisation_entity": organisation}
    return {**said, "quality": quality, "entry_date": entry_date}


def issue(kind, organisation, count=1):
    """Issues of a kind in a file of an organisation."""
    return {"dataset": "area", "resource": "r", "organisation": organisation, "issue_type": kind, "count": count}


def levels(material):
    """Level by organisation."""
    return dict(REPORT.rows(material).select("organisation", "level").iter_rows())


def test_the_worst_criterion_decides_the_rung(make):
    """A criterion of level 2 leaves some, of level 3 usable, none trustworthy; three more from the authority."""
    entities = [entity(1, 1), entity(2, 2), entity(3, 3)]
    issues = [issue("invalid WKT", "A"), issue("invalid date", "A", 9), issue("invalid date", "B"), issue("patch", "C")]
    assert levels(make(entities=entities, issues=issues, issue_types=TYPES)) == {"A": 4, "B": 5, "C": 6}


def test_data_from_others_is_three_levels_lower(make):
    """One authoritative entity is enough."""
    entities = [entity(1, 1, "some"), entity(2, 2, "some"), entity(3, 2)]
    assert levels(make(entities=entities)) == {"A": 3, "B": 6}


def test_where_nothing_is_there_is_no_level(make):
    """What is expected and has no entity is level 0."""
    assert levels(make(provisions=[{"organisation": "A", "dataset": "area"}])) == {"A": 0}


def test_old_data_of_a_single_source_is_usable_at_best(make):
    """Data of several organisations may be older."""
    assert levels(make(entities=[entity(1, 1, "some", "2025-11-23")])) == {"A": 2}
    assert levels(make(entities=[entity(1, 1, "some", "2025-11-24")])) == {"A": 3}
    assert levels(make(entities=[entity(1, 1, "some", "2020-01-01"), entity(2, 2, "some")])) == {"A": 3, "B": 3}


def test_a_file_of_two_organisations_counts_against_both(make):
    """Nobody knows whose row it is."""
    entities = [entity(1, 1), entity(2, 2), entity(3, 3)]
    assert levels(make(entities=entities, issues=[issue("invalid WKT", "A;B")], issue_types=TYPES)) == {
        "A": 4,
        "B": 4,
        "C": 6,
    }


def test_an_organisation_is_ready_where_all_geographies_of_a_project_are(make):
    """Documents do not matter; a geography without data does."""
    datasets = [
        {"dataset": "area", "typology": "geography"},
        {"dataset": "tree", "typology": "geography"},
        {"dataset": "paper", "typology": "document"},
    ]
    asked = [
        {"organisation": organisation, "dataset": dataset, "project": "open-digital-planning"}
        for organisation, dataset in (("A", "area"), ("A", "paper"), ("B", "area"), ("B", "tree"))
    ]
    rows = REPORT.rows(make(datasets=datasets, provisions=asked, entities=[entity(1, 1), entity(2, 2)]))
    assert dict(rows.select("organisation", "ready").iter_rows()) == {"A": True, "B": False}


def test_what_can_be_mended_comes_before_what_is_not_there(make):
    """The lowest level of what is there first, and the most entities within it."""
    expected = [{"organisation": "A", "dataset": "area"}]
    entities = [entity(2, 2, "some"), entity(3, 3), entity(4, 3)]
    rows = REPORT.rows(make(provisions=expected, entities=entities))
    assert rows.select("organisation", "level").rows() == [("B", 3), ("C", 6), ("A", 0)]
