"""The picture of the teams: one goal over everything, the objectives, the teams, and what the teams share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from headrace.model.goal import Goals, Team
from headrace.model.standing import Standing, Status
from headrace.report.chart_style import DEEP, HEALTH_COLOURS, INK, QUIET
from headrace.web.wrapping import wrap

GAP: Final = 14
"""Pixels between boxes."""

SHARED: Final = "#eaf4f3"
OWN: Final = "#ffffff"
EDGE: Final = "#9fc4c1"

COLOURS: Final = {
    Status.REACHED: HEALTH_COLOURS["green"],
    Status.ON_COURSE: "#4f918b",
    Status.AT_RISK: HEALTH_COLOURS["amber"],
    Status.OFF_COURSE: HEALTH_COLOURS["red"],
    Status.NOT_MEASURED: "#b1b9ba",
}
"""The colour of a key result in the picture; the page says the same in words."""


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


def draw_wide(goals: Goals, standings: Sequence[Standing]) -> str:
    """The picture for a desk, as SVG: the teams side by side, what they share across both."""
    width = 1140.0
    svg = _start(goals, width)
    y = _goal(svg, goals, _Box(0, 0, width, 82), size=30) + GAP
    y = _objectives(svg, goals, standings, y, width, columns=len(goals.objectives)) + GAP + 6
    y = _band(svg, goals.service_team, _Box(0, y, width, 46), fill=DEEP, colour="#ffffff", weight="700") + GAP
    lanes = _lanes(width, len(goals.teams))
    for team, (x, lane) in zip(goals.teams, lanes, strict=True):
        _team(svg, team, _Box(x, y, lane, 92))
    y += 92 + GAP
    for team, (x, lane) in zip(goals.teams, lanes, strict=True):
        _band(svg, team.management, _Box(x, y, lane, 42), fill=OWN)
    y += 42 + GAP
    for discipline in goals.disciplines:
        y = _band(svg, discipline, _Box(0, y, width, 36), fill=SHARED) + 6
    return _finish(svg, width, y)


def draw_narrow(goals: Goals, standings: Sequence[Standing]) -> str:
    """The picture for a telephone, as SVG: the objectives two by two, what the teams share in two columns."""
    width = 360.0
    svg = _start(goals, width)
    y = _goal(svg, goals, _Box(0, 0, width, 64), size=22) + 10
    y = _objectives(svg, goals, standings, y, width, columns=2) + 12
    y = _band(svg, goals.service_team, _Box(0, y, width, 40), fill=DEEP, colour="#ffffff", weight="700") + 8
    lanes = _lanes(width, len(goals.teams), gap=8)
    for team, (x, lane) in zip(goals.teams, lanes, strict=True):
        _band(svg, team.title, _Box(x, y, lane, 44), fill=OWN, weight="700")
        _band(svg, team.management, _Box(x, y + 50, lane, 44), fill=OWN, size=14)
    y += 102
    for discipline in goals.disciplines:
        y = _band(svg, discipline, _Box(0, y, width, 30), fill=SHARED) + 5
    return _finish(svg, width, y)


def describe(goals: Goals, standings: Sequence[Standing]) -> str:
    """The picture in words."""
    by_name = {standing.key_result.name: standing.status for standing in standings}
    objectives = "; ".join(
        f"{objective.title} ({', '.join(by_name[result.name] for result in objective.key_results)})"
        for objective in goals.objectives
    )
    teams = " and ".join(f"{team.title} with its own {team.management.lower()}" for team in goals.teams)
    return (
        f"{goals.goal}, over everything. Under it {len(goals.objectives)} objectives with the state of their key "
        f"results: {objectives}. Under these the {goals.service_team.lower()}: {teams}. Across all teams: "
        f"{', '.join(discipline.lower() for discipline in goals.disciplines)}."
    )


def _start(goals: Goals, width: float) -> Element:
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "team-picture__drawing", "role": "img"})
    SubElement(svg, "title").text = f"{goals.goal}: objectives and teams"
    SubElement(svg, "desc").text = f"{width:g} pixels wide; described in words beneath."
    return svg


def _finish(svg: Element, width: float, height: float) -> str:
    svg.set("viewBox", f"-1 -1 {width + 2:g} {height + 2:g}")
    return tostring(svg, encoding="unicode")


def _lanes(width: float, count: int, gap: float = GAP) -> list[tuple[float, float]]:
    """The left edge and the width of each of so many columns."""
    lane = (width - gap * (count - 1)) / count
    return [(number * (lane + gap), lane) for number in range(count)]


def _goal(svg: Element, goals: Goals, box: _Box, size: int) -> float:
    """The goal, as a roof over everything."""
    _rectangle(svg, box, fill=DEEP)
    _text(svg, box.x + box.width / 2, box.y + box.height / 2 + size * 0.35, goals.goal, size, "#ffffff", weight="700")
    return box.y + box.height


def _objectives(
    svg: Element, goals: Goals, standings: Sequence[Standing], y: float, width: float, columns: int
) -> float:
    """A box per objective with its title and the state of its key results, which opens the objective."""
    narrow = columns < len(goals.objectives)
    gap = 8.0 if narrow else float(GAP)
    lanes = _lanes(width, columns, gap)
    size = 15 if narrow else 18
    lines = [wrap(objective.title, lanes[0][1] - 28, size) for objective in goals.objectives]
    height = max(map(len, lines)) * size * 1.3 + (60 if narrow else 76)
    by_name = {standing.key_result.name: standing.status for standing in standings}
    for number, (objective, title) in enumerate(zip(goals.objectives, lines, strict=True)):
        row, column = divmod(number, columns)
        x, lane = lanes[column]
        top = y + row * (height + gap)
        link = SubElement(svg, "a", {"href": f"#{objective.name}", "class": "team-picture__objective"})
        statuses = [by_name[result.name] for result in objective.key_results]
        SubElement(link, "title").text = f"{objective.title}: {', '.join(statuses)}"
        box = _Box(x, top, lane, height)
        _rectangle(link, box, fill=OWN, stroke=DEEP, weight=1.5)
        _rectangle(link, _Box(x, top, lane, 6), fill=DEEP)
        for line, said in enumerate(title):
            _text(link, x + 14, top + 32 + line * size * 1.3, said, size, INK, weight="700", anchor="start")
        _statuses(link, statuses, x + 14, top + height - (20 if narrow else 26), narrow=narrow)
    rows = -(-len(goals.objectives) // columns)
    return y + rows * height + (rows - 1) * gap


def _statuses(link: Element, statuses: Sequence[Status], x: float, y: float, *, narrow: bool) -> None:
    """A mark per key result, and how many of them are there or on course."""
    radius = 6 if narrow else 7
    for number, status in enumerate(statuses):
        place = {"cx": f"{x + radius + number * (radius * 2 + 6):g}", "cy": f"{y:g}", "r": f"{radius}"}
        hollow = status is Status.NOT_MEASURED
        look = {"fill": "#ffffff", "stroke": QUIET, "stroke-width": "2"} if hollow else {"fill": COLOURS[status]}
        SubElement(link, "circle", {**place, **look})
    well = sum(status in (Status.REACHED, Status.ON_COURSE) for status in statuses)
    left = x + len(statuses) * (radius * 2 + 6) + 6
    said = f"{well} of {len(statuses)} well" if narrow else f"{well} of {len(statuses)} reached or on course"
    _text(link, left, y + 5, said, 14, QUIET, anchor="start")


def _team(svg: Element, team: Team, box: _Box) -> None:
    """A team, with what it is for."""
    _rectangle(svg, box, fill=OWN, stroke=DEEP, weight=1.5)
    centre = box.x + box.width / 2
    _text(svg, centre, box.y + 38, team.title, 21, INK, weight="700")
    for number, line in enumerate(wrap(team.purpose, box.width - 40, 15)[:2]):
        _text(svg, centre, box.y + 63 + number * 19, line, 15, QUIET)


def _band(
    svg: Element, text: str, box: _Box, *, fill: str, colour: str = INK, weight: str = "400", size: int = 17
) -> float:
    """A box with a word in its middle; where it ends."""
    edge = EDGE if fill != DEEP else DEEP
    _rectangle(svg, box, fill=fill, stroke=edge)
    _text(svg, box.x + box.width / 2, box.y + box.height / 2 + size * 0.35, text, size, colour, weight=weight)
    return box.y + box.height


def _rectangle(parent: Element, box: _Box, *, fill: str, stroke: str | None = None, weight: float = 1) -> None:
    place = {"x": f"{box.x:g}", "y": f"{box.y:g}", "width": f"{box.width:g}", "height": f"{box.height:g}"}
    line = {"stroke": stroke, "stroke-width": f"{weight:g}"} if stroke else {}
    SubElement(parent, "rect", {**place, "rx": "4", "fill": fill, **line})


def _text(
    parent: Element, x: float, y: float, said: str, size: int, fill: str, *, weight: str = "400", anchor: str = "middle"
) -> None:
    look = {"text-anchor": anchor, "fill": fill, "font-size": str(size), "font-weight": weight}
    SubElement(parent, "text", {"x": f"{x:g}", "y": f"{y:g}", **look}).text = said
