"""One file without a lake, and its rules."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from headrace.model.error import SettingsError
from headrace.spec.rules import Provenance, Rules, resolve
from headrace.store.configuration_files import read_configuration, read_organisations, read_specification
from headrace.store.file import hash_of_file


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleResource:
    """A file, and what is said of where it came from.

    Attributes:
        file: its bytes.
        dataset: what it is read as.
        config, specification, organisations: the pipeline folder, the folder of the specification, `organisation.csv`.
        organisation, endpoint: CURIEs of whose it is, and hashes of where it was served.
        entry_date: ISO day for entries that have none.
        resource: its hash; that of its bytes where "".
    """

    file: Path
    dataset: str
    config: Path
    specification: Path
    organisations: Path
    organisation: tuple[str, ...] = ()
    endpoint: tuple[str, ...] = ()
    entry_date: str = ""
    resource: str = ""


def resolve_single(single: SingleResource, today: date) -> Rules:
    """The rules for the file.

    Raises:
        SettingsError: there is no such file.
        ConfigurationError: the configuration or the specification is missing or malformed.
    """
    if not single.file.is_file():
        raise SettingsError(f"{single.file}: there is no such file; expected the file to be transformed")
    provenance = Provenance(
        resource=single.resource or hash_of_file(single.file),
        endpoints=single.endpoint,
        organisations=single.organisation,
        entry_date=single.entry_date,
    )
    return resolve(
        read_specification(single.specification),
        read_configuration(single.config, single.dataset),
        read_organisations(single.organisations),
        provenance,
        today,
    )
