"""The past of the small England, as attempts and events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import polars as pl

from headrace.model.endpoint import hash_url
from headrace.model.stage import Streams
from headrace.simulate.configuration import COLLECTIONS
from headrace.simulate.history.nights import Asked, tell_nights
from headrace.simulate.history.people import tell_feedback, tell_provision, tell_standards
from headrace.simulate.history.tale import Tale
from headrace.simulate.publication import Publication
from headrace.simulate.publishers import PUBLISHERS

ASKED_FOR: Final = (*COLLECTIONS, "tree-preservation-order")
"""What planning authorities are expected to publish; the last of it is asked for, and nobody has got so far yet."""


@dataclass(frozen=True, slots=True)
class Past:
    """An invented past.

    Attributes:
        attempts: half a year of asking every endpoint, `ATTEMPT_SCHEMA`; the bytes are nowhere.
        events: what became of them, and what people did, `EVENT_SCHEMA`; the events of the attempts are not among them.
    """

    attempts: pl.DataFrame
    events: pl.DataFrame


def invent_past(seed: int, publications: Sequence[tuple[Publication, str]], until: date, model: Streams) -> Past:
    """The past up to the night of a day, of publications with the URL of each.

    Everything follows from the seed and the day. Every event has the actor `simulated`, and a run of that name.
    """
    tale = Tale(datetime.combine(until + timedelta(days=1), time(6), UTC))
    endpoints = [
        Asked(
            endpoint=hash_url(url),
            url=url,
            dataset=each.dataset,
            organisation=each.publisher.organisation,
            fails=each.fault_on(1) is not None,
            mended=each.fault_on(2) is None,
            ended=bool(each.ended_on),
        )
        for each, url in publications
    ]
    expected = [
        (dataset, each.organisation)
        for each in PUBLISHERS
        if each.kind and each.ended_on is None
        for dataset in ASKED_FOR
    ]
    live = {(each.dataset, each.organisation): each for each in endpoints}
    attempts = tell_nights(tale, seed, endpoints, until)
    tell_provision(tale, seed, model, expected, live)
    tell_standards(tale, seed, model)
    tell_feedback(tale, seed, model, COLLECTIONS)
    return Past(attempts, tale.events())
