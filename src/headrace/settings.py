"""The only reader of the environment: every setting, with its unit in its name."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from headrace.model.error import SettingsError


class Settings(BaseSettings):
    """Settings read from environment variables that begin with `HEADRACE_`.

    Attributes:
        lake: folder in which everything is kept.
        goals: file with the goals of the service; None: those that come with Headrace.
        host, port: where the web process listens.
        workers: who converts and transforms: a number of processes, 0 for one per core, or the address of a cluster.
        contact: address that publishers see in the user agent.
        respect_robots: whether what a host's robots.txt forbids is left alone.
        host_delay_seconds: the least time between two requests to one host.
        service_map: file of the service map that `/stream` shows; the built-in one if there is none.
        tell_days, retire_days: days of failing after which an endpoint's publisher is told, and its end proposed.
    """

    model_config = SettingsConfigDict(env_prefix="HEADRACE_", extra="ignore")

    lake: Path = Path("lake")
    goals: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: str = "0"
    contact: str = "https://headrace.example/contact"
    respect_robots: bool = True
    host_delay_seconds: float = Field(default=0.25, ge=0)
    service_map: Path | None = None
    tell_days: int = Field(default=7, ge=1)
    retire_days: int = Field(default=30, ge=1)


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        found = "; ".join(
            f"HEADRACE_{str(problem['loc'][0]).upper()}: got {problem['input']!r}, {problem['msg']}"
            for problem in error.errors()
        )
        raise SettingsError(found) from error
