"""Answers that stay right for as long as a release is open, so that they are worked out once."""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Final, TypeVar, cast

_BYTES: Final = 64 * 1024 * 1024
"""How much is kept; the answer asked for longest ago goes first."""

_ENTRY_BYTES: Final = 200
"""What an answer takes besides itself, roughly."""

Answer = TypeVar("Answer")


class Memory:
    """Answers by question. A question is a value whose `repr` says all that the answer depends on."""

    def __init__(self, limit_bytes: int = _BYTES) -> None:
        self._answers: OrderedDict[bytes, object] = OrderedDict()
        self._limit_bytes = limit_bytes
        self._held_bytes = 0
        self._lock = threading.Lock()

    def recall(self, question: object, work_out: Callable[[], Answer]) -> Answer:
        """The answer to a question, worked out if it is not remembered; at worst twice when two threads ask at once."""
        key = sha256(repr(question).encode()).digest()
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast(Answer, self._answers[key])
        answer = work_out()
        with self._lock:
            if key not in self._answers:
                self._keep(key, answer)
        return answer

    def _keep(self, key: bytes, answer: object) -> None:
        self._answers[key] = answer
        self._held_bytes += _weigh(answer)
        while self._held_bytes > self._limit_bytes:
            _, forgotten = self._answers.popitem(last=False)
            self._held_bytes -= _weigh(forgotten)


def _weigh(answer: object) -> int:
    return sys.getsizeof(answer) + _ENTRY_BYTES
