"""The parameters of a search, as they may be written in an address."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from headrace.web.parameter_fault import refuse_unknown

MOST_ENTITIES: Final = 500
"""The most entities that one page of an answer holds."""

_LARGEST: Final = 2**63 - 1

Number = Annotated[int, Field(ge=1, le=_LARGEST)]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]


def _check_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_check_day)]


class Period(StrEnum):
    """Whether entities that have ended are wanted."""

    ALL = "all"
    CURRENT = "current"
    HISTORICAL = "historical"


class Match(StrEnum):
    """How a date is compared with the day, month or year that was given."""

    MATCH = "match"
    BEFORE = "before"
    SINCE = "since"
    EMPTY = "empty"


class Parameters(BaseModel):
    """What all parameters have in common: an unknown name is refused, and a blank value is no value."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _tidy(cls, given: dict[str, Any]) -> dict[str, Any]:  # values are of any type before validation
        refuse_unknown(given, [field.alias or name for name, field in cls.model_fields.items()])
        tidy = {
            name: [each for each in value if each != ""] if isinstance(value, list) else value
            for name, value in given.items()
        }
        return {name: value for name, value in tidy.items() if value not in ("", [])}


class SearchParameters(Parameters):
    """The parameters of a search for entities.

    Values of one parameter are alternatives; all parameters must hold. Source: the existing platform's API, where each
    has the same name and meaning except as said here.
    """

    q: Text | None = Field(None, description="Words of a name or a reference; the last may be unfinished.")
    typology: list[Text] = Field([], description="For example `geography`.")
    dataset: list[Text] = Field([], description="For example `conservation-area`.")
    prefix: list[Text] = Field([], description="The namespace of references; usually the name of the dataset.")
    reference: list[Text] = Field([], description="The publisher's reference.")
    curie: list[Text] = Field([], description="`prefix:reference`.")
    quality: list[Text] = Field([], description="`authoritative` or `some`.")
    entity: list[Number] = Field([], description="Entity numbers.")
    organisation_entity: list[Number] = Field([], description="Entity numbers of organisations.")
    organisation: list[Text] = Field([], description="Organisations, for example `local-authority:LBH`.")
    period: list[Period] = Field([], description="`current`: not ended; `historical`: ended. All by default.")

    entry_date: Day | None = Field(None, description="Exactly this day, ISO.")
    entry_date_year: int | None = Field(None, ge=1, le=9999)
    entry_date_month: int | None = Field(None, ge=1, le=12)
    entry_date_day: int | None = Field(None, ge=1, le=31)
    entry_date_match: Match | None = Field(None, description="`since` and `match` include the day, `before` does not.")
    start_date: Day | None = Field(None, description="Exactly this day, ISO.")
    start_date_year: int | None = Field(None, ge=1, le=9999)
    start_date_month: int | None = Field(None, ge=1, le=12)
    start_date_day: int | None = Field(None, ge=1, le=31)
    start_date_match: Match | None = Field(None, description="As `entry_date_match`.")
    end_date: Day | None = Field(None, description="Exactly this day, ISO.")
    end_date_year: int | None = Field(None, ge=1, le=9999)
    end_date_month: int | None = Field(None, ge=1, le=12)
    end_date_day: int | None = Field(None, ge=1, le=31)
    end_date_match: Match | None = Field(None, description="As `entry_date_match`.")

    longitude: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False, description="Degrees, WGS 84.")
    latitude: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False, description="Degrees, WGS 84.")
    geometry: list[Annotated[str, Field(max_length=1_000_000)]] = Field([], description="Areas as WKT, WGS 84.")
    geometry_entity: list[Number] = Field([], description="Entities whose geometry is used.")
    geometry_reference: list[Text] = Field([], description="References of entities whose geometry is used.")
    geometry_curie: list[Text] = Field([], description="`prefix:reference` of entities whose geometry is used.")
    geometry_relation: Literal[
        "within",
        "equals",
        "disjoint",
        "intersects",
        "touches",
        "contains",
        "covers",
        "coveredby",
        "overlaps",
        "crosses",
    ] = Field("within", description="How an entity lies to the geometry: `within` it, and so on.")

    field: list[Text] = Field([], description="Fields to answer with, besides `entity`; commas or repeats.")
    exclude_field: list[Text] = Field([], description="Fields to leave out; commas or repeats.")
    limit: int = Field(10, ge=1, le=MOST_ENTITIES, description="Entities on a page.")
    offset: int = Field(0, ge=0, le=_LARGEST, description="Entities before the page.")
