import polars as pl
import pytest

from headrace.convert.arrow_stream import read_batches

FRAME = pl.DataFrame({"reference": ["a", None, "c"], "shape": [b"1", b"2", None], "tags": [[1, 2], [], None]})


def _stream(*frames: pl.DataFrame) -> pl.Series:
    """A series of structures in chunks: each becomes a batch, which those of a frame do not."""
    return pl.concat([frame.to_struct("") for frame in frames], rechunk=False)


def test_a_stream_gives_its_batches() -> None:
    """Each with its own rows, of the same types, and together all of them."""
    frames = list(read_batches(_stream(FRAME, FRAME[:1], FRAME)))
    assert [frame.height for frame in frames] == [3, 1, 3]
    assert pl.concat(frames).equals(pl.concat([FRAME, FRAME[:1], FRAME]))


def test_a_batch_outlives_the_others() -> None:
    """Its memory is its own."""
    batches = read_batches(_stream(FRAME, FRAME[:1]))
    first = next(batches)
    batches.close()
    del batches
    assert first.equals(FRAME)


def test_nothing_is_given_of_nothing() -> None:
    """A stream without batches ends at once."""
    assert sum(frame.height for frame in read_batches(FRAME.clear())) == 0


def test_what_is_no_stream_is_refused() -> None:
    """Before anything is read from memory that is not one."""

    class Odd:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return "no capsule"

    with pytest.raises(ValueError, match="PyCapsule"):
        next(read_batches(Odd()))
