"""The stage model that comes with Headrace."""

from functools import cache

from headrace.model.stage import Streams
from headrace.spec.streams import build_streams
from headrace.store.builtin import builtin_datasets
from headrace.store.csv_table import read_table


@cache
def read_streams() -> Streams:
    """Every stream with its stages; read once in a process, because an installation does not change.

    Raises:
        ConfigurationError: a file is missing or malformed.
    """
    folder = builtin_datasets() / "stream"
    return build_streams(
        read_table(folder / "stream.csv", "stream/stream.csv"), read_table(folder / "stage.csv", "stream/stage.csv")
    )
