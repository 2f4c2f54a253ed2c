"""Whether the values of a column are of one datatype; blank cells are passed over."""

import re
from collections.abc import Callable, Mapping
from typing import Final

import orjson
import polars as pl
import shapely

from headrace.watch.expectation.evidence import Evidence
from headrace.watch.expectation.judgement import Judgement, judge_rows
from headrace.watch.expectation.parameters import Parameters, UnjudgeableError
from headrace.watch.expectation.rows import LINE, column

Check = Callable[[pl.Series], pl.Series]
"""Which of some texts, none blank, are of a datatype."""

CURIE: Final = r"[a-z0-9-]+:[^\s:;][^\s;]*"
URL: Final = r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/:?#]+(:[0-9]+)?([/?#]\S*)?"
POLYGONAL: Final = (
    shapely.GeometryType.POLYGON.value,
    shapely.GeometryType.MULTIPOLYGON.value,
    shapely.GeometryType.GEOMETRYCOLLECTION.value,
)


def _matches(pattern: str) -> Check:
    return lambda texts: texts.str.contains(f"^(?:{pattern})$")


def _is_number(least: float | None = None, most: float | None = None) -> Check:
    def check(texts: pl.Series) -> pl.Series:
        numbers = texts.cast(pl.Float64, strict=False)
        good = numbers.is_finite()
        if least is not None and most is not None:
            good &= numbers.is_between(least, most)
        return good.fill_null(value=False)

    return check


def _is_integer(texts: pl.Series) -> pl.Series:
    numbers = texts.cast(pl.Float64, strict=False)
    return (numbers.is_finite() & (numbers == numbers.floor())).fill_null(value=False)


def _one_by_one(read: Callable[[str], object]) -> Check:
    """Those that can be read without an error of the reader."""

    def can_be_read(text: str) -> bool:
        try:
            read(text)
        except (ValueError, re.error):
            return False
        return True

    return lambda texts: pl.Series([can_be_read(text) for text in texts], dtype=pl.Boolean)


def _is_shape(kinds: tuple[int, ...], *, geojson: bool) -> Check:
    def check(texts: pl.Series) -> pl.Series:
        shapes = shapely.from_wkt(texts.to_numpy(), on_invalid="ignore")
        if geojson:
            missing = shapely.is_missing(shapes)
            shapes[missing] = shapely.from_geojson(texts.to_numpy()[missing], on_invalid="ignore")
        good = shapely.is_valid(shapes) & pl.Series(shapely.get_type_id(shapes)).is_in(kinds).to_numpy()
        return pl.Series(good)

    return check


def _is_day(texts: pl.Series) -> pl.Series:
    return texts.str.to_date("%Y-%m-%d", strict=False).is_not_null()


_MOMENT: Final = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?"


def _is_moment(texts: pl.Series) -> pl.Series:
    minutes = texts.str.slice(0, 16).str.replace("T", " ", literal=True)
    moment = minutes.str.to_datetime("%Y-%m-%d %H:%M", strict=False).is_not_null()
    return _is_day(texts) | (moment & _matches(_MOMENT)(texts))


DATATYPES: Final[Mapping[str, Check]] = {
    "integer": _is_integer,
    "decimal": _is_number(),
    "flag": lambda texts: texts.str.to_lowercase().is_in(["yes", "no", "true", "false"]),
    "latitude": _is_number(-90, 90),
    "longitude": _is_number(-180, 180),
    "hash": _matches(r"([a-z0-9]+:)?[0-9a-fA-F]+"),
    "curie": _matches(CURIE),
    "curie-list": _matches(f"{CURIE}(;{CURIE})*"),
    "json": _one_by_one(orjson.loads),
    "url": _matches(URL),
    "date": _is_day,
    "datetime": _is_moment,
    "pattern": _one_by_one(re.compile),
    "multipolygon": _is_shape(POLYGONAL, geojson=True),
    "point": _is_shape((shapely.GeometryType.POINT.value,), geojson=False),
}
"""The datatypes that can be expected of a column."""


def expect_datatype(datatype: str) -> Callable[[Evidence, Parameters], Judgement]:
    """What finds the rows whose `field` is not of a datatype."""

    def judge(evidence: Evidence, parameters: Parameters) -> Judgement:
        return _judge(evidence, parameters.text("field"), DATATYPES[datatype], datatype)

    return judge


def expect_pattern(evidence: Evidence, parameters: Parameters) -> Judgement:
    """Find rows whose `field` does not match `pattern` from its beginning to its end."""
    try:
        pattern = re.compile(parameters.text("pattern"))
    except re.error as error:
        raise UnjudgeableError(f"the pattern cannot be read: {error}") from error

    def check(texts: pl.Series) -> pl.Series:
        return pl.Series([pattern.fullmatch(text) is not None for text in texts], dtype=pl.Boolean)

    return _judge(evidence, parameters.text("field"), check, "pattern")


def _judge(evidence: Evidence, field: str, check: Check, datatype: str) -> Judgement:
    given = evidence.rows.select(LINE, value=column(evidence.rows, field)).filter(pl.col("value") != "")
    wrong = given.filter(~check(given["value"])) if given.height else given
    rows = [
        {"line_number": line, "field": field, "datatype": datatype, "value": value} for line, value in wrong.iter_rows()
    ]
    return judge_rows(rows, f"have a {field} that is no {datatype}")
