"""Routes of downloads: the files of a release as they are."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from headrace.web.lending import Lent
from headrace.web.page import render_page
from headrace.web.problem import not_found
from headrace.web.released import CACHE_CONTROL

router = APIRouter()

_FOR_EVER: Final = "public, max-age=31536000, immutable"


@router.get("/download/", include_in_schema=False)
def show_downloads(request: Request, reader: Lent) -> Response:
    """Every file of the release."""
    return render_page(request, "downloads.html", {"artefacts": reader.release.artefacts})


@router.get("/download/{name:path}", tags=["download"], summary="A file of the release")
def download(request: Request, name: str, reader: Lent, sha256: str | None = None) -> Response:
    """The bytes of an artefact, or a range of them.

    The `ETag` is their SHA-256. An address with `sha256` names bytes that never change and may be kept for ever; it is
    not found once the live release has others under that name.
    """
    try:
        artefact = reader.release.artefact(name)
    except KeyError:
        raise not_found(f"The release has no file {name!r}; /download/ lists those it has.") from None
    if sha256 not in (None, artefact.sha256):
        raise not_found(f"The file {name!r} has other bytes in this release: their SHA-256 is {artefact.sha256}.")
    tag = f'"{artefact.sha256}"'
    headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL if sha256 is None else _FOR_EVER}
    if tag in (each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    return FileResponse(
        reader.path(name), headers=headers, media_type=artefact.media_type, filename=name.rsplit("/", 1)[-1]
    )
