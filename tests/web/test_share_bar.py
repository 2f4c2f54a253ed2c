import re

from headrace.web.share_bar import WIDTH, draw_bar


def test_parts_lie_side_by_side_and_never_reach_beyond_the_bar() -> None:
    """Shares below nothing are nothing, and what is over the whole is cut off."""
    drawn = draw_bar(((0.5, "red"), (-1.0, "grey"), (0.75, "blue")))

    parts = [(float(x), float(width)) for x, width in re.findall(r'x="([\d.]+)" width="([\d.]+)"', drawn)]
    assert [(0.0, WIDTH / 2), (WIDTH / 2, WIDTH / 2)] == parts
