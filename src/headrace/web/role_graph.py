"""The graph of roles: who hands over to whom, beside all the lines there could be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, pi, sin, sqrt
from typing import Any, Final

from headrace.report.chart_style import DEEP, HEALTH_COLOURS
from headrace.web.drawing import line_of_text, linked, path, rectangle, whole
from headrace.web.lettering import text_width

FORWARD: Final = "#4f918b"
BACK: Final = HEALTH_COLOURS["amber"]
POSSIBLE: Final = "#c3cfd0"

BOW: Final = 0.16
"""How far the middle of a line lies to its left, as a share of its length: so that both ways can be seen."""

THINNEST: Final = 1.6
THICKEST: Final = 11.0


@dataclass(frozen=True, slots=True)
class Format:
    """The sizes of one arrangement, in pixels: of the whole, of the ellipse of roles, of the letters."""

    width: float
    height: float
    across: float
    down: float
    size: float


DESK: Final = Format(640, 430, 235, 168, 16)
TELEPHONE: Final = Format(360, 390, 118, 158, 14)


@dataclass(frozen=True, slots=True)
class Line:
    """What one role hands over to another.

    Attributes:
        from_role, to_role: the roles.
        count, back: hand-offs, and how many of them went back.
        address: where they are listed.
        told: the same in words.
    """

    from_role: str
    to_role: str
    count: int
    back: int
    address: str
    told: str


def draw_roles(roles: Sequence[str], lines: Sequence[Line], shape: Format) -> str:
    """The graph as SVG: roles on an ellipse, a curve per line as wide as it is used, dots for what could be."""
    places = _places(roles, shape)
    possible = "".join(
        path(_straight(places[one], places[other]), stroke=POSSIBLE, stroke_width=1, stroke_dasharray="2 4")
        for one, other in combinations(roles, 2)
    )
    most = max((line.count for line in lines), default=1)
    known = [line for line in lines if line.from_role in places and line.to_role in places]
    used = "".join(_draw_line(line, places, most) for line in sorted(known, key=lambda each: -each.count))
    names = "".join(_draw_role(role, places[role], shape.size) for role in roles)
    return whole(
        shape.width, shape.height, "Who hands over to whom", possible + used + names, class_="role-graph__drawing"
    )  # fmt: skip


def _places(roles: Sequence[str], shape: Format) -> Mapping[str, tuple[float, float]]:
    """Where each role is: evenly around, the first at the top."""
    return {
        role: (
            shape.width / 2 + shape.across * sin(2 * pi * number / len(roles)),
            shape.height / 2 - shape.down * cos(2 * pi * number / len(roles)),
        )
        for number, role in enumerate(roles)
    }


def _straight(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"


def _draw_line(line: Line, places: Mapping[str, tuple[float, float]], most: int) -> str:
    """A curve to the left of the straight way, with an arrow head where it is furthest."""
    (x1, y1), (x2, y2) = places[line.from_role], places[line.to_role]
    across, down = x2 - x1, y2 - y1
    bent = ((x1 + x2) / 2 + 2 * BOW * down, (y1 + y2) / 2 - 2 * BOW * across)
    middle = ((x1 + x2) / 4 + bent[0] / 2, (y1 + y2) / 4 + bent[1] / 2)
    width = max(THINNEST, THICKEST * sqrt(line.count / most))
    colour = BACK if line.back * 2 > line.count else FORWARD
    curve = f"M{x1:.1f} {y1:.1f}Q{bent[0]:.1f} {bent[1]:.1f} {x2:.1f} {y2:.1f}"
    drawn = path(curve, stroke=colour, stroke_width=width, stroke_opacity=0.85)
    # What is thin is hard to point at: an unseen line lies over it.
    touch = path(curve, stroke="transparent", stroke_width=max(width, 14))
    head = _head(middle, (across, down), 5 + width, DEEP if colour == FORWARD else "#7a3d00")
    return linked(line.address, line.told, drawn + head + touch, class_="role-graph__line")


def _head(at: tuple[float, float], way: tuple[float, float], size: float, colour: str) -> str:
    """A triangle that points the way."""
    length = hypot(*way) or 1.0
    ahead = (way[0] / length, way[1] / length)

    def place(along: float, aside: float) -> str:
        x = at[0] + size * (along * ahead[0] - aside * ahead[1])
        y = at[1] + size * (along * ahead[1] + aside * ahead[0])
        return f"{x:.1f} {y:.1f}"

    return path(f"M{place(0.7, 0)}L{place(-0.5, 0.55)}L{place(-0.5, -0.55)}Z", fill=colour)


def _draw_role(role: str, place: tuple[float, float], size: float) -> str:
    """The name of a role on a plate."""
    width, height = text_width(role, size, bold=True) + 24, size * 2.1
    plate: dict[str, Any] = {"rx": height / 2, "fill": "#ffffff", "stroke": DEEP, "stroke_width": 1.5}
    ground = rectangle(place[0] - width / 2, place[1] - height / 2, width, height, **plate)
    return ground + line_of_text(place[0], place[1] + size * 0.36, role, size=size, bold=True, anchor="middle")
