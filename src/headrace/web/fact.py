"""Routes of facts: who says what of an entity, and how each fact came here."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from headrace.store.lake import Lake
from headrace.web.answer import JSONDocument
from headrace.web.fact_page import describe_fact
from headrace.web.field_choice import split_fields
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.parameter_fault import unknown_value
from headrace.web.parameters import Number, Parameters, Text
from headrace.web.problem import not_found, unusable
from headrace.web.query.entity import find_document
from headrace.web.query.fact import SourcedFact, find_fact, read_facts
from headrace.web.query.vocabulary import read_vocabulary
from headrace.web.released import ReleasedRoute
from headrace.web.shelf import Reader

router = APIRouter(route_class=ReleasedRoute)

FactHash = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of what is said, in hexadecimal.")]


class FactParameters(Parameters):
    """The parameters of a search for facts."""

    dataset: Text = Field(description="The dataset of the entity.")
    entity: Number = Field(description="The number of the entity.")
    field: list[Text] = Field([], description="Fields of the facts; commas or repeats.")


class OneFactParameters(Parameters):
    """The parameters of one fact."""

    dataset: Text = Field(description="The dataset of the fact.")


@router.get("/fact.json", response_class=JSONDocument, tags=["fact"], summary="The facts of an entity, as JSON")
def answer_facts_json(wanted: Annotated[FactParameters, Query()], reader: Lent) -> Response:
    """Facts by field, those entered last first; each with every resource that states it."""
    _check_dataset(reader, wanted.dataset)
    facts = read_facts(reader, wanted.dataset, wanted.entity, split_fields(wanted.field))
    return JSONDocument(orjson.dumps([_say(reader, fact) for fact in facts]))


@router.get("/fact/{fact}.json", response_class=JSONDocument, tags=["fact"], summary="One fact as JSON")
def answer_fact_json(fact: FactHash, wanted: Annotated[OneFactParameters, Query()], reader: Lent) -> Response:
    """The fact of that hash."""
    return JSONDocument(orjson.dumps(_say(reader, _find(reader, wanted.dataset, fact))))


@router.get("/fact/{fact}", include_in_schema=False)
def show_fact(
    request: Request, fact: FactHash, wanted: Annotated[OneFactParameters, Query()], reader: Lent
) -> Response:
    """The page of a fact: how each row came to say it, and whether it holds."""
    found = _find(reader, wanted.dataset, fact)
    page = describe_fact(reader, Lake(request.app.state.lake_root), wanted.dataset, found)
    return render_page(request, "fact.html", {"page": page})


def _find(reader: Reader, dataset: str, fact: str) -> SourcedFact:
    _check_dataset(reader, dataset)
    found = find_fact(reader, dataset, fact)
    if found is None:
        raise not_found(f"The dataset {dataset!r} has no fact {fact}.")
    return found


def _check_dataset(reader: Reader, dataset: str) -> None:
    known = [name for name in read_vocabulary(reader).datasets if reader.has_dataset(name)]
    if dataset not in known:
        raise unusable(unknown_value("dataset", dataset, "dataset", known))


def _say(reader: Reader, fact: SourcedFact) -> dict[str, object]:
    document = find_document(reader, fact.entity)
    entity = {} if document is None else orjson.loads(document)
    dates = sorted(each.entry_date for each in fact.statements if each.entry_date)
    return {
        "fact": fact.fact,
        "entity": fact.entity,
        "reference-entity": "" if fact.reference_entity is None else fact.reference_entity,
        "field": fact.field,
        "value": fact.value,
        "entity-name": entity.get("name", ""),
        "entity-prefix": entity.get("prefix", ""),
        "entity-reference": entity.get("reference", ""),
        "earliest-entry-date": dates[0] if dates else "",
        "latest-entry-date": dates[-1] if dates else "",
        "latest-resource": fact.statements[0].resource if fact.statements else "",
        "resources": [
            {"resource": each.resource, "entry-number": each.entry_number, "entry-date": each.entry_date or ""}
            for each in fact.statements
        ],
    }
