"""The weeknote: what a week was like, written from the record."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import polars as pl

from headrace.model.stage import Streams
from headrace.report.week_facts import WeekFacts

OLDEST: Final = 5
"""How many of those that wait longest are named."""

NAMED: Final = 3
"""How many endpoints are named where some were added or lost."""

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


def write_weeknote(facts: WeekFacts, model: Streams, site: str = "") -> str:
    """The weeknote as CommonMark: a section for everything of which there is something to say, and no other.

    Args:
        facts: what is known of the week.
        model: the stages.
        site: what comes before addresses, such as `https://headrace.example`.
    """
    writer = _Writer(facts, model, site)
    sections = (
        ("What moved", writer.moved()),
        ("Endpoints", writer.endpoints()),
        ("What waits longest", writer.oldest()),
        ("The constraint", writer.constraint()),
        ("Goals", writer.goals()),
        ("Releases", writer.releases()),
    )
    parts = [f"# Week {facts.week.number} of {facts.week.year}", writer.dates(), *writer.opening()]
    for title, lines in sections:
        written = list(lines)
        if written:
            parts += [f"## {title}", "\n".join(written)]
    return "\n\n".join(parts) + "\n"


def name_list(name: str, model: Streams) -> str:
    """What a list of a week is called: `passed-collect` → `Passed Collect`."""
    if name in LIST_NAMES:
        return LIST_NAMES[name]
    word, _, stage = name.partition("-")
    title = model.stages[stage].title if stage in model.stages else stage
    return f"{_STAGE_WORDS.get(word, word)} {title}"


LIST_NAMES: Final = {
    "added": "Endpoints asked for the first time",
    "lost": "Endpoints not asked any more",
    "newly-failing": "Endpoints that began to fail",
    "recovered": "Endpoints that recovered",
    "failing": "Endpoints that failed at the end of the week",
}
"""What the lists of endpoints are called."""

_STAGE_WORDS: Final = {
    "passed": "Passed",
    "failed": "Failed at",
    "came": "Came to",
    "waits": "Waiting at the end of the week at",
}


def escape_markdown(text: str) -> str:
    """A text in which nothing is read as a mark of CommonMark."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the parts of one weeknote."""

    facts: WeekFacts
    model: Streams
    site: str

    def dates(self) -> str:
        first, last = self.facts.week.first, self.facts.week.last
        same = first.month == last.month
        begins = (
            f"{first.day}"
            if same
            else f"{first.day} {first:%B}" + ("" if first.year == last.year else f" {first.year}")
        )
        return (
            f"{begins} to {last.day} {last:%B %Y}"
            + ("" if self.facts.until >= self.facts.week.end else ", so far")
            + "."
        )

    def opening(self) -> Iterator[str]:
        asked, before = self.facts.asked, self.facts.asked_before
        if asked.failed_share is not None:
            month = f"{self.site}/report/errors/{self.facts.week.first:%Y-%m}"
            was = f"; in the week before it was {before.failed_share:.1%}" if before.failed_share is not None else ""
            no_data = f" {asked.unusable:,} more were answered, with no data." if asked.unusable else ""
            failed = f"{asked.failed:,} of them ({asked.failed_share:.1%}) failed{was}."
            yield (
                f"[{_counted(asked.attempts, 'attempt')}]({month}) to collect {_were(asked.attempts)} made on "
                f"{_counted(asked.nights, 'night')}, and {failed}{no_data}"
            )
        if self.facts.missed:
            days = ", ".join(f"{night.day} {night:%B}" for night in self.facts.missed)
            nights = "the night" if len(self.facts.missed) == 1 else "the nights"
            yield f"**No endpoint was asked on {nights} of {days}.**"
        elif not asked.attempts and "failing" in self.facts.lists:
            yield "**No endpoint was asked in this week.** What is said of endpoints was last heard before it."
        if asked.failed_share is None and not self.facts.lists:
            yield "Nothing was recorded in this week."

    def moved(self) -> Iterator[str]:
        for stream in self.model.streams:
            said = [line for stage in stream.stages if (line := self._stage(stage.stage, stage.title, stage.item_type))]
            if said:
                yield f"- {stream.title}:"
                yield from (f"    - {line}" for line in said)

    def _stage(self, stage: str, title: str, item_type: str) -> str | None:
        """What happened at a stage; None where nothing did, and nothing waits there but for the next run."""
        passed, failed, came, waits = (f"{word}-{stage}" for word in ("passed", "failed", "came", "waits"))
        said = []
        if passed in self.facts.lists:
            before = f" ({self.facts.before.get(passed, 0):,} in the week before)" if self.facts.before else ""
            said.append(f"{self._number(passed, item_type)} passed{before}")
        if failed in self.facts.lists:
            said.append(f"{self._number(failed, item_type if not said else None)} failed")
        if self.model.stages[stage].role != "pipeline":
            if came in self.facts.lists:
                said.append(f"{self._number(came, item_type if not said else None)} came")
            if waits in self.facts.lists and said:
                said.append(
                    f"{self._number(waits, None)} {_wait(self.facts.lists[waits].height)} at the end of the week"
                )
        return f"{title}: {', '.join(said)}." if said else None

    def endpoints(self) -> Iterator[str]:
        for name, said in (("added", "asked for the first time"), ("lost", "asked for the last time")):
            if name in self.facts.lists:
                number = self.facts.lists[name].height
                yield f"- {self._number(name, 'endpoint')} {_were(number)} {said}: {self._named(name)}."
        changed = [
            f"{self._number(name, None)} {said}"
            for name, said in (("newly-failing", "began to fail"), ("recovered", "recovered"))
            if name in self.facts.lists
        ]
        if changed:
            yield f"- {' and '.join(changed)}."
        if "failing" in self.facts.lists:
            now, before = self.facts.lists["failing"].height, self.facts.before.get("failing", 0)
            change = (
                "as many as" if now == before else f"{abs(now - before):,} {'more' if now > before else 'fewer'} than"
            )
            yield f"- {self._number('failing', 'endpoint')} failed at the end of the week, {change} a week before."

    def oldest(self) -> Iterator[str]:
        """What has waited longest for a person, or for a publisher, at the end of the week."""
        waiting = [
            rows.with_columns(at_stage=pl.lit(name.removeprefix("waits-")))
            for name, rows in self.facts.lists.items()
            if name.startswith("waits-") and self._is_of_people(name.removeprefix("waits-"))
        ]
        failing = self.facts.lists.get("failing")
        if failing is not None:
            waiting.append(failing.with_columns(at_stage=pl.lit("")))
        if not waiting:
            return
        rows = pl.concat(waiting).sort("at", "item").head(OLDEST)
        for row in rows.iter_rows(named=True):
            days = _counted((self.facts.until - row["at"]).days, "day")
            since = f"since {row['at'].day} {row['at']:%B %Y}, for {days}"
            why = f": {escape_markdown(row['reason'])}" if row["reason"] else ""
            waits = f"has waited at {self.model.stages[row['at_stage']].title}" if row["at_stage"] else "has failed"
            yield f"1. {self._item(row)} {waits} {since}{why}."

    def constraint(self) -> Iterator[str]:
        if self.facts.constraint is not None:
            stage, waiting = self.facts.constraint
            title = self.model.stages[stage].title if stage in self.model.stages else stage
            yield (
                f"In the four weeks to the end of the week most waited at [{title}]({self.site}/stream/{stage}): "
                f"{waiting:,.{0 if waiting >= 10 else 1}f} at any moment, on average. To make data faster, start there."
            )

    def goals(self) -> Iterator[str]:
        for goal in self.facts.goals:
            yield f"- [{escape_markdown(goal.title)}]({self.site}{goal.address}): {goal.said}."

    def releases(self) -> Iterator[str]:
        for each in self.facts.releases:
            live = f"{each.live_at:%A} at {each.live_at:%H:%M}"
            changed = f": {escape_markdown(each.changed)}" if each.changed else "."
            yield f"- [{each.release}]({self.site}{each.address}) went live on {live}{changed}"

    def _is_of_people(self, stage: str) -> bool:
        """Whether people do the work there, except to endpoints that fail, of which the log says more."""
        known = self.model.stages.get(stage)
        return known is not None and known.role != "pipeline" and known.stage != "repair"

    def _number(self, name: str, noun: str | None) -> str:
        """How many are in a list, as a link to it."""
        number = self.facts.lists[name].height
        return f"[{f'{number:,}' if noun is None else _counted(number, noun)}]({self._list(name)})"

    def _list(self, name: str) -> str:
        return f"{self.site}/weeknote/{self.facts.week}/{name}"

    def _named(self, name: str) -> str:
        rows = self.facts.lists[name]
        named = ", ".join(self._item(row) for row in rows.head(NAMED).iter_rows(named=True))
        more = rows.height - NAMED
        return f"{named} and {more:,} more" if more > 0 else named

    def _item(self, row: Mapping[str, str]) -> str:
        """An item, as a link to its history."""
        if row["item_type"] == "endpoint":
            said = escape_markdown(_host(self.facts.addresses.get(row["item"], row["item"])))
            return f"[{said}]({self.site}/endpoint/{row['item']})"
        history = f"{self.site}/stream/item/{quote(row['item_type'], safe='')}/{quote(row['item'], safe='')}"
        return f"{row['item_type']} [{escape_markdown(row['item'])}]({history})"


def _host(url: str) -> str:
    """A URL as people say it: without its protocol, and cut where it is long."""
    said = url.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return said if len(said) <= 60 else f"{said[:57]}…"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 or noun == 'feedback' else noun + 's'}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"
