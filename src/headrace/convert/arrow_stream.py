"""The batches of an Arrow stream, one at a time: Polars takes nothing less than the whole of a stream.

Source: Apache Arrow, "The Arrow C data interface", "The Arrow C stream interface" and "The Arrow PyCapsule interface".
"""

import ctypes
from collections.abc import Iterator
from typing import Any, ClassVar, Final, Protocol

import polars as pl

Capsule = Any  # A pointer that Python carries and does not look into.


class Stream(Protocol):
    """What gives an Arrow stream, once."""

    def __arrow_c_stream__(self, requested_schema: Capsule = None) -> Capsule:
        """The stream."""


class _Schema(ctypes.Structure):
    _fields_: ClassVar = [
        ("format", ctypes.c_char_p),
        ("name", ctypes.c_char_p),
        ("metadata", ctypes.c_char_p),
        ("flags", ctypes.c_int64),
        ("n_children", ctypes.c_int64),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


class _Array(ctypes.Structure):
    _fields_: ClassVar = [
        ("length", ctypes.c_int64),
        ("null_count", ctypes.c_int64),
        ("offset", ctypes.c_int64),
        ("n_buffers", ctypes.c_int64),
        ("n_children", ctypes.c_int64),
        ("buffers", ctypes.c_void_p),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


_GET: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class _Stream(ctypes.Structure):
    _fields_: ClassVar = [
        ("get_schema", _GET),
        ("get_next", _GET),
        ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


_pointer_of = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)
_capsule_of = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)(
    ("PyCapsule_New", ctypes.pythonapi)
)


class _Batch:
    """One batch, which its reader takes over: it is read once."""

    def __init__(self, schema: _Schema, array: _Array) -> None:
        self._schema, self._array = schema, array

    def __arrow_c_array__(self, requested_schema: Capsule = None) -> tuple[Capsule, Capsule]:
        return (
            _capsule_of(ctypes.addressof(self._schema), b"arrow_schema", None),
            _capsule_of(ctypes.addressof(self._array), b"arrow_array", None),
        )


def read_batches(stream: Stream) -> Iterator[pl.DataFrame]:
    """The batches of a stream of tables, in order; one is in memory at a time.

    Raises:
        OSError: the stream breaks off.
    """
    capsule = stream.__arrow_c_stream__()
    address = _pointer_of(capsule, b"arrow_array_stream")
    source = _Stream.from_address(address)
    while True:
        array, schema = _Array(), _Schema()
        _get(source.get_next, address, array, source)
        if not array.release:
            return
        _get(source.get_schema, address, schema, source)
        yield pl.DataFrame(_Batch(schema, array))


def _get(get: Any, address: int, into: ctypes.Structure, source: _Stream) -> None:  # Any: a function of ctypes
    if get(address, ctypes.addressof(into)):
        said = source.get_last_error(address)
        raise OSError(said.decode(errors="replace") if said else "the stream of features breaks off")
