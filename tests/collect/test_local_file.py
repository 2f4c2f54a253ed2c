"""Files that are brought by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_file_is_read_where_files_are_allowed(tmp_path: Path, ask: Callable[..., Any]) -> None:
    """Its bytes become a resource; there is no status, because nobody was asked."""
    file = tmp_path / "a register.csv"
    file.write_bytes(b"reference,name\n1,Here\n")
    ledger = ask(file.as_uri(), allow_file=True)
    attempt = ledger.of(file.as_uri())
    assert list(ledger.kept.values()) == [b"reference,name\n1,Here\n"]
    assert (attempt.status, attempt.bytes, attempt.final_url) == (None, 22, file.as_uri())


def test_a_file_is_not_read_otherwise(tmp_path: Path, ask: Callable[..., Any]) -> None:
    """A configuration from elsewhere cannot publish the files of this machine."""
    file = tmp_path / "secret.csv"
    file.write_bytes(b"reference,name\n1,Here\n")
    ledger = ask(file.as_uri())
    assert ledger.of(file.as_uri()).reason == "the policy forbids to read files"
    assert ledger.kept == {}


def test_what_is_no_file_is_said_so(tmp_path: Path, ask: Callable[..., Any]) -> None:
    """A folder is no file, and neither is nothing."""
    nowhere = (tmp_path / "nowhere.csv").as_uri()
    ledger = ask(nowhere, tmp_path.as_uri(), allow_file=True)
    assert [attempt.reason for attempt in ledger.attempts] == ["there is no such file"] * 2


def test_the_limits_of_the_web_hold_for_files(tmp_path: Path, ask: Callable[..., Any]) -> None:
    """Neither a body that is too large nor a web page becomes a resource because it lies on a disk."""
    large, page = tmp_path / "large.csv", tmp_path / "page.csv"
    large.write_bytes(b"a,b\n" * 100)
    page.write_bytes(b"<!doctype html><html>")
    ledger = ask(large.as_uri(), page.as_uri(), allow_file=True, body_bytes=100)
    assert ledger.of(large.as_uri()).reason == "the file is larger than 100 bytes"
    assert ledger.of(page.as_uri()).reason == "not data but a web page"
