"""Where a row of configuration applies: to one resource, to one endpoint, or in general."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from headrace.spec.table import Row, Table


@dataclass(frozen=True, slots=True, eq=False)
class Applicable:
    """The rows of one table that apply to one resource, by scope, each in the order of the file.

    Resources of which nothing in particular is said share one, so that what is made of it can be kept.
    """

    general: tuple[Row, ...]
    endpoint: tuple[Row, ...]
    resource: tuple[Row, ...]

    def narrowing(self) -> tuple[Row, ...]:
        """All of them, from the general to what is said of the endpoint, to what is said of the resource."""
        return self.general + self.endpoint + self.resource


@dataclass(frozen=True, slots=True)
class Scoped:
    """The rows of one table for one dataset, filed by scope.

    A row that names a resource applies to that resource; otherwise one that names an endpoint applies to what that
    endpoint serves; otherwise it applies to all.
    """

    table: Table
    general: Applicable
    by_endpoint: Mapping[str, tuple[Row, ...]]
    by_resource: Mapping[str, tuple[Row, ...]]

    def applicable(self, resource: str, endpoints: Collection[str]) -> Applicable:
        """The rows that apply to a resource served by these endpoints."""
        of_endpoints = tuple(row for endpoint in sorted(endpoints) for row in self.by_endpoint.get(endpoint, ()))
        of_resource = self.by_resource.get(resource, ())
        if not of_endpoints and not of_resource:
            return self.general
        return Applicable(self.general.general, of_endpoints, of_resource)


def file_by_scope(table: Table, dataset: str) -> Scoped:
    """The rows of a table that are for a dataset, or for any, filed by scope."""
    general: list[Row] = []
    by_endpoint: dict[str, list[Row]] = {}
    by_resource: dict[str, list[Row]] = {}
    for row in table.rows():
        if (row.get("dataset") or row.get("pipeline") or dataset) != dataset:
            continue
        if row.get("resource"):
            by_resource.setdefault(row["resource"], []).append(row)
        elif row.get("endpoint"):
            by_endpoint.setdefault(row["endpoint"], []).append(row)
        else:
            general.append(row)
    return Scoped(
        table,
        Applicable(tuple(general), (), ()),
        {endpoint: tuple(rows) for endpoint, rows in by_endpoint.items()},
        {resource: tuple(rows) for resource, rows in by_resource.items()},
    )
