"""A web that fails as the real one does: hundreds of addresses on many hosts, with every fault in its share.

Nothing but the number of an address decides what is wrong with it, so that any share can be counted by hand.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Final

from headrace.simulate import faults
from headrace.simulate.many_hosts import ManyHosts
from headrace.simulate.startable import Startable
from headrace.simulate.web_server import Asked, Reply

HOSTS: Final = 100
LIMITED_HOSTS: Final = 30
"""The first hosts, which bear only so many requests in a row."""

SLOW_HOSTS: Final = 3
"""The last hosts, which take long over each answer."""

BEARABLE: Final = 3
"""How many requests a limited host answers before it wants to be left alone for a second, however slowly they come."""

LIMITED: Final = Reply(b"slow down", 429, (("Retry-After", "1"),))


class Condition(Enum):
    """What is the matter with an address."""

    SOUND = "answers, and says when nothing has changed"
    STAMPED = "answers, each time with other ids and another time stamp"
    STUMBLING = "fails with a status of the passing kind, once or twice, and then answers"
    SILENT = "says nothing for long, once, and then answers"
    GONE = "is not there"
    PAGE = "answers with a page for people"
    CUT = "never sends more than a part"


RECOVERABLE: Final = frozenset((Condition.SOUND, Condition.STAMPED, Condition.STUMBLING, Condition.SILENT))
"""Conditions in which patience gets the data."""

OF_A_HUNDRED: Final = (
    *((Condition.STUMBLING,) * 7),
    *((Condition.SILENT,) * 3),
    *((Condition.GONE,) * 3),
    *((Condition.PAGE,) * 2),
    *((Condition.CUT,) * 1),
    *((Condition.STAMPED,) * 3),
    *((Condition.SOUND,) * 81),
)
"""The condition of each of a hundred addresses in a row."""

STATUSES: Final = (500, 502, 503, 504, 408, 425)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds.

    Attributes:
        answer, slow: until the first byte, from most hosts and from the slow ones.
        silence: how long a silent address says nothing.
    """

    answer: float = 0.02
    slow: float = 0.2
    silence: float = 5.0


class FlakyWeb(Startable):
    """A web of many addresses, of which some answer badly and some not at all.

    Attributes:
        hosts: those that answer, with what they were asked.
        broken_waits: requests that came while their host had asked to be left alone.
    """

    def __init__(
        self, addresses: int = 500, pace: Pace | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self.addresses = addresses
        self.hosts = ManyHosts(HOSTS, self._answer)
        self.broken_waits = 0
        self._pace = pace or Pace()
        self._seconds = seconds
        self._answered: Counter[int] = Counter()
        self._closed_until: dict[int, tuple[float, float]] = {}

    @property
    def urls(self) -> dict[str, Condition]:
        """Every address, with what is the matter with it."""
        return {
            f"{self.hosts.origins[number % HOSTS]}/{number}.csv": condition_of(number)
            for number in range(self.addresses)
        }

    @property
    def body_bytes(self) -> int:
        """What was sent in bodies since the night began."""
        return sum(each.sent_bytes for each in self.hosts.served)

    def next_night(self) -> None:
        """Begin another night; no data has changed."""
        self.hosts.forget_visits()
        self._answered.clear()
        self._closed_until.clear()

    def start(self) -> None:
        """Begin to answer."""
        self.hosts.start()

    def stop(self) -> None:
        """Answer no more."""
        self.hosts.stop()

    def _answer(self, host: int, asked: Asked) -> Reply:
        number = int(asked.path.strip("/").removesuffix(".csv"))
        if host < LIMITED_HOSTS and not self._bears(host):
            return LIMITED
        delay = self._pace.slow if host >= HOSTS - SLOW_HOSTS else self._pace.answer
        return _reply(number, asked, delay, self._pace.silence)

    def _bears(self, host: int) -> bool:
        """Whether a limited host answers; it shuts for a second after it has answered as often as it bears.

        A request that was on its way when the host shut is turned away, and breaks nothing.
        """
        now = self._seconds()
        shut_at, until = self._closed_until.get(host, (0.0, 0.0))
        if now < until:
            self.broken_waits += now > shut_at + 0.25
            return False
        if self._answered[host] >= BEARABLE:
            self._closed_until[host] = (now, now + 0.95)
            self._answered[host] = 0
            return False
        self._answered[host] += 1
        return True


def condition_of(number: int) -> Condition:
    """What is the matter with the address of this number; hosts have addresses of all kinds."""
    return OF_A_HUNDRED[(number * 37 + number // 100 * 11) % 100]


def table_of(number: int, stamp: str = "") -> bytes:
    """What the address of this number holds: always the same, save for the ids under a stamp."""
    rows = range(number % 40 + 20)
    if stamp:
        return b"fid,reference,name\n" + b"".join(b"%s.%d,%d-%d,Place\n" % (stamp.encode(), n, number, n) for n in rows)
    return b"reference,name\n" + b"".join(b"%d-%d,Place %d of %d\n" % (number, n, n, number) for n in rows)


def _reply(number: int, asked: Asked, delay: float, silence: float) -> Reply:
    condition = condition_of(number)
    body = table_of(number, str(time.monotonic_ns()) if condition is Condition.STAMPED else "")
    sound = Reply(body, headers=(("Content-Type", "text/csv"),), delay_seconds=delay)
    if condition is Condition.GONE:
        return Reply(faults.LOST_PAGE, 404 if number % 2 else 410, faults.HTML, delay)
    if condition is Condition.PAGE:
        return Reply(faults.NEW_WEBSITE, 200, faults.HTML, delay)
    if condition is Condition.CUT:
        return faults.broken_off(sound, asked.visit)
    if condition is Condition.STUMBLING and asked.visit <= 1 + number % 2:
        return Reply(b"sorry", STATUSES[number % len(STATUSES)], delay_seconds=delay)
    if condition is Condition.SILENT and asked.visit == 1:
        return Reply(body, delay_seconds=silence)
    if condition is Condition.STAMPED:
        return sound
    tag = f'"{sha256(body).hexdigest()[:16]}"'
    if asked.headers.get("if-none-match") == tag:
        return Reply(status=304, delay_seconds=delay)
    return Reply(body, headers=(*sound.headers, ("ETag", tag)), delay_seconds=delay)
