"""The way of every arrow of a service map: between cards, through the gaps that the layout leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from headrace.web.map_layout import GAP, Box, Card, Layout

NEAR: Final = 2.5
"""How far apart arrows run that share a gap."""

CORNER: Final = 5.0
"""Radius of a bend."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one card to another.

    Attributes:
        source, target: ids of the steps.
        linked: whether the two happen together, rather than one after the other.
        points: the corners of the way, both ends included; none where the way leads to another band.
    """

    source: str
    target: str
    linked: bool
    points: tuple[Point, ...]


def find_arrows(layout: Layout) -> tuple[Arrow, ...]:
    """Every arrow between cards of the picture: what follows, and once for both ends what happens together."""
    cards = layout.cards()
    home = {card.step.step: number for number, band in enumerate(layout.bands) for card in band.cards}
    following = [(card.step.step, other) for card in cards.values() for other in card.step.next if other in cards]
    together = {
        (min(card.step.step, other), max(card.step.step, other)): (card.step.step, other)
        for card in cards.values()
        for other in card.step.linked
        if other in cards and (card.step.step, other) not in following and (other, card.step.step) not in following
    }
    made = []
    for number, (source, target) in enumerate([*following, *together.values()]):
        far = home[source] != home[target]
        both = (target, source) in following
        points = () if far else _way(cards, cards[source].box, cards[target].box, (number % 3 - 1) * NEAR, both=both)
        made.append(Arrow(source, target, number >= len(following), points))
    return tuple(made)


def _way(cards: Mapping[str, Card], source: Box, target: Box, shift: float, *, both: bool) -> tuple[Point, ...]:
    """Straight where nothing is between, else around; `both` says that another arrow leads back."""
    if abs(source.y - target.y) < 1 and not _between(cards.values(), source, target):
        y = source.y + (18 if source.x < target.x else 28)
        return ((source.right, y), (target.x, y)) if source.x < target.x else ((source.x, y), (target.right, y))
    if abs(source.x - target.x) < 1 and not _between(cards.values(), source, target):
        x = source.across + (0 if not both else -9 if source.y < target.y else 9)
        return ((x, source.bottom), (x, target.y)) if source.y < target.y else ((x, source.y), (x, target.bottom))
    return _around(source, target, shift)


def _around(source: Box, target: Box, shift: float) -> tuple[Point, ...]:
    """Out at a side, along the gap beside the card, along the gap over the target, and in from above or the side."""
    half = GAP / 2
    rightward = target.across >= source.across - 1
    out = (source.right if rightward else source.x, source.down + shift)
    gap_x = (source.right + half if rightward else source.x - half) + shift
    side = target.x if rightward else target.right
    if abs(side + (-half if rightward else half) + shift - gap_x) < 1:
        into = (side, target.down - shift)
        return (out, (gap_x, out[1]), (gap_x, into[1]), into)
    gap_y = target.y - half + shift
    into = (target.across + (14 if gap_x > target.across else -14) + shift, target.y)
    return (out, (gap_x, out[1]), (gap_x, gap_y), (into[0], gap_y), into)


def _between(cards: Iterable[Card], one: Box, other: Box) -> bool:
    """Whether a card stands in the straight way between two."""
    left, right = min(one.across, other.across), max(one.across, other.across)
    top, bottom = min(one.down, other.down), max(one.down, other.down)
    return any(
        card.box not in (one, other)
        and card.box.x <= right
        and card.box.right >= left
        and card.box.y <= bottom
        and card.box.bottom >= top
        for card in cards
    )


def path_of(points: tuple[Point, ...]) -> str:
    """The way as the data of an SVG path, with its bends rounded."""
    said = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        said.append(f"L{start[0]:.1f} {start[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {end[0]:.1f} {end[1]:.1f}")
    said.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(said)


def head_of(points: tuple[Point, ...]) -> str:
    """The head of an arrow that ends where the way ends, as the data of an SVG path."""
    (x, y), (before_x, before_y) = points[-1], points[-2]
    if abs(x - before_x) > abs(y - before_y):
        back = -6 if x > before_x else 6
        return f"M{x:.1f} {y:.1f}l{back} -3.5v7z"
    back = -6 if y > before_y else 6
    return f"M{x:.1f} {y:.1f}l-3.5 {back}h7z"


def _towards(corner: Point, other: Point) -> Point:
    """The point on the way from a corner to another where its bend ends."""
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    share = min(CORNER / length, 0.5) if length else 0.0
    return (corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share)
