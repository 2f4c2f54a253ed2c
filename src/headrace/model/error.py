"""What can go wrong in the program, as opposed to in the data.

    HeadraceError
    ├── ConfigurationError   a file of the specification or configuration cannot be used
    ├── SettingsError        an option or environment variable cannot be used
    ├── ConversionError      a resource cannot be read as entries
    ├── MeasureError         a reference names no measure of the stream
    ├── LakeError            what is kept cannot be read or written
    └── ReleaseError         a release is missing, incomplete or damaged

A problem in *data* is never an exception: it is an issue (`headrace.model.issue`).
"""


class HeadraceError(Exception):
    """Root of every error that Headrace raises on purpose; its text is written for the person who reads it."""


class ConfigurationError(HeadraceError):
    """A configuration file is missing or malformed.

    `where` is `file` or `file:line`; the text says what was found, what was expected and what to do.
    """

    def __init__(self, where: str, problem: str, expected: str) -> None:
        super().__init__(f"{where}: {problem}; expected {expected}")
        self.where = where
        self.problem = problem
        self.expected = expected


class SettingsError(HeadraceError):
    """An option or an environment variable has a value that cannot be used."""


class ConversionError(HeadraceError):
    """A resource cannot be read as entries; the text is the reason, in the publisher's words."""


class MeasureError(HeadraceError):
    """A reference names no measure of the stream; the text says which there are."""


class LakeError(HeadraceError):
    """Something in the lake cannot be read or written."""


class ReleaseError(HeadraceError):
    """A release is missing, incomplete or damaged."""
