"""The front page."""

from fastapi import APIRouter, Request, Response

from headrace.web.page import render_page
from headrace.web.query.dataset import list_datasets
from headrace.web.released import ReleasedRoute
from headrace.web.shelf import Reader

router = APIRouter(route_class=ReleasedRoute)


@router.get("/", include_in_schema=False)
def show_front(request: Request) -> Response:
    """What there is, how fresh it is, and a box to search it; before the first release, that there is none."""
    reader: Reader | None = request.state.reader
    if reader is None:
        return render_page(request, "nothing.html")
    datasets = [dataset for dataset in list_datasets(reader) if dataset.entity_count]
    return render_page(
        request,
        "front.html",
        {
            "datasets": datasets,
            "entity_count": sum(dataset.entity_count for dataset in datasets),
            "fact_count": sum(summary.facts for summary in reader.release.datasets),
            "resource_count": sum(summary.resources for summary in reader.release.datasets),
        },
    )
