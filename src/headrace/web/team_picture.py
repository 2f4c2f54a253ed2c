"""The picture of the teams: one goal over everything, the objectives, the teams, and what the teams share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headrace.model.goal import Goals, Objective, Team
from headrace.model.standing import Standing, Status
from headrace.report.chart_style import DEEP, HEALTH_COLOURS, INK, QUIET
from headrace.web.drawing import attributes, line_of_text, linked, rectangle, whole
from headrace.web.lettering import wrap_text

SHARED: Final = "#eaf4f3"
OWN: Final = "#ffffff"
EDGE: Final = "#9fc4c1"

COLOURS: Final[Mapping[Status, str]] = {
    Status.REACHED: HEALTH_COLOURS["green"],
    Status.ON_COURSE: "#4f918b",
    Status.AT_RISK: HEALTH_COLOURS["amber"],
    Status.OFF_COURSE: HEALTH_COLOURS["red"],
    Status.NOT_MEASURED: HEALTH_COLOURS["unmeasured"],
}
"""The colour of a key result; what is not measured is drawn hollow."""


@dataclass(frozen=True, slots=True)
class Format:
    """The sizes of one arrangement of the picture, in pixels.

    Attributes:
        width: of the whole.
        columns: how many objectives lie side by side.
        gap, seam: between boxes, and between the disciplines.
        roof, bar, lane, strip: heights of the goal, the service team, a team's management and a discipline.
        goal, title, text, small: sizes of the letters.
        tells: whether it is said what a team is for.
    """

    width: float
    columns: int
    gap: float
    seam: float
    roof: float
    bar: float
    lane: float
    strip: float
    goal: float
    title: float
    text: float
    small: float
    tells: bool


DESK: Final = Format(1140, 4, 14, 6, 84, 48, 44, 37, 31, 18, 17, 14.5, tells=True)
"""The teams side by side with what they are for; all objectives in a row."""

TELEPHONE: Final = Format(360, 2, 8, 5, 62, 40, 44, 32, 23, 15.5, 15, 14, tells=False)
"""The objectives two by two, drawn to be read at the width of a telephone."""


def draw_teams(goals: Goals, standings: Sequence[Standing], shape: Format) -> str:
    """The picture as SVG; a box of an objective opens it on the page."""
    drawn = [_box(0, 0, shape.width, shape.roof, goals.goal, shape.goal, fill=DEEP, colour=OWN, bold=True)]
    y = shape.roof + shape.gap
    objectives, height = _objectives(goals, standings, shape, y)
    drawn.append(objectives)
    y += height + shape.gap
    drawn.append(_box(0, y, shape.width, shape.bar, goals.service_team, shape.title, fill=DEEP, colour=OWN, bold=True))
    y += shape.bar + shape.gap
    teams, height = _teams(goals.teams, shape, y)
    drawn.append(teams)
    y += height + shape.gap
    for discipline in goals.disciplines:
        drawn.append(_box(0, y, shape.width, shape.strip, discipline, shape.text, fill=SHARED))
        y += shape.strip + shape.seam
    return whole(
        shape.width, y - shape.seam + 1, f"{goals.goal}: objectives and teams", "".join(drawn),
        class_="team-picture__drawing",
    )  # fmt: skip


def describe_teams(goals: Goals, standings: Sequence[Standing]) -> str:
    """The picture in words."""
    statuses = _by_name(standings)
    objectives = "; ".join(
        f"{objective.title} ({', '.join(statuses[result.name] for result in objective.key_results)})"
        for objective in goals.objectives
    )
    teams = " and ".join(f"{team.title}, with its own {team.management.lower()}" for team in goals.teams)
    return (
        f"{goals.goal} is over everything. Under it are {len(goals.objectives)} objectives, here with how their key "
        f"results stand: {objectives}. Under these is the {goals.service_team.lower()}: {teams}. "
        f"Across all its teams reach {', '.join(discipline.lower() for discipline in goals.disciplines)}."
    )


def mark_status(status: Status, x: float, y: float, radius: float) -> str:
    """The mark of how a key result stands: a disc in its colour, a ring where nothing is measured."""
    place = {"cx": x, "cy": y, "r": radius}
    if status is Status.NOT_MEASURED:
        return f"<circle{attributes(**(place | {'r': radius - 1}), fill=OWN, stroke=COLOURS[status], stroke_width=2)}/>"
    return f"<circle{attributes(**place, fill=COLOURS[status])}/>"


def _by_name(standings: Sequence[Standing]) -> Mapping[str, Status]:
    return {standing.key_result.name: standing.status for standing in standings}


def _lanes(shape: Format, count: int) -> Sequence[tuple[float, float]]:
    """The left edge and the width of each of so many columns."""
    lane = (shape.width - shape.gap * (count - 1)) / count
    return [(number * (lane + shape.gap), lane) for number in range(count)]


def _objectives(goals: Goals, standings: Sequence[Standing], shape: Format, y: float) -> tuple[str, float]:
    """A box per objective, and the height of them all."""
    lanes = _lanes(shape, min(shape.columns, len(goals.objectives)))
    inside = lanes[0][1] - 28
    titles = [wrap_text(objective.title, shape.title, inside, bold=True) for objective in goals.objectives]
    height = max(map(len, titles)) * shape.title * 1.3 + 66
    statuses = _by_name(standings)
    drawn = []
    for number, (objective, title) in enumerate(zip(goals.objectives, titles, strict=True)):
        row, column = divmod(number, len(lanes))
        x, lane = lanes[column]
        top = y + row * (height + shape.gap)
        drawn.append(_objective(objective, title, statuses, shape, (x, top, lane, height)))
    rows = -(-len(goals.objectives) // len(lanes))
    return "".join(drawn), rows * height + (rows - 1) * shape.gap


def _objective(
    objective: Objective,
    title: Sequence[str],
    statuses: Mapping[str, Status],
    shape: Format,
    place: tuple[float, float, float, float],
) -> str:
    """The box of an objective: its title, and a mark per key result."""
    x, top, lane, height = place
    own = [statuses[result.name] for result in objective.key_results]
    lines = "".join(
        line_of_text(x + 14, top + 33 + number * shape.title * 1.3, line, size=shape.title, bold=True)
        for number, line in enumerate(title)
    )
    level = top + height - 22
    marks = "".join(mark_status(status, x + 21 + number * 21, level, 7) for number, status in enumerate(own))
    well = sum(status in (Status.REACHED, Status.ON_COURSE) for status in own)
    said = f"{well} of {len(own)} well" if not shape.tells else f"{well} of {len(own)} reached or on course"
    tally = line_of_text(x + 21 + len(own) * 21, level + 5, said, size=shape.small, fill=QUIET)
    ground = rectangle(x + 0.75, top, lane - 1.5, height, rx=4, fill=OWN, stroke=DEEP, stroke_width=1.5)
    edge = rectangle(x, top - 0.5, lane, 7, rx=3, fill=DEEP)
    told = f"{objective.title}: {', '.join(own)}"
    return linked(f"#{objective.name}", told, ground + edge + lines + marks + tally, class_="team-picture__objective")


def _teams(teams: Sequence[Team], shape: Format, y: float) -> tuple[str, float]:
    """The teams side by side with their management beneath, and the height of both."""
    lanes = _lanes(shape, len(teams))
    purposes = [wrap_text(team.purpose, shape.small, lanes[0][1] - 40) if shape.tells else () for team in teams]
    height = 46.0 if not shape.tells else 56.0 + 19 * max(map(len, purposes))
    drawn = []
    for team, purpose, (x, lane) in zip(teams, purposes, lanes, strict=True):
        drawn.append(rectangle(x + 0.75, y, lane - 1.5, height, rx=4, fill=OWN, stroke=DEEP, stroke_width=1.5))
        first = y + (35 if shape.tells else height / 2 + shape.text * 0.36)
        size = shape.title + 3 if shape.tells else shape.text
        drawn.append(line_of_text(x + lane / 2, first, team.title, size=size, bold=True, anchor="middle"))
        drawn += [
            line_of_text(x + lane / 2, y + 59 + number * 19, line, size=shape.small, fill=QUIET, anchor="middle")
            for number, line in enumerate(purpose)
        ]
        drawn.append(_box(x, y + height + shape.seam, lane, shape.lane, team.management, shape.text, fill=OWN))
    return "".join(drawn), height + shape.seam + shape.lane


def _box(
    x: float, y: float, width: float, height: float, said: str, size: float, *,
    fill: str, colour: str = INK, bold: bool = False,
) -> str:  # fmt: skip
    """A box with a word in its middle."""
    edge = fill if fill == DEEP else EDGE
    ground = rectangle(x + 0.5, y, width - 1, height, rx=4, fill=fill, stroke=edge)
    middle = y + height / 2 + size * 0.36
    return ground + line_of_text(x + width / 2, middle, said, size=size, fill=colour, bold=bold, anchor="middle")
