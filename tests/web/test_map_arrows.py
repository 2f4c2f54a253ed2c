from headrace.web.map_arrows import head_of, path_of


def test_a_straight_way_is_a_line_with_its_head_at_the_end() -> None:
    points = ((0.0, 10.0), (30.0, 10.0))
    assert ("M0.0 10.0L30.0 10.0", "M30.0 10.0l-6 -3.5v7z") == (path_of(points), head_of(points))


def test_bends_are_rounded_as_far_as_there_is_room() -> None:
    """A bend of five pixels, and of half the way to the next corner where that is nearer."""
    assert path_of(((0.0, 0.0), (20.0, 0.0), (20.0, 4.0))) == "M0.0 0.0L15.0 0.0Q20.0 0.0 20.0 2.0L20.0 4.0"


def test_the_head_points_where_the_way_ends() -> None:
    up, down, left = (((0.0, 9.0), (0.0, 0.0)), ((0.0, 0.0), (0.0, 9.0)), ((9.0, 0.0), (0.0, 0.0)))
    assert ("M0.0 0.0l-3.5 6h7z", "M0.0 9.0l-3.5 -6h7z", "M0.0 0.0l6 -3.5v7z") == tuple(map(head_of, (up, down, left)))
