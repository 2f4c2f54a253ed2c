"""Routes of datasets."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from headrace.web.answer import JSONDocument
from headrace.web.dataset_page import describe_dataset
from headrace.web.field_choice import FieldChoice, split_fields
from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.parameter_fault import unknown_value
from headrace.web.parameters import Parameters, Text
from headrace.web.problem import not_found, unusable
from headrace.web.query.dataset import find_dataset_document, list_datasets, read_dataset_documents
from headrace.web.released import ReleasedRoute

router = APIRouter(route_class=ReleasedRoute)


class DatasetParameters(Parameters):
    """The parameters of the list of datasets."""

    dataset: list[Text] = Field([], description="Only these datasets.")
    field: list[Text] = Field([], description="Fields to answer with, besides `dataset`; commas or repeats.")
    exclude_field: list[Text] = Field([], description="Fields to leave out; commas or repeats.")
    include_typologies: bool = Field(True, description="Whether to answer the datasets by typology as well.")


@router.get("/dataset.json", response_class=JSONDocument, tags=["dataset"], summary="Every dataset, as JSON")
def answer_datasets_json(wanted: Annotated[DatasetParameters, Query()], reader: Lent) -> Response:
    """Every dataset, by name, and again by typology."""
    documents = read_dataset_documents(reader)
    unknown = [name for name in wanted.dataset if name not in documents]
    if unknown:
        raise unusable(*(unknown_value("dataset", name, "dataset", documents) for name in unknown))
    choice = _read_choice(wanted)
    datasets = [orjson.loads(documents[name]) for name in wanted.dataset or sorted(documents)]
    said: dict[str, object] = {"datasets": [choice.choose(dataset) for dataset in datasets]}
    if wanted.include_typologies:
        typologies: dict[str, dict[str, list[object]]] = {}
        for dataset in datasets:
            typologies.setdefault(dataset["typology"], {"dataset": []})["dataset"].append(choice.choose(dataset))
        said["typologies"] = typologies
    return JSONDocument(orjson.dumps(said))


@router.get("/dataset/{dataset}.json", response_class=JSONDocument, tags=["dataset"], summary="One dataset as JSON")
def answer_dataset_json(dataset: str, reader: Lent) -> Response:
    """What the specification says of a dataset, and how many entities it has."""
    document = find_dataset_document(reader, dataset)
    if document is None:
        raise not_found(f"There is no dataset {dataset!r}.")
    return JSONDocument(document)


@router.get("/dataset/", include_in_schema=False)
def show_datasets(request: Request, reader: Lent) -> Response:
    """The list of datasets."""
    return render_page(request, "datasets.html", {"datasets": list_datasets(reader)})


@router.get("/dataset/{dataset}", include_in_schema=False)
def show_dataset(request: Request, dataset: str, reader: Lent) -> Response:
    """The page of a dataset: what it is, how good it is, and how to get it."""
    document = find_dataset_document(reader, dataset)
    if document is None:
        raise not_found(f"There is no dataset {dataset!r}.")
    page = describe_dataset(reader, dataset, orjson.loads(document), str(request.base_url).rstrip("/"))
    return render_page(request, "dataset.html", {"dataset": page})


def _read_choice(wanted: DatasetParameters) -> FieldChoice:
    fields = split_fields(wanted.field)
    return FieldChoice(frozenset(fields) if fields else None, frozenset(split_fields(wanted.exclude_field)), "dataset")
