"""What expectations are judged on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely
from shapely.geometry.base import BaseGeometry

from headrace.watch.expectation.parameters import UnjudgeableError

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Places:
    """The entities that have a place.

    Attributes:
        entity, organisation: numbers; the organisation is -1 where there is none.
        shape, point: geometries in degrees, None where an entity has none of this kind.
        extent: the shape, or else the point; middle: the point, or else the centroid of the shape.
    """

    entity: npt.NDArray[np.int64]
    organisation: npt.NDArray[np.int64]
    shape: Shapes
    point: Shapes
    extent: Shapes
    middle: Shapes


class Evidence:
    """What may be looked at; what costs something to make is made once, when it is first asked for.

    Attributes:
        dataset: whose expectations they are.
        entity: the table `entity` of the dataset.
        active: columns `entity` and `organisation_entity` (Int64): which entities the files say something of that
            organisations publish now.
        today: the day of the night.
    """

    def __init__(
        self,
        dataset: str,
        entity: pl.DataFrame,
        active: pl.DataFrame,
        today: date,
        *,
        rows: Callable[[], pl.DataFrame],
        others: Mapping[str, Callable[[], pl.DataFrame]],
    ) -> None:
        """Take the tables, and what makes those that may not be needed.

        Args:
            dataset, entity, active, today: as the attributes.
            rows: makes the dataset as it is published: one row an entity, text columns with kebab-case names.
            others: by name, what makes tables of the same shape as `entity` of other datasets, and of text as they are
                configured: `local-planning-authority`, `plan-timetable`, `entity-organisation.csv`, …
        """
        self.dataset = dataset
        self.entity = entity
        self.active = active
        self.today = today
        self._make_rows = rows
        self._others = others
        self._boundaries: dict[str, BaseGeometry | None] = {}

    @cached_property
    def rows(self) -> pl.DataFrame:
        """The dataset as it is published, blank cells being "", with `#line`: the number of the row in its CSV file."""
        text = self._make_rows().with_columns(pl.all().cast(pl.String).fill_null("").str.strip_chars())
        return text.with_row_index("#line", offset=2)

    @cached_property
    def places(self) -> Places:
        """The entities that have a geometry or a point."""
        placed = self.entity.filter(pl.any_horizontal(pl.col("geometry", "point").replace("", None).is_not_null()))
        shape, point = _read_shapes(placed["geometry"]), _read_shapes(placed["point"])
        return Places(
            placed["entity"].to_numpy(),
            placed["organisation_entity"].fill_null(-1).to_numpy(),
            shape,
            point,
            extent=np.where(shapely.is_missing(shape), point, shape),
            middle=np.where(shapely.is_missing(point), shapely.centroid(shape), point),
        )

    def other(self, name: str) -> pl.DataFrame:
        """Another table.

        Raises:
            UnjudgeableError: it is not there.
        """
        if name not in self._others:
            raise UnjudgeableError(f"{name!r} is not available")
        return self._others[name]()

    def boundary(self, dataset: str, reference: str) -> BaseGeometry:
        """The geometry of the entity with a reference in another dataset, prepared for comparing.

        Raises:
            UnjudgeableError: there is no such dataset or entity, or it has no geometry.
        """
        key = f"{dataset}:{reference}"
        if key not in self._boundaries:
            found = self.other(dataset).filter(pl.col("reference") == reference)["geometry"].drop_nulls()
            shape = _read_shapes(found[:1])[0] if len(found) else None
            shapely.prepare(shape)
            self._boundaries[key] = shape
        boundary = self._boundaries[key]
        if boundary is None:
            raise UnjudgeableError(f"no boundary of {key} is known")
        return boundary


def _read_shapes(texts: pl.Series) -> Shapes:
    read: Shapes = shapely.from_wkt(texts.replace("", None).to_numpy(), on_invalid="ignore")
    return read
