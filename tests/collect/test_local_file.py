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


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, ask: Callable[..., Any]) -> None:
    """The reason holds what the system said."""
    url = (tmp_path / "nowhere.csv").as_uri()
    attempt = ask(url, allow_file=True).of(url)
    assert attempt.exception == "FileNotFoundError"
    assert "cannot be read" in attempt.reason


def test_a_folder_and_a_large_file_are_no_resources(tmp_path: Path, ask: Callable[..., Any]) -> None:
    """The limits of the web hold for files."""
    large = tmp_path / "large.csv"
    large.write_bytes(b"a,b\n" * 100)
    ledger = ask(tmp_path.as_uri(), large.as_uri(), allow_file=True, body_bytes=100)
    assert ledger.of(tmp_path.as_uri()).exception == "IsADirectoryError" or ledger.of(tmp_path.as_uri()).reason
    assert ledger.of(large.as_uri()).reason == "the file is larger than 100 bytes"
