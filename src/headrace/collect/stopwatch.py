"""How long the parts of one request take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Stopwatch:
    """The times of the last request of a visit; it travels with the request as its extension `stopwatch`.

    Attributes:
        seconds: a clock that only goes forward.
        dns_ms, connect_ms, first_byte_ms, total_ms: as in `headrace.model.attempt.Attempt`.
    """

    seconds: Callable[[], float]
    dns_ms: float | None = None
    connect_ms: float | None = None
    first_byte_ms: float | None = None
    total_ms: float | None = None
    _started: float = 0.0
    _connecting: float = 0.0

    def start(self) -> None:
        """Begin anew: a request is about to be sent."""
        self.dns_ms = self.connect_ms = self.first_byte_ms = self.total_ms = None
        self._started = self.seconds()

    def resolved(self) -> None:
        """The name has been resolved."""
        self.dns_ms = self._since(self._started)

    def answered(self) -> None:
        """The first byte of the response is there."""
        self.first_byte_ms = self._since(self._started)

    def stop(self) -> None:
        """The request is over, however it ended."""
        self.total_ms = self._since(self._started)

    async def trace(self, name: str, info: dict[str, Any]) -> None:
        """Note what the network library tells (the extension `trace` of httpx2); each address tried begins anew."""
        del info
        if name == "connection.connect_tcp.started":
            self._connecting = self.seconds()
        elif name in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self.connect_ms = self._since(self._connecting)

    def _since(self, moment: float) -> float:
        return round((self.seconds() - moment) * 1000, 3)
