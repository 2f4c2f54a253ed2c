"""Facts over HTTP."""

import httpx2


def facts(web: httpx2.Client, query: str) -> httpx2.Response:
    return web.get(f"/fact.json?{query}")


def test_facts_have_their_sources(web: httpx2.Client) -> None:
    """A fact has the entity it is about and every resource that states it, the latest first."""
    found = facts(web, "dataset=conservation-area&entity=44000001&field=reference").json()

    assert 1 == len(found)
    fact = found[0]
    assert ("reference", "CA1", "Mill Street") == (fact["field"], fact["value"], fact["entity-name"])
    assert ("2021-01-01", "2024-05-01") == (fact["earliest-entry-date"], fact["latest-entry-date"])
    assert ["2024-05-01", "2021-01-01"] == [each["entry-date"] for each in fact["resources"]]
    assert fact["latest-resource"] == fact["resources"][0]["resource"]


def test_all_fields_come_without_field(web: httpx2.Client) -> None:
    """Facts of every field come in order of field; what did not win is among them."""
    found = facts(web, "dataset=conservation-area&entity=44000001").json()

    fields = [fact["field"] for fact in found]
    assert sorted(fields) == fields
    assert ["Mill Street", "Mill St"] == [fact["value"] for fact in found if fact["field"] == "name"]


def test_one_fact_is_the_one_of_the_list(web: httpx2.Client) -> None:
    """A fact is described the same alone and in the list."""
    listed = facts(web, "dataset=tree&entity=7000001&field=species").json()

    assert listed == [web.get(f"/fact/{listed[0]['fact']}.json?dataset=tree").json()]


def test_nothing_is_known_of_an_unknown_entity(web: httpx2.Client) -> None:
    """An entity without facts has an empty list."""
    assert [] == facts(web, "dataset=tree&entity=1").json()


def test_parameters_are_checked(web: httpx2.Client) -> None:
    """The dataset must be one that is published; both parameters must be there."""
    assert "tree" == facts(web, "dataset=trees&entity=1").json()["errors"][0]["suggestion"]
    missing = {fault["parameter"] for fault in facts(web, "").json()["errors"]}
    assert {"dataset", "entity"} == missing


def test_unknown_fact_is_not_found(web: httpx2.Client) -> None:
    """A hash that no fact has is 404; what is no hash is 422."""
    assert 404 == web.get(f"/fact/{'0' * 64}.json?dataset=tree").status_code
    assert 422 == web.get("/fact/xyz.json?dataset=tree").status_code
