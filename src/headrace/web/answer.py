"""The documents that the API answers with, as bytes that are ready to send."""

from typing import Any, Final

from fastapi import Response

from headrace.publish.media_types import MEDIA_TYPES
from headrace.web.problem import PROBLEM_MEDIA_TYPE


class JSONDocument(Response):
    """JSON in UTF-8."""

    media_type = MEDIA_TYPES[".json"]


class GeoJSONDocument(Response):
    """GeoJSON (RFC 7946)."""

    media_type = MEDIA_TYPES[".geojson"]


_PROBLEM_SCHEMA: Final[dict[str, object]] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in sentences."},
        "instance": {"type": "string", "description": "The path that was asked for."},
        "errors": {
            "type": "array",
            "description": "What is wrong with each parameter.",
            "items": {
                "type": "object",
                "required": ["parameter", "problem"],
                "properties": {
                    "parameter": {"type": "string"},
                    "problem": {"type": "string"},
                    "got": {"type": "string"},
                    "suggestion": {"type": "string", "description": "What may have been meant."},
                },
            },
        },
    },
}

PROBLEM_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {  # the type that FastAPI declares
    status: {"description": description, "content": {PROBLEM_MEDIA_TYPE: {"schema": _PROBLEM_SCHEMA}}}
    for status, description in (
        (404, "There is no such thing."),
        (422, "A parameter is unknown or cannot be used; nothing was searched."),
        (503, "Nothing has been published yet."),
    )
}
"""How the API description tells of problems."""
