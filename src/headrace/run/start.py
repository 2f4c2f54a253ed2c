"""Starting a night: from options to the tools it works with."""

from dataclasses import dataclass
from datetime import date as calendar_date
from pathlib import Path

from headrace.collect.policy import Policy
from headrace.model.error import SettingsError
from headrace.report.night_summary import NightSummary
from headrace.run.executor import open_executor
from headrace.run.night import run_night
from headrace.run.plan import read_plan
from headrace.run.tools import Night, Progress, say_nothing, utc_now
from headrace.settings import read_settings
from headrace.store.event_record import EventRecord
from headrace.store.lake import Lake


@dataclass(frozen=True, slots=True, kw_only=True)
class NightOptions:
    """What a person may choose of a night.

    Attributes:
        lake, config, specification: folders.
        datasets: only these; all that are configured where empty.
        date: ISO day; today where None.
        workers: who transforms, see `open_executor`; as the settings say where None.
        allow_loopback, allow_file: whether this machine, and its files, may be collected from.
        hold_on: the least severity at which a failed expectation holds its dataset; None for none.
    """

    lake: Path
    config: Path
    specification: Path
    datasets: tuple[str, ...] = ()
    date: str | None = None
    workers: str | None = None
    allow_loopback: bool = False
    allow_file: bool = False
    hold_on: str | None = None


def start_night(options: NightOptions, progress: Progress = say_nothing) -> NightSummary:
    """Run a night. Everything configured is read and checked before anything is written.

    Raises:
        ConfigurationError: a file of the configuration or specification is missing or malformed.
        SettingsError: an option or a setting cannot be used.
        LakeError: another night is under way in the lake.
    """
    settings = read_settings()
    day = _day(options.date)
    plan = read_plan(options.config, options.specification, options.datasets)
    lake = Lake(options.lake.resolve())
    now = utc_now()
    run = f"{day}-{now:%H%M%S%f}"
    policy = Policy(
        contact=settings.contact,
        # A rehearsal has all its publishers on one host, which is this machine.
        host_delay_seconds=0.0 if options.allow_loopback else settings.host_delay_seconds,
        respect_robots=settings.respect_robots,
        allow_loopback=options.allow_loopback,
        allow_file=options.allow_file,
    )
    with open_executor(options.workers or settings.workers) as executor, lake.lock():
        lake.sweep()
        night = Night(
            date=day,
            run=run,
            lake=lake,
            config=options.config.resolve(),
            specification=options.specification.resolve(),
            plan=plan,
            events=EventRecord(lake, run, utc_now),
            executor=executor,
            progress=progress,
        )
        return run_night(night, policy, options.hold_on)


def _day(text: str | None) -> str:
    if text is None:
        return utc_now().date().isoformat()
    try:
        return calendar_date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise SettingsError(f"--date: got {text!r}, expected a day as YYYY-MM-DD") from error
