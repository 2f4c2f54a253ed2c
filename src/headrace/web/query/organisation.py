"""Organisations: the bodies that publish."""

from dataclasses import dataclass

from headrace.web.shelf import Reader


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation in a list.

    Attributes:
        organisation: its CURIE, for example `local-authority:LBH`.
        entity: its number.
        name: its name.
        end_date: the day, ISO, it ended.
        entity_count: entities in the release that come from it.
    """

    organisation: str
    entity: int | None
    name: str
    end_date: str | None
    entity_count: int


def list_organisations(reader: Reader) -> list[OrganisationRow]:
    """Every organisation by name, with how much the release holds from it."""

    def work_out() -> list[OrganisationRow]:
        rows = reader.search.rows(
            "SELECT o.organisation, o.entity, o.name, o.end_date, coalesce(c.count, 0) FROM organisation o "
            "LEFT JOIN (SELECT organisation_entity, count(*) AS count FROM entity GROUP BY organisation_entity) c "
            "ON c.organisation_entity = o.entity ORDER BY o.name, o.organisation"
        )
        return [OrganisationRow(*row) for row in rows]

    return reader.memory.recall("organisations", work_out)


def read_organisation_documents(reader: Reader) -> list[tuple[str, bytes]]:
    """The CURIE and the JSON document of each organisation, by CURIE."""
    rows = reader.search.rows("SELECT organisation, document FROM organisation ORDER BY organisation")
    return [(row["organisation"], row["document"]) for row in rows]
