"""Organisations as the API says them."""

import orjson
import polars as pl

from headrace.publish.organisation_document import make_organisation_documents


def test_organisations_come_once_by_curie() -> None:
    """The first row of a CURIE is the one that is used; a number is a number, or blank."""
    frame = make_organisation_documents(
        pl.DataFrame(
            {
                "organisation": ["b:2", "a:1", "b:2", None],
                "entity": ["2", "", "9", "3"],
                "name": ["Two", None, "Other", "Nameless"],
            }
        )
    )

    assert [("a:1", None, "a:1"), ("b:2", 2, "Two")] == frame.select("organisation", "entity", "name").rows()
    assert ["", 2] == [orjson.loads(document)["entity"] for document in frame["document"]]
