"""Links from one page of an answer to the others."""

from collections.abc import Sequence
from urllib.parse import urlencode


def make_links(
    address: str, parameters: Sequence[tuple[str, str]], count: int, limit: int, offset: int
) -> dict[str, str]:
    """Addresses of the `first`, `last`, `next` and `prev` pages, those that there are; none when one page holds all.

    `parameters` are those of the request, in order; `last` is the last page that has something on it.
    """
    if count <= limit:
        return {}
    last = (count - 1) // limit * limit
    offsets = {"first": 0, "last": last}
    if offset + limit < count:
        offsets["next"] = offset + limit
    if offset > 0:
        offsets["prev"] = min(max(offset - limit, 0), last)
    return {name: page_address(address, parameters, limit, start) for name, start in offsets.items()}


def page_address(address: str, parameters: Sequence[tuple[str, str]], limit: int, offset: int) -> str:
    """The address of the page that starts at an offset."""
    kept = [(name, value) for name, value in parameters if value and name != "offset"]
    if all(name != "limit" for name, _ in kept):
        kept.append(("limit", str(limit)))
    if offset:
        kept.append(("offset", str(offset)))
    return f"{address}?{urlencode(kept)}"
