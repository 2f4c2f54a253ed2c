"""England: the web servers of its councils, on one port of this machine, for two days."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Final

import orjson

from headrace.simulate import faults
from headrace.simulate.configuration import write_configuration
from headrace.simulate.documentation import answer_documentation
from headrace.simulate.edition import make_edition
from headrace.simulate.map_service import answer_layer
from headrace.simulate.publication import Publication
from headrace.simulate.publications import PUBLICATIONS
from headrace.simulate.startable import Startable
from headrace.simulate.web_server import Asked, Reply, WebServer

PORT: Final = 8099
"""The usual port: endpoints are known by the hash of their URL, so that another port makes other endpoints."""


class England(Startable):
    """A small England that can be started, asked, and taken to its second day.

    Everything it answers follows from the seed: the same seed gives the same bytes, on any machine. Who collects from
    it must be allowed to ask this machine; one server is silent for a few seconds, which is a failure only to those who
    do not wait so long.

    Attributes:
        seed: what everything follows from.
        day: 1 or 2.
        server: counts who asks what.
    """

    def __init__(self, seed: int = 1, port: int = PORT) -> None:
        """Take a port, or any other when it is taken; 0 for any at once."""
        self.seed = seed
        self.day = 1
        self._bodies: dict[tuple[str, int], bytes] = {}
        self._visits: dict[str, int] = {}
        self._by_documentation = {each.documentation: each for each in PUBLICATIONS if each.documentation}
        self._by_successor = {each.successor: each for each in PUBLICATIONS if each.successor}
        self._by_path = {
            path.partition("?")[0]: each for each in PUBLICATIONS for path in (each.path, each.moved_to) if path
        }
        try:
            self.server = WebServer(self._answer, port)
        except OSError:
            self.server = WebServer(self._answer)

    @property
    def publications(self) -> tuple[Publication, ...]:
        """Everything that is published, or once was."""
        return PUBLICATIONS

    def start(self) -> None:
        """Begin to answer."""
        self.server.start()

    def stop(self) -> None:
        """Answer no more."""
        self.server.stop()

    def second_day(self) -> None:
        """Let the night pass: some files have been worked on, some endpoints repaired, the rest is as it was."""
        self.day = 2
        self._visits.clear()

    def url(self, publication: Publication) -> str:
        """Where a publication is fetched from."""
        return (publication.origin or self.server.origin) + publication.path

    def body(self, publication: Publication, day: int | None = None) -> bytes:
        """What a publication holds on a day, today unless said otherwise, whether or not its server sends it."""
        key = (publication.path, day or self.day)
        if key not in self._bodies:
            changes = publication.changes
            edition = make_edition(self.seed, publication.publisher, publication.path, key[1], changes=changes)
            self._bodies[key] = publication.write(edition)
        return self._bodies[key]

    def write_configuration(self, folder: Path) -> None:
        """Write everything that is needed to run over this England into a folder.

        The folder gets `organisation.csv`, `specification/`, `collection/<collection>/` and `pipeline/<collection>/`,
        in the formats of the existing platform. What is not particular to this England is what comes with Headrace.
        """
        write_configuration(folder, self.seed, [(each, self.url(each)) for each in PUBLICATIONS])

    def _answer(self, asked: Asked) -> Reply:
        path = asked.path.partition("?")[0]
        if path in self._by_documentation:
            return answer_documentation(self._by_documentation[path])
        if path in self._by_successor:
            return self._sound_reply(self._by_successor[path])
        publication = self._by_path.get(path.removesuffix("/query")) or self._by_path.get(path)
        if publication is None:
            return faults.not_found(Reply(), asked.visit)
        if publication.moved_to and path != publication.moved_to:
            return Reply(status=301, headers=(("Location", publication.moved_to),))
        if fault := publication.fault_on(self.day):
            visit = self._visits[path] = self._visits.get(path, 0) + 1
            return fault(self._sound_reply(publication), visit)
        if publication.plugin == "arcgis":
            return answer_layer(orjson.loads(self.body(publication))["features"], asked.path)
        reply = self._sound_reply(publication)
        known = dict(reply.headers).get("ETag")
        if known and asked.headers.get("if-none-match") == known:
            return replace(reply, body=b"", status=304)
        return reply

    def _sound_reply(self, publication: Publication) -> Reply:
        """The answer without its fault. What is made for each asking carries no validator, a file does."""
        body = self.body(publication)
        headers: tuple[tuple[str, str], ...] = (("Content-Type", publication.content_type),)
        if "?" not in publication.path:
            headers += (("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"'),)
        return Reply(body, 200, headers)
