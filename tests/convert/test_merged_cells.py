from headrace.convert.merged_cells import settle_merged

ROWS: list[list[str | None]] = [["area", "name"], ["North", "a"], [None, "b"], [None, "c"], ["South", "d"]]
OVER_THREE = ((1, 0), (3, 0))


def test_a_value_merged_over_rows_is_doubtful() -> None:
    """It is read in the first of them only, as the file holds it."""
    rows, (decision,) = settle_merged(list(ROWS), [OVER_THREE], 1, {})
    assert rows == ROWS
    assert (decision.about, decision.confidence) == ("merged-cells", "doubtful")


def test_it_is_filled_where_configuration_says_so() -> None:
    """Each of the rows has the value; a short row is made long enough."""
    short: list[list[str | None]] = [["name", "area"], ["a", "North"], ["b"], ["c", None]]
    rows, _ = settle_merged(list(short), [((1, 1), (3, 1))], 1, {"merged-cells": "filled"})
    assert [row[1] for row in rows] == ["area", "North", "North", "North"]


def test_other_merged_cells_are_nothing_to_speak_of() -> None:
    """Across columns, in the header or above it, without a value, or below the last row."""
    ranges = [((1, 0), (1, 1)), ((0, 0), (1, 0)), ((2, 0), (3, 0)), ((9, 0), (12, 0))]
    assert settle_merged(list(ROWS), ranges, 1, {}) == (ROWS, ())
