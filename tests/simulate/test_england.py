"""The small England, asked as anybody would."""

import socket
from hashlib import sha256

import httpx2
import pytest

from headrace.simulate import faults
from headrace.simulate.brownfield_publications import NOBODY, SILENCE_SECONDS
from headrace.simulate.england import England
from headrace.simulate.publication import Publication
from headrace.simulate.publications import PUBLICATIONS
from headrace.simulate.registers import BROWNFIELD_LAND, CONSERVATION_AREA


def _publication(code: str, dataset: str) -> Publication:
    (found,) = (each for each in PUBLICATIONS if (each.publisher.code, each.dataset) == (code, dataset))
    return found


def _get(england: England, publication: Publication, **headers: str) -> httpx2.Response:
    return httpx2.get(england.url(publication), headers=headers, follow_redirects=True, timeout=1.0, trust_env=False)


SOUND = [each for each in PUBLICATIONS if each.fault is None and each.origin is None and each.plugin != "arcgis"]


def test_every_planning_authority_publishes_both_datasets() -> None:
    """No publisher is there for decoration, and there are enough of them to be a country."""
    publishers = {each.publisher.code for each in PUBLICATIONS}
    both = {
        code
        for code in publishers
        if {each.dataset for each in PUBLICATIONS if each.publisher.code == code}
        == {BROWNFIELD_LAND, CONSERVATION_AREA}
    }
    assert len(both) >= 14
    assert publishers - both == {"WDN", "NHV"}


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Two Englands of one seed differ in nothing, whatever their ports; those of two seeds do."""
    one, same, other = England(seed=7, port=0), England(seed=7, port=0), England(seed=8, port=0)
    for publication in PUBLICATIONS:
        for day in (1, 2):
            assert one.body(publication, day) == same.body(publication, day)
        assert one.body(publication) != other.body(publication)


def test_the_first_england_never_changes() -> None:
    """The bytes of seed 1 are those of every other machine: what is made of them can be compared."""
    england = England(port=0)
    digest = sha256(b"".join(england.body(publication, day) for publication in PUBLICATIONS for day in (1, 2)))
    assert digest.hexdigest() == "27d1e98f30fa33e6b09087de28ef25f559aeeaf8ef9b28119906247f6ec62896"


@pytest.mark.parametrize("publication", SOUND, ids=lambda each: each.path)
def test_what_is_sound_is_served(publication: Publication, england: England) -> None:
    """A publication without a fault is served whole, under its content type, wherever its server has moved it."""
    response = _get(england, publication)
    assert response.status_code == 200
    assert response.headers["content-type"] == publication.content_type
    assert response.content == england.body(publication)


def test_files_are_not_sent_twice(england: England) -> None:
    """A file carries a validator and is not sent to those who have it; what a service makes carries none."""
    file, service = _publication("ALD", BROWNFIELD_LAND), _publication("DHT", CONSERVATION_AREA)
    etag = _get(england, file).headers["etag"]
    assert _get(england, file, **{"If-None-Match": etag}).status_code == 304
    assert "etag" not in _get(england, service).headers


def test_a_night_changes_little(england: England) -> None:
    """On the second day some files have been worked on, some endpoints are repaired, and the rest is as it was."""
    first = {each.path: england.body(each) for each in PUBLICATIONS}
    england.second_day()
    changed = {each.path for each in PUBLICATIONS if england.body(each) != first[each.path]}
    worked_on = {each.path for each in PUBLICATIONS if each.changes}
    timed = {each.path for each in PUBLICATIONS if each.plugin == "wfs"}
    assert changed == worked_on | timed
    assert len(worked_on) == 5


def test_a_repaired_endpoint_answers_on_the_second_day(england: England) -> None:
    """What was missing, or answered with an error report, is there again."""
    lost, misasked = _publication("HXC", BROWNFIELD_LAND), _publication("HXC", CONSERVATION_AREA)
    assert _get(england, lost).status_code == 404
    assert _get(england, misasked).content == faults.SERVICE_REPORT
    england.second_day()
    assert _get(england, lost).content == england.body(lost)
    assert _get(england, misasked).content == england.body(misasked)


def test_faults_that_pass_come_back_every_day(england: England) -> None:
    """The server that stumbles at the first asking stumbles again the next night."""
    publication = _publication("IGB", BROWNFIELD_LAND)
    assert [_get(england, publication).status_code for _ in range(3)] == [500, 200, 200]
    england.second_day()
    assert [_get(england, publication).status_code for _ in range(2)] == [500, 200]


def test_a_busy_server_says_when_to_come_back(england: England) -> None:
    """The answer 429 carries the wait in seconds."""
    publication = _publication("EMH", BROWNFIELD_LAND)
    response = _get(england, publication)
    assert (response.status_code, response.headers["retry-after"]) == (429, "1")
    assert _get(england, publication).content == england.body(publication)


def test_a_body_can_break_off(england: England) -> None:
    """The connection ends before the announced length."""
    with pytest.raises(httpx2.RemoteProtocolError):
        _get(england, _publication("MTH", BROWNFIELD_LAND))


def test_a_server_can_be_silent(england: England) -> None:
    """It says nothing for longer than a second, and holds nobody up when the country stops."""
    assert SILENCE_SECONDS > 1
    with pytest.raises(httpx2.ReadTimeout):
        _get(england, _publication("OSY", BROWNFIELD_LAND))


def test_one_host_is_not_there(england: England) -> None:
    """Nobody listens where one council says that its register is."""
    publication = _publication("NWV", BROWNFIELD_LAND)
    assert england.url(publication) == NOBODY + publication.path
    with pytest.raises(httpx2.ConnectError):
        _get(england, publication)


def test_a_council_with_a_new_website_links_to_its_new_file(england: England) -> None:
    """Its old address is answered with a page; only the page about the data tells of the new one."""
    (moved,) = (each for each in PUBLICATIONS if each.successor)
    assert _get(england, moved).content == faults.NEW_WEBSITE
    page = httpx2.get(england.server.origin + moved.documentation, trust_env=False).text
    assert f'href="{moved.successor}"' in page
    file = httpx2.get(england.server.origin + moved.successor, trust_env=False)
    assert file.content == england.body(moved)


def test_what_is_not_published_is_not_found(england: England) -> None:
    """Any other path is a page that says so."""
    response = httpx2.get(f"{england.server.origin}/nothing", trust_env=False)
    assert response.status_code == 404
    assert b"<html" in response.content


def test_a_layer_is_served_page_by_page(england: England) -> None:
    """The map server gives five features at a time, and says that there are more."""
    url = england.url(_publication("EMH", CONSERVATION_AREA))
    about = httpx2.get(f"{url}?f=json", trust_env=False).json()
    page = httpx2.get(f"{url}/query?resultOffset=0&f=geojson", trust_env=False).json()
    assert about["maxRecordCount"] == len(page["features"]) == 5
    assert page["properties"]["exceededTransferLimit"]


def test_another_port_is_taken_where_the_usual_one_is_in_use() -> None:
    """A rehearsal does not fail because somebody else is rehearsing."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with England(port=port) as england:
            assert england.server.port != port
            assert _get(england, _publication("ALD", BROWNFIELD_LAND)).status_code == 200
