"""The specification and configuration that come with Headrace."""

from importlib.resources import files
from pathlib import Path

from headrace.model.error import ConfigurationError


def builtin_datasets() -> Path:
    """The folder `datasets`: inside an installed package, or beside the source.

    Raises:
        ConfigurationError: neither is there.
    """
    package = Path(str(files("headrace")))
    for folder in (package / "datasets", package.parent.parent / "datasets"):
        if folder.is_dir():
            return folder
    raise ConfigurationError("datasets", "the built-in datasets are not installed", "a whole installation of Headrace")
