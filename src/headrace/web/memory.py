"""Answers that stay right for as long as a release is open, so that they are worked out once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, TypeVar, cast

_ANSWERS: Final = 512
"""How many answers are kept; the one asked for longest ago goes first."""

Answer = TypeVar("Answer")


class Memory:
    """Answers by question. A question is a hashable value that says all the answer depends on."""

    def __init__(self, answers: int = _ANSWERS) -> None:
        self._answers: OrderedDict[Hashable, object] = OrderedDict()
        self._limit = answers
        self._lock = threading.Lock()

    def recall(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """The answer to a question, worked out if it is not remembered; at worst twice when two threads ask at once."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return cast(Answer, self._answers[question])
        answer = work_out()
        with self._lock:
            self._answers[question] = answer
            if len(self._answers) > self._limit:
                self._answers.popitem(last=False)
        return answer
