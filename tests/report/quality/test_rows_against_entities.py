"""Resource rows against platform entities."""

from headrace.report.quality.rows_against_entities import REPORT


def file(resource, organisation, entries, refused=0, **more):
    """A resource that is published."""
    said = {"dataset": "area", "resource": resource, "organisation": organisation}
    return {**said, "entry_count": entries, "refused": refused, **more}


def entities(organisation, count):
    """Some entities of an organisation, by its number."""
    return [
        {"dataset": "area", "entity": 100 * organisation + number, "organisation_entity": organisation}
        for number in range(count)
    ]


def test_rows_are_those_read_and_those_refused(make):
    """Two files of one organisation are added; a file that is no longer published is not."""
    files = [file("r1", "A", 3, 2), file("r2", "A", 1), file("r0", "A", 50, end_date="2026-01-01")]
    row = REPORT.rows(make(publications=files, entities=entities(1, 4))).row(0, named=True)
    assert {name: row[name] for name in ("resources", "rows", "refused", "entities", "difference", "ratio")} == {
        "resources": 2,
        "rows": 6,
        "refused": 2,
        "entities": 4,
        "difference": 2,
        "ratio": 0.667,
    }


def test_a_file_of_two_organisations_is_compared_with_the_entities_of_both(make):
    """Nobody knows whose row it is."""
    rows = REPORT.rows(make(publications=[file("r", "A;B", 5)], entities=entities(1, 2) + entities(2, 3)))
    assert rows.select("organisation", "rows", "entities", "name").rows() == [("A;B", 5, 5, "Council A, Council B")]


def test_entities_without_a_file_and_files_without_entities(make):
    """Both are differences; the larger comes first."""
    rows = REPORT.rows(make(publications=[file("r", "A", 2)], entities=entities(2, 7)))
    assert rows.select("organisation", "difference").rows() == [("B", -7), ("A", 2)]


def test_the_cause_that_explains_most_is_named(make):
    """Unknown entities before refusals before doubles."""
    issues = [{"dataset": "area", "resource": "a", "organisation": "A", "issue_type": "unknown entity", "count": 4}]
    files = [file("a", "A", 0, 5), file("b", "B", 0, 5), file("c", "C", 5)]
    rows = REPORT.rows(make(publications=files, issues=issues)).sort("organisation")
    assert rows["next_action"].to_list() == [
        "assign entities to 4 references",
        "see why rows are refused",
        "look for rows that share a reference, and for files that say the same",
    ]
