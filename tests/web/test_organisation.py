"""Organisations over HTTP."""

import httpx2


def test_organisations_come_by_type(web: httpx2.Client) -> None:
    """The type is what comes before the colon; each has the fields of the existing API."""
    said = web.get("/organisation.json").json()["organisations"]

    assert ["development-corporation", "local-authority"] == sorted(said)
    assert ["local-authority:MIL", "local-authority:WEI"] == [each["organisation"] for each in said["local-authority"]]
    assert said["development-corporation"][0] == {
        "entry-date": "2020-01-01",
        "start-date": "1981-07-02",
        "end-date": "1998-03-31",
        "organisation": "development-corporation:Q999",
        "name": "Wharfside Development Corporation",
        "combined-authority": "",
        "entity": 903,
        "local-authority-type": "",
        "official-name": "",
        "region": "",
        "statistical-geography": "",
        "website": "",
    }


def test_page_leads_to_their_entities(web: httpx2.Client) -> None:
    """An organisation with entities leads to them; one that has ended says so."""
    page = web.get("/organisation/").text

    assert 'href="/entity/?organisation_entity=901"' in page
    assert "ended 31 March 1998" in page
