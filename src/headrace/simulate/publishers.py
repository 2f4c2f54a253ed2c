"""The organisations of the small England: invented names and codes, at places where nothing else is claimed."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Publisher:
    """An organisation that publishes, or once did.

    Attributes:
        code: its reference within `prefix`.
        name: what it calls itself.
        kind: its kind in the addresses of opendatacommunities.org; "" for none.
        authority_type: the code of its kind of local authority; "" for none.
        statistical_geography: an invented code of the form that the Office for National Statistics uses.
        easting, northing: the middle of its area, metres of the British National Grid; 0 where it has none.
        reference_pattern: how it numbers brownfield sites.
        entity: its own entity number.
        prefix: the dataset it belongs to.
        ended_on: ISO date on which it ceased to be.
    """

    code: str
    name: str
    kind: str
    authority_type: str
    statistical_geography: str
    easting: int
    northing: int
    reference_pattern: str
    entity: int
    prefix: str = "local-authority"
    ended_on: str | None = None

    @property
    def organisation(self) -> str:
        """Its CURIE, for example `local-authority:ALD`."""
        return f"{self.prefix}:{self.code}"

    @property
    def slug(self) -> str:
        """Its name in addresses: the words before what kind of body it is."""
        short = self.name
        for kind in (" Borough", " District", " City", " Metropolitan", " Council", " National", " Survey"):
            short = short.partition(kind)[0]
        return short.lower().replace(" ", "-")

    @property
    def website(self) -> str:
        """Its home page, in the domain that is reserved for examples (RFC 2606)."""
        return f"https://www.{self.slug}.example"

    @property
    def opendatacommunities_uri(self) -> str:
        """The address by which registers name it; "" for none."""
        return f"http://opendatacommunities.org/id/{self.kind}/{self.slug}" if self.kind else ""


def _district(code: str, name: str, number: int, easting: int, northing: int, pattern: str) -> Publisher:
    geography = f"E07999{number:03d}"
    return Publisher(code, name, "district-council", "NMD", geography, easting, northing, pattern, 19800 + number)


def _unitary(code: str, name: str, number: int, easting: int, northing: int, pattern: str) -> Publisher:
    geography = f"E06999{number:03d}"
    return Publisher(code, name, "unitary-authority", "UA", geography, easting, northing, pattern, 19800 + number)


def _metropolitan(code: str, name: str, number: int, easting: int, northing: int, pattern: str) -> Publisher:
    geography, kind = f"E08999{number:03d}", "metropolitan-district-council"
    return Publisher(code, name, kind, "MD", geography, easting, northing, pattern, 19800 + number)


PUBLISHERS: Final[tuple[Publisher, ...]] = (
    _district("ALD", "Aldermere Borough Council", 1, 451000, 302000, "ALD/BLR/{:03d}"),
    _district("BKF", "Brackenford District Council", 2, 387000, 255000, "BR{:02d}-19"),
    _district("CRD", "Carrowdale Borough Council", 3, 372000, 412000, "{:03d}"),
    _district("DHT", "Dunholt District Council", 4, 502000, 371000, "DHT-{:04d}"),
    _unitary("EMH", "Eastmarsh City Council", 5, 562000, 304000, "BFR.{}"),
    _district("FRL", "Fernleigh District Council", 6, 531000, 131000, "SHLAA {:03d}"),
    _unitary("GWR", "Greywater Council", 7, 433000, 563000, "GW{:03d}"),
    _district("HXC", "Hexcombe District Council", 8, 291000, 103000, "HX/{:02d}/BF"),
    _district("IGB", "Inglebrook Borough Council", 9, 471000, 169000, "{}"),
    _metropolitan("KDY", "Kelderby Metropolitan Borough Council", 10, 441000, 431000, "KBR{:04d}"),
    _unitary("LKS", "Larkstone Council", 11, 612000, 243000, "LK-BL-{:03d}"),
    _district("MTH", "Millthorne District Council", 12, 336000, 301000, "MT{:03d}"),
    _district("NWV", "Norwick Vale District Council", 13, 479000, 489000, "NV_{:03d}"),
    _district("OSY", "Ostrey Borough Council", 14, 421000, 121000, "OBC{:03d}"),
    _metropolitan("QBK", "Quarrybank Metropolitan Borough Council", 15, 398000, 291000, "Q{:03d}"),
    _district("THB", "Thornby District Council", 16, 461000, 231000, "TH{:03d}"),
    Publisher(
        "VNM",
        "Vennmoor National Park Authority",
        "national-park-authority",
        "",
        "E26999017",
        411000,
        381000,
        "VM{:02d}",
        19817,
        prefix="national-park-authority",
    ),
    Publisher(
        "WDN",
        "Westerdown District Council",
        "district-council",
        "NMD",
        "E07999018",
        431000,
        141000,
        "WD{:03d}",
        19818,
        ended_on="2021-03-31",
    ),
    Publisher("NHV", "National Heritage Survey", "", "", "", 0, 0, "", 19819, prefix="government-organisation"),
)
"""Every organisation, councils first."""


def find_publisher(code: str) -> Publisher:
    """The publisher of that code; KeyError if there is none."""
    for publisher in PUBLISHERS:
        if publisher.code == code:
            return publisher
    raise KeyError(code)
