"""Pages that were made of a measured stream, kept for as long as the same stream is given out."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from fastapi import Response

from headrace.flow.stream import Stream

MOST_KEPT: Final = 16


class KeptPages:
    """The pages made last, each with the stream that it shows."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Hashable, tuple[Stream, Response]] = {}

    def answer(self, stream: Stream, key: Hashable, make: Callable[[], Response]) -> Response:
        """The page of that key: as it was made, if it shows this very stream, or made now."""
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None and kept[0] is stream:
            return kept[1]
        made = make()
        with self._lock:
            others = {other: each for other, each in self._kept.items() if other != key}
            self._kept = dict(list({**others, key: (stream, made)}.items())[-MOST_KEPT:])
        return made
