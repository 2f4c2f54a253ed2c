"""The slips that people make in tables, each met in published registers: a table goes in, a worse one comes out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Final

from headrace.simulate.table import Table

Slip = Callable[[Table, Random], Table]
"""One kind of slip; the random numbers say which rows it befalls."""

DATE_COLUMNS: Final = frozenset(("PermissionDate", "FirstAddedDate", "LastUpdatedDate", "EndDate", "designation-date"))
NOTHING: Final = ("n/a", "N/A", "-", "NULL", "<Null>", "#N/A")
"""How nothing is spelt."""

HINTS: Final = {"PermissionDate": "yyyy-mm-dd", "PermissionType": "(OUT, FULL etc)", "SiteReference": "Mandatory"}


def renamed(names: Mapping[str, str]) -> Slip:
    """Columns are spelt another way."""
    return lambda table, random: replace(table, columns=tuple(names.get(name, name) for name in table.columns))


def without(*columns: str) -> Slip:
    """Columns are left out."""

    def slip(table: Table, random: Random) -> Table:
        kept = [place for place, name in enumerate(table.columns) if name not in columns]
        rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
        return Table(tuple(table.columns[place] for place in kept), rows)

    return slip


def british_dates(table: Table, random: Random) -> Table:
    """Days come before months: 31/12/2019."""
    for column in DATE_COLUMNS.intersection(table.columns):
        table = table.changed(column, lambda _, text: "/".join(reversed(text.split("-"))))
    return table


def short_dates(table: Table, random: Random) -> Table:
    """Days come before months, and centuries are left out: 31/12/19."""
    table = british_dates(table, random)
    for column in DATE_COLUMNS.intersection(table.columns):
        table = table.changed(column, lambda _, text: text[:6] + text[8:])
    return table


def impossible_dates(table: Table, random: Random) -> Table:
    """One row waits for its date, and another has a day that no month has."""
    waiting, wrong = random.sample(range(len(table.rows)), 2)
    texts = {waiting: "TO ADD", wrong: "2019-02-31"}
    return table.changed("LastUpdatedDate", lambda number, text: texts.get(number, text))


def blank_rows(table: Table, random: Random) -> Table:
    """Rows without a word stand between the others, and more of them at the end."""
    blank = ("",) * len(table.columns)
    rows: list[tuple[str, ...]] = []
    for number, row in enumerate(table.rows):
        rows += [row, blank] if number % 7 == 4 else [row]
    return replace(table, rows=(*rows, *[blank] * 5))


def hint_row(table: Table, random: Random) -> Table:
    """A row of hints from the template was left under the header."""
    hints = tuple(HINTS.get(column, "Optional") for column in table.columns)
    return replace(table, rows=(hints, *table.rows))


def spelt_nothing(table: Table, random: Random) -> Table:
    """Cells that hold nothing say so, in every spelling but one and the same."""
    rows = (tuple(text or random.choice((*NOTHING, "")) for text in row) for row in table.rows)
    return replace(table, rows=tuple(rows))


def twice_the_same_reference(table: Table, random: Random) -> Table:
    """One row was copied to make another, and its reference stayed."""
    place = random.randrange(len(table.rows))
    return replace(table, rows=(*table.rows[: place + 1], *table.rows[place:]))


def without_references(column: str) -> Slip:
    """Two rows have no reference yet."""

    def slip(table: Table, random: Random) -> Table:
        rows = random.sample(range(len(table.rows)), 2)
        return table.changed(column, lambda number, text: "" if number in rows else text)

    return slip


def unknown_columns(table: Table, random: Random) -> Table:
    """The map system's own columns came along."""
    rows = (
        (str(number), *row, random.choice(("North", "South", "Canalside")), f"{random.randint(900, 60000)}.{number}")
        for number, row in enumerate(table.rows, 1)
    )
    return Table(("OBJECTID", *table.columns, "Ward", "Shape.STArea()"), tuple(rows))


def padded(table: Table, random: Random) -> Table:
    """Blanks stand around the names of columns, and after every third address."""
    columns = tuple(f" {name} " if number % 4 == 1 else name for number, name in enumerate(table.columns))
    table = table.changed("SiteNameAddress", lambda number, text: f"{text}  " if number % 3 == 0 else text)
    return replace(table, columns=columns)


def careless_values(table: Table, random: Random) -> Table:
    """Areas carry their unit, numbers a comma, flags a capital, and addresses of plans no scheme."""
    hectares, dwellings = random.sample(range(len(table.rows)), 2)
    table = table.changed("Hectares", lambda number, text: f"{text} ha" if number == hectares else text)
    table = table.changed("NetDwellingsRangeTo", lambda number, text: f"c. {text}" if number == dwellings else text)
    table = table.changed("Deliverable", lambda number, text: "TRUE" if text and number % 2 else text.upper()[:1])
    return table.changed("SiteplanURL", lambda number, text: text.partition("//")[2] if number % 3 == 0 else text)


def lines_in_cells(table: Table, random: Random) -> Table:
    """Addresses are broken into lines."""
    return table.changed("SiteNameAddress", lambda number, text: text.replace(", ", ",\n") if number % 2 else text)


def nowhere(table: Table, random: Random) -> Table:
    """One point lies in the sea off West Africa, where both coordinates are nought."""
    lost = random.randrange(len(table.rows))
    for column in ("GeoX", "GeoY"):
        table = table.changed(column, lambda number, text: "0" if number == lost else text)
    return table


def unnamed_organisation(table: Table, random: Random) -> Table:
    """The council did not say who it is."""
    return table.changed("OrganisationURI", lambda number, text: "")


def wrong_organisation(website: str) -> Slip:
    """The council gave its home page where its identifier should be."""
    return lambda table, random: table.changed("OrganisationURI", lambda number, text: website)


def in_two_parts(table: Table, random: Random) -> Table:
    """The first area stands in two rows, one for each half of its boundary."""
    first, second, *others = table.rows
    geometry = table.columns.index("geometry")
    half = (*first[:geometry], second[geometry], *first[geometry + 1 :])
    return replace(table, rows=(first, half, *others))


def crossed_boundary(table: Table, random: Random) -> Table:
    """Two corners of one boundary were taken in the wrong order, so that it crosses itself."""
    crossed = random.randrange(len(table.rows))

    def cross(number: int, text: str) -> str:
        corners = text.split(", ")
        corners[2], corners[4] = corners[4], corners[2]
        return ", ".join(corners) if number == crossed else text

    return table.changed("geometry", cross)
