from headrace.model.service_map import Step
from headrace.web.map_grid import Cell, place_cards, rows_of, spread_units


def step(name: str, *following: str, lane: str = "people", linked: tuple[str, ...] = ()) -> Step:
    return Step(name, "stage", lane, None, name, None, False, following, linked, (), (), ())


def test_steps_that_follow_one_another_stand_in_reading_order() -> None:
    placed = place_cards([step("a", "b"), step("b", "c"), step("c")], 2)
    assert {"a": Cell(0, 0), "b": Cell(1, 0), "c": Cell(0, 1)} == placed


def test_branches_have_columns_of_their_own() -> None:
    """Each lower than what it branches from."""
    steps = [step("a", "b", "c"), step("b", "d"), step("c", "e"), step("d"), step("e")]
    assert {"a": Cell(0, 0), "b": Cell(0, 1), "c": Cell(1, 1), "d": Cell(0, 2), "e": Cell(1, 2)} == place_cards(
        steps, 2
    )


def test_a_step_alone_in_its_lane_stands_beneath_what_it_is_joined_to() -> None:
    steps = [step("a", "b"), step("b"), step("c", lane="machines", linked=("b",))]
    assert Cell(1, 0) == place_cards(steps, 2)["c"]


def test_no_two_steps_of_a_lane_share_a_cell() -> None:
    """Even where the arrows go round in a circle."""
    steps = [step("a", "b", "c"), step("b", "a"), step("c", "a", "b"), step("d", "d"), step("e", "b", lane="machines")]
    for columns in (1, 2, 3, 4):
        placed = place_cards(steps, columns)
        assert len(placed) == 5
        assert 4 == len({placed[name] for name in "abcd"})
        assert all(cell.column < columns for cell in placed.values())


def test_width_goes_to_the_tallest_stage() -> None:
    steps = {"low": [step("x")], "tall": [step("a", "b"), step("b", "c"), step("c", "d"), step("d")]}
    assert [{"low": 1, "tall": 1}, {"low": 1, "tall": 2}, {"low": 1, "tall": 3}, {"low": 1, "tall": 4}] == list(
        spread_units(steps, {"low": 1, "tall": 1}, 9)
    )


def test_no_cells_are_no_rows() -> None:
    assert (0, 3) == (rows_of([]), rows_of([Cell(0, 0), Cell(1, 2)]))
