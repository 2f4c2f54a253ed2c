from headrace.report.sparkline import bar, sparkline


def test_a_sparkline_has_a_character_for_each_value() -> None:
    """From nothing to the largest; what was not measured is blank."""
    assert "▁▅█ ▁" == sparkline([0, 4, 8, None, 0])
    assert ("", "▁▁") == (sparkline([]), sparkline([0, 0]))


def test_a_bar_is_as_long_as_its_share() -> None:
    """What is more than nothing can be seen."""
    assert ["████", "██", "▏", ""] == [bar(value, 6, 4) for value in (6, 3, 0.001, 0)]
