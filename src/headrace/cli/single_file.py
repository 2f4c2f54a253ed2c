"""A file without a lake, as the options of a command describe it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from headrace.model.error import SettingsError
from headrace.run.single import SingleResource, resolve_single
from headrace.spec.rules import Rules


def rules_of_file(
    file: Path,
    dataset: str,
    config: Path,
    specification: Path,
    organisations: Path,
    organisation: Sequence[str] | None,
    endpoint: Sequence[str] | None,
    entry_date: str,
    resource: str = "",
) -> Rules:
    """The rules for a file, today; see `SingleResource` for what the options mean.

    Raises:
        SettingsError: there is no such file, or the entry date is not a day.
        ConfigurationError: the configuration or the specification is missing or malformed.
    """
    today = datetime.now(UTC).date()
    single = SingleResource(
        file=file,
        dataset=dataset,
        config=config,
        specification=specification,
        organisations=organisations,
        organisation=tuple(_each(organisation)),
        endpoint=tuple(_each(endpoint)),
        entry_date=_day(entry_date) or today.isoformat(),
        resource=resource,
    )
    return resolve_single(single, today)


def _each(values: Sequence[str] | None) -> Iterator[str]:
    """Values that were given one by one, or several in one as the existing platform's command takes them."""
    for value in values or ():
        yield from value.replace(";", " ").split()


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat() if text else ""
    except ValueError as error:
        raise SettingsError(f"--entry-date: got {text!r}, expected a day as YYYY-MM-DD") from error
