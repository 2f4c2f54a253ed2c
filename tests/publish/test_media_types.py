"""The media types of artefacts."""

import pytest

from headrace.publish.media_types import find_media_type


def test_ending_tells_the_type() -> None:
    """The last ending of the name decides."""
    assert "application/vnd.sqlite3" == find_media_type("dataset/article-4-direction.sqlite3")


def test_unknown_ending_is_an_error() -> None:
    """An artefact of a kind nobody named cannot be published by accident."""
    with pytest.raises(KeyError):
        find_media_type("dataset/tree.docx")
