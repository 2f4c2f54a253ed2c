"""What a resource says, whatever its bytes."""

from pathlib import Path

import orjson
import pytest

from headrace.run.content import hash_resource
from headrace.run.reading import Reading

PLAIN = b"reference,name\n1,Here\n2,There\n"

SAME: dict[str, bytes] = {
    "the order of rows": b"reference,name\n2,There\n1,Here\n",
    "a byte order mark and other line ends": b"\xef\xbb\xbfreference,name\r\n1,Here\r\n2,There\r\n",
    "quotes": b'"reference","name"\n"1","Here"\n"2","There"\n',
    "the delimiter": b"reference;name\n1;Here\n2;There\n",
    "blank rows and columns": b"reference,name,\n1,Here,\n,,\n2,There,\n,,\n",
    "numbers that a server gives anew": b"OBJECTID,reference,name\n7,1,Here\n9,2,There\n",
}
OTHER: dict[str, bytes] = {
    "a value": b"reference,name\n1,Here\n2,Elsewhere\n",
    "a row more": PLAIN + b"3,Everywhere\n",
    "a row twice": PLAIN + b"2,There\n",
    "a row less": b"reference,name\n1,Here\n",
    "the name of a column": b"reference,title\n1,Here\n2,There\n",
    "the order of columns": b"name,reference\nHere,1\nThere,2\n",
    "a cell in the next column": b"reference,name\n1,Here\n,2There\n",
}


def _hash(folder: Path, body: bytes, *counted: str) -> str | None:
    path = folder / "resource"
    path.write_bytes(body)
    return hash_resource(path, [Reading(counted=frozenset(counted))])


@pytest.mark.parametrize("difference", SAME)
def test_what_makes_no_difference(tmp_path: Path, difference: str) -> None:
    """Bytes that differ in this alone say the same."""
    assert _hash(tmp_path, PLAIN) == _hash(tmp_path, SAME[difference])


@pytest.mark.parametrize("difference", OTHER)
def test_what_makes_a_difference(tmp_path: Path, difference: str) -> None:
    """Bytes that differ in this say something else."""
    assert _hash(tmp_path, PLAIN) != _hash(tmp_path, OTHER[difference])


def test_a_number_that_is_configured_counts(tmp_path: Path) -> None:
    """Where the configuration makes a field of OBJECTID, a change in it is a change in data."""
    first, second = (b"OBJECTID,name\n%d,Here\n" % number for number in (1, 2))
    assert _hash(tmp_path, first) == _hash(tmp_path, second)
    assert _hash(tmp_path, first, "objectid") != _hash(tmp_path, second, "objectid")


def _features(stamp: str, *numbers: int) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"gml_id": f"area.{stamp}.{number}", "name": f"Area {number}"},
            "geometry": {"type": "Point", "coordinates": [number, 51]},
        }
        for number in numbers
    ]
    return orjson.dumps({"type": "FeatureCollection", "timeStamp": stamp, "features": features})


def test_a_map_service_that_stamps_its_answers(tmp_path: Path) -> None:
    """The moment in the envelope, the ids of features and their order change every night, and mean nothing."""
    first = _hash(tmp_path, _features("2026-11-01T00:00:01Z", 1, 2, 3))
    assert first == _hash(tmp_path, _features("2026-11-02T00:00:07Z", 3, 1, 2))
    assert first != _hash(tmp_path, _features("2026-11-02T00:00:07Z", 3, 1))


def test_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    """There is no content to compare; only its bytes tell such a resource from another."""
    assert _hash(tmp_path, b"%PDF-1.7 not a table") is None


def test_a_choice_of_configuration_decides_what_counts(tmp_path: Path) -> None:
    """Two files that are the same when read with commas differ when configuration says otherwise."""
    path = tmp_path / "resource"
    path.write_bytes(PLAIN)
    plain, chosen = (hash_resource(path, [Reading(choices)]) for choices in ({}, {"delimiter": ";"}))
    assert plain != chosen
    assert hash_resource(path, [Reading(), Reading({"delimiter": ";"})]) not in (plain, chosen, None)
