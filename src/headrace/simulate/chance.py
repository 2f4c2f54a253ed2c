"""Chance that can be repeated: random numbers that follow from a seed and a name."""

from random import Random


def draw(seed: int, name: str) -> Random:
    """Random numbers of their own for each seed and name, the same on every machine."""
    return Random(f"{seed} {name}")  # noqa: S311 - nothing here is a secret
