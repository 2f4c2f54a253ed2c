"""The part of the code that decides what a resource becomes, known by its hash."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

RESULT_CODE: Final = ("convert", "model", "spec", "transform", "values")
"""Packages whose code a result of a resource depends on."""

RELEASE_CODE: Final = ("assemble", "publish")
"""Packages whose code what is made of those results depends on."""


@cache
def hash_code(packages: tuple[str, ...]) -> str:
    """SHA-256, in hexadecimal, of the source of some packages of Headrace."""
    digest = sha256()
    for package in packages:
        for module in _modules(files("headrace") / package):
            digest.update(module.read_bytes())
    return digest.hexdigest()


def _modules(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and not entry.name.startswith("__"):
            found += _modules(entry)
        elif entry.name.endswith((".py", ".csv", ".json")):
            found.append(entry)
    return found
