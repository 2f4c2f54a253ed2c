"""The brownfield land registers of the small England: their forms, their slips and their faults."""

from functools import partial
from typing import Final

from headrace.simulate import faults, slips
from headrace.simulate.edition import Edition
from headrace.simulate.formats import csv_bytes, pdf
from headrace.simulate.position import in_grid_metres, in_mislabelled_metres, in_swapped_degrees
from headrace.simulate.publication import CSV, Publication, Rule, columns, register
from headrace.simulate.publishers import find_publisher
from headrace.simulate.registers import BROWNFIELD_LAND
from headrace.simulate.table import STANDARD_OF_2017, Table
from headrace.simulate.workbook import workbook

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SILENCE_SECONDS: Final = 4.0
"""How long the silent server says nothing."""

NOBODY: Final = "http://127.0.0.1:9"
"""Where nobody listens: the discard port."""

MISSPELT: Final = {
    "OrganisationURI": "OrganistionURI",
    "SiteReference": "Site Ref",
    "NetDwellingsRangeFrom": "NetDwelllingsRangeFrom",
    "HazardousSubstances": "HazardousSubtances",
}
"""Field → how a council spells it."""


def _one_sheet(table: Table) -> bytes:
    return workbook({"Register": table})


def _two_sheets(table: Table) -> bytes:
    deleted = Table(("Reference", "Why it was deleted"), (("GW900", "Built out in 2021"), ("GW901", "Withdrawn")))
    return workbook({"BrownfieldLandRegister": table, "Deleted Sites": deleted})


def _document(edition: Edition) -> bytes:
    return pdf([edition.publisher.name, *(f"{site.reference}  {site.address}" for site in edition.sites)])


BROWNFIELD_PUBLICATIONS: Final[tuple[Publication, ...]] = (
    Publication(
        find_publisher("ALD"),
        BROWNFIELD_LAND,
        "/aldermere/brownfield-land-register.csv",
        CSV,
        register(),
        changes=True,
    ),
    Publication(
        find_publisher("BKF"),
        BROWNFIELD_LAND,
        "/brackenford/downloads/Brownfield%20Register%202019.csv",
        "application/octet-stream",
        register(
            slips.british_dates,
            slips.spelt_nothing,
            standard=STANDARD_OF_2017,
            position=in_grid_metres,
            to=partial(csv_bytes, encoding="cp1252"),
        ),
        changes=True,
    ),
    Publication(
        find_publisher("CRD"),
        BROWNFIELD_LAND,
        "/carrowdale/media/1432/brownfield.xlsx",
        WORKBOOK,
        register(to=_one_sheet),
        changes=True,
    ),
    Publication(
        find_publisher("DHT"),
        BROWNFIELD_LAND,
        "/dunholt/opendata?id=17&format=csv",
        CSV,
        register(slips.renamed(MISSPELT), to=partial(csv_bytes, encoding="utf-8-sig", delimiter=";")),
        rules=columns(MISSPELT),
    ),
    Publication(
        find_publisher("EMH"),
        BROWNFIELD_LAND,
        "/eastmarsh/blr/part1.csv",
        CSV,
        register(
            slips.blank_rows,
            slips.hint_row,
            standard=STANDARD_OF_2017,
            position=in_swapped_degrees,
        ),
        fault=faults.too_many_once,
    ),
    Publication(
        find_publisher("FRL"),
        BROWNFIELD_LAND,
        "/fernleigh/planning/brownfield-register-live.csv",
        f"{CSV}; charset=utf-8",
        register(
            slips.twice_the_same_reference,
            slips.without_references("SiteReference"),
            slips.careless_values,
            slips.unknown_columns,
        ),
    ),
    Publication(
        find_publisher("GWR"),
        BROWNFIELD_LAND,
        "/greywater/documents/s1234/register",
        WORKBOOK,
        register(
            slips.british_dates,
            standard=STANDARD_OF_2017,
            position=in_mislabelled_metres,
            to=_two_sheets,
        ),
    ),
    Publication(
        find_publisher("HXC"),
        BROWNFIELD_LAND,
        "/hexcombe/brownfield-register-2021.csv",
        CSV,
        register(slips.british_dates),
        fault=faults.not_found,
        repaired=True,
    ),
    Publication(
        find_publisher("IGB"),
        BROWNFIELD_LAND,
        "/inglebrook/api/brownfield",
        CSV,
        register(slips.short_dates),
        fault=faults.server_error_once,
    ),
    Publication(
        find_publisher("KDY"),
        BROWNFIELD_LAND,
        "/kelderby/brownfield-register.csv",
        CSV,
        register(),
        fault=faults.web_page,
        documentation="/kelderby/planning/brownfield-land",
        successor="/kelderby/media/4711/brownfield-land-register.csv",
    ),
    Publication(
        find_publisher("LKS"),
        BROWNFIELD_LAND,
        "/larkstone/committee/brownfield-register.pdf",
        "application/pdf",
        _document,
    ),
    Publication(
        find_publisher("MTH"),
        BROWNFIELD_LAND,
        "/millthorne/brownfield.csv",
        CSV,
        register(),
        fault=faults.broken_off,
    ),
    Publication(
        find_publisher("NWV"),
        BROWNFIELD_LAND,
        "/norwick-vale/brownfield.csv",
        CSV,
        register(),
        origin=NOBODY,
    ),
    Publication(
        find_publisher("OSY"),
        BROWNFIELD_LAND,
        "/ostrey/slow/brownfield.csv",
        CSV,
        register(),
        fault=faults.silent(SILENCE_SECONDS),
    ),
    Publication(
        find_publisher("QBK"),
        BROWNFIELD_LAND,
        "/quarrybank/Brownfield_Land_Register.csv",
        CSV,
        register(slips.short_dates, slips.nowhere, to=partial(csv_bytes, encoding="cp1252", line_end="\r")),
    ),
    Publication(
        find_publisher("THB"),
        BROWNFIELD_LAND,
        "/thornby/register/thornby%20brownfield.csv",
        CSV,
        register(slips.padded, slips.impossible_dates, slips.unnamed_organisation, slips.lines_in_cells),
        rules=(
            Rule(
                "default-value",
                {"field": "OrganisationURI", "value": find_publisher("THB").opendatacommunities_uri},
            ),
        ),
    ),
    Publication(
        find_publisher("VNM"),
        BROWNFIELD_LAND,
        "/vennmoor/brownfield.txt",
        "text/plain",
        register(
            slips.wrong_organisation("http://www.vennmoor.example/planning"), to=partial(csv_bytes, delimiter="\t")
        ),
        rules=(
            Rule(
                "patch",
                {
                    "field": "OrganisationURI",
                    "pattern": r"^http://www\.vennmoor\.example.*$",
                    "value": find_publisher("VNM").opendatacommunities_uri,
                },
            ),
        ),
    ),
    Publication(
        find_publisher("WDN"),
        BROWNFIELD_LAND,
        "/westerdown/brownfield-register-2020.csv",
        CSV,
        register(),
        ended_on="2021-04-30",
    ),
)
