"""Datasette over the release."""

import httpx2
import pytest


def test_databases_are_named_after_datasets(web: httpx2.Client) -> None:
    """Each dataset is a database of its name, and the record of processing is one more."""
    names = [database["name"] for database in web.get("/datasette/-/databases.json").json()]

    assert ["brownfield-land", "conservation-area", "record", "tree"] == sorted(names)


def test_sql_is_answered(web: httpx2.Client) -> None:
    """A query in the address is answered, as users of the existing Datasette write it."""
    answer = web.get("/datasette/tree.json", params={"sql": "select count(*) as n from entity", "_shape": "array"})

    assert [{"n": 2}] == answer.json()


@pytest.mark.parametrize(
    "address",
    [
        "/datasette/",
        "/datasette/conservation-area",
        "/datasette/conservation-area/entity",
        "/datasette/conservation-area/entity/44000001",
        "/datasette/record/source",
    ],
)
def test_pages_link_within_the_mount(web: httpx2.Client, address: str) -> None:
    """Pages are there, and their links keep to the explorer."""
    page = web.get(address)

    assert 200 == page.status_code
    assert 'href="/datasette/' in page.text
    assert 'href="/-/' not in page.text


def test_nothing_can_be_written(web: httpx2.Client) -> None:
    """A statement that would write is refused."""
    assert 400 == web.get("/datasette/tree.json", params={"sql": "delete from entity"}).status_code
