"""A publication: one file or service that a publisher offers, how it is written, and how it fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from headrace.simulate.edition import Edition
from headrace.simulate.faults import Fault
from headrace.simulate.formats import csv_bytes
from headrace.simulate.position import Position, in_degrees
from headrace.simulate.publishers import Publisher
from headrace.simulate.registers import Area
from headrace.simulate.slips import Slip
from headrace.simulate.table import STANDARD_OF_2019, Table, area_table, site_table, wkt_in_degrees

Writer = Callable[[Edition], bytes]
"""Turns what a publisher knows into the bytes of its file."""

CSV: Final = "text/csv"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of configuration that the publication needs, without its dataset and endpoint.

    Attributes:
        table: the file it stands in, for example `column`.
        cells: by column.
    """

    table: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Publication:
    """One endpoint of the small England.

    Attributes:
        publisher: whose it is.
        dataset: what it holds.
        path: where it is, with its query.
        content_type: as served.
        write: makes its bytes.
        fault: how its answers fail; None for not at all.
        repaired: whether the fault is gone on the second day.
        changes: whether its content is worked on between the two days.
        plugin: the kind of service; "" for a file.
        rules: configuration for it alone.
        moved_to: the path that its server now redirects to; None for where it always was.
        origin: scheme, host and port, where it is not on the common server.
        documentation: path of the page that says where it is, on the common server; "" for one that is nowhere served.
        successor: path at which it is now, of which only that page tells; "" for none.
        ended_on: ISO date on which it was given up; "" for never.
    """

    publisher: Publisher
    dataset: str
    path: str
    content_type: str
    write: Writer
    fault: Fault | None = None
    repaired: bool = False
    changes: bool = False
    plugin: str = ""
    rules: tuple[Rule, ...] = field(default=())
    moved_to: str | None = None
    origin: str | None = None
    documentation: str = ""
    successor: str = ""
    ended_on: str = ""

    def fault_on(self, day: int) -> Fault | None:
        """How its answers fail on day 1 or 2."""
        return None if self.repaired and day > 1 else self.fault


def columns(names: Mapping[str, str]) -> tuple[Rule, ...]:
    """Rows that say how the publisher calls each field; `names` has the column of each."""
    return tuple(Rule("column", {"column": column, "field": name}) for name, column in names.items())


def register(
    *slips: Slip,
    standard: tuple[str, ...] = STANDARD_OF_2019,
    position: Position = in_degrees,
    to: Callable[[Table], bytes] = csv_bytes,
) -> Writer:
    """Writes a brownfield land register with these slips."""

    def write(edition: Edition) -> bytes:
        return to(_slipped(site_table(edition.sites, edition.publisher, standard, position), slips, edition))

    return write


def area_list(
    *slips: Slip, geometry: Callable[[Area], str] = wkt_in_degrees, to: Callable[[Table], bytes] = csv_bytes
) -> Writer:
    """Writes conservation areas as a table with these slips."""

    def write(edition: Edition) -> bytes:
        return to(_slipped(area_table(edition.areas, geometry), slips, edition))

    return write


def _slipped(table: Table, slips: tuple[Slip, ...], edition: Edition) -> Table:
    for slip in slips:
        table = slip(table, edition.random)
    return table
