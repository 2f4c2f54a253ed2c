"""CURIEs over HTTP."""

import httpx2
import pytest


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/curie/conservation-area:CA1", "/entity/44000001"),
        ("/curie/conservation-area:CA1.json", "/entity/44000001.json"),
        ("/curie/conservation-area:CA1.geojson", "/entity/44000001.geojson"),
        ("/curie/conservation-area:WCA/1", "/entity/44000010"),
        ("/curie/conservation-area:WCA/1.json", "/entity/44000010.json"),
        ("/curie/conservation-area/reference/CA2", "/entity/44000002"),
        ("/prefix/tree:T1.json", "/entity/7000001.json"),
        ("/prefix/tree/reference/T1", "/entity/7000001"),
    ],
)
def test_curie_leads_to_its_entity(web: httpx2.Client, address: str, location: str) -> None:
    """A CURIE is 303 to the entity, in the format that was asked for."""
    answer = web.get(address)

    assert (303, location) == (answer.status_code, answer.headers["location"])


@pytest.mark.parametrize("address", ["/curie/tree:T9", "/curie/tree:T9.json", "/curie/tree:a:b"])
def test_unknown_curie_is_not_found(web: httpx2.Client, address: str) -> None:
    """A CURIE that no entity has is 404."""
    assert 404 == web.get(address).status_code
