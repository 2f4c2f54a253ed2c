"""Messages: what people are told of an incident, and how."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """What a message does to the channel."""

    ALERT = "alert"
    """Begins an incident: a new message."""
    UPDATE = "update"
    """Changes the message of an incident, or answers in its thread: nothing new in the channel."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said about one incident.

    Attributes:
        at: when, UTC.
        kind: what it does to the channel.
        incident: which incident it is about, numbered from 1.
        probes: the probes that the incident has been seen by so far, sorted.
        said: what happened, in a few words.
    """

    at: datetime
    kind: MessageKind
    incident: int
    probes: tuple[str, ...]
    said: str

    def as_json(self) -> dict[str, object]:
        """The message as a document; its kind is called `type` there, as in records of other monitors."""
        return {
            "at": self.at,
            "type": self.kind,
            "incident": self.incident,
            "probes": self.probes,
            "said": self.said,
        }
