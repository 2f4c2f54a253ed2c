"""Resources of all sorts, for laws."""

import polars as pl
from hypothesis import strategies as st

from configured import configure, rules, table
from headrace.model.cells import Cells
from headrace.spec.rules import Rules

NAMES = ("SiteReference", "OrganisationURI", "GeoX", "GeoY", "Notes", "Hectares", "LastUpdatedDate", "Colour", "")
REFERENCES = ("A1", "A2", "a-1", "B9", "n/a", "")
WRITTEN = (
    *REFERENCES,
    *("http://opendatacommunities.org/id/district-council/aldermere", "local-authority:BEC"),
    *("-1.2", "52.6", "451000", "302000", "12,5", "31/12/2020", "2020-13-45", "2090-01-01", "null", "  x "),
)
VALUES = st.one_of(st.none(), st.sampled_from(WRITTEN), st.text(max_size=8))


@st.composite
def resources(draw: st.DrawFn) -> Cells:
    """A few records under a header of known, unknown, blank and repeated names."""
    header = ["SiteReference", *draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))]
    record = st.tuples(st.sampled_from(REFERENCES), *[VALUES] * (len(header) - 1))
    rows = draw(st.lists(record, max_size=12))
    columns = [[cell or None for cell in column] for column in zip(header, *rows, strict=True)]
    lines = {"line": pl.Series(range(1, len(rows) + 2), dtype=pl.UInt32)}
    frame = pl.DataFrame(
        lines | {str(number): pl.Series(cells, dtype=pl.String) for number, cells in enumerate(columns)}
    )
    return Cells(frame)


def some_rules() -> Rules:
    """Rules with a row in most tables, lookups for two councils among them."""
    lookup = table(
        "lookup",
        *(
            {"prefix": "brownfield-land", "organisation": who, "reference": reference, "entity": entity}
            for who, reference, entity in (
                ("local-authority:ALD", "A1", "1700001"),
                ("local-authority:ALD", "A2", "1700002"),
                ("local-authority:BEC", "A1", "1700003"),
            )
        ),
    )
    return rules(
        configure(
            lookup=lookup,
            old_entity=table("old-entity", {"old-entity": "1700002", "status": "410"}),
            skip=table("skip", {"pattern": "^B9"}),
            concat=table("concat", {"field": "Place", "fields": "GeoX;GeoY", "separator": "/"}),
            patch=table("patch", {"field": "Notes", "pattern": "x", "value": "y"}),
            filter=table("filter", {"field": "Hectares", "pattern": "^(?!12)"}),
            transform=table(
                "transform",
                {"field": "SiteReference", "replacement-field": "reference"},
                {"field": "SiteReference", "replacement-field": "name"},
                {"field": "OrganisationURI", "replacement-field": "organisation"},
                {"field": "LastUpdatedDate", "replacement-field": "entry-date"},
                {"field": "Notes", "replacement-field": "notes"},
                {"field": "Place", "replacement-field": "site-address"},
            ),
        )
    )
