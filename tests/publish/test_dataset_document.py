"""Datasets as the API says them."""

import orjson
import polars as pl

from headrace.publish.dataset_document import COUNT_SCHEMA, make_dataset_documents


def make(datasets: dict[str, list[str | None]], counts: list[tuple[object, ...]]) -> dict[str, dict[str, object]]:
    frame = make_dataset_documents(pl.DataFrame(datasets), pl.DataFrame(counts, schema=COUNT_SCHEMA, orient="row"))
    return {row["dataset"]: orjson.loads(row["document"]) for row in frame.iter_rows(named=True)}


def test_cells_are_read() -> None:
    """Lists, numbers and JSON of the specification's cells come as such; blanks as blanks."""
    said = make(
        {
            "dataset": ["tree", "wreck"],
            "name": ["Tree", "Wreck"],
            "themes": ["environment;heritage", None],
            "paint-options": ['{"colour": "#123"}', "not json"],
            "entity-minimum": ["7000000", ""],
        },
        [("tree", 2, 1, "2024-05-01", "geography")],
    )

    tree, wreck = said["tree"], said["wreck"]
    assert (["environment", "heritage"], {"colour": "#123"}, 7000000, 2) == (
        tree["themes"],
        tree["paint-options"],
        tree["entity-minimum"],
        tree["entity-count"],
    )
    assert ([], "not json", "", 0) == (
        wreck["themes"],
        wreck["paint-options"],
        wreck["entity-minimum"],
        wreck["entity-count"],
    )


def test_dataset_that_nobody_specified_is_not_lost() -> None:
    """Entities of a dataset without a row are described by its name and their typology."""
    said = make({"dataset": ["tree"]}, [("surprise", 3, 0, None, "document")])

    assert ["surprise", "tree"] == list(said)
    assert ("surprise", "document", 3) == (
        said["surprise"]["name"],
        said["surprise"]["typology"],
        said["surprise"]["entity-count"],
    )
