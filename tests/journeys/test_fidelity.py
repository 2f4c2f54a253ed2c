"""The same files and configuration as the existing platform was given, and how far the results agree."""

from pathlib import Path

import pytest

from comparison import Comparison, compare
from difference_class import UNEXPLAINED
from peer_run import make, peer_runs

LEAST_FACTS = 99.5
LEAST_ISSUES = 98.0
"""Percentages of what the existing platform has, in every dataset."""


@pytest.fixture(scope="module")
def comparison(shared: Path) -> Comparison:
    """Every run of the index."""
    return compare(shared, [make(run) for run in peer_runs(shared)])


def test_facts_agree_in_every_dataset(comparison: Comparison) -> None:
    """At least 99.5% of the facts have the same hash at the same entry."""
    assert {} == {name: share for name, share in comparison.shares("fact").items() if share < LEAST_FACTS}


def test_issues_agree_in_every_dataset(comparison: Comparison) -> None:
    """At least 98% of the issues have the same entry, field, type and value."""
    assert {} == {name: share for name, share in comparison.shares("issue").items() if share < LEAST_ISSUES}


def test_every_difference_has_a_class(comparison: Comparison) -> None:
    """Each fact and issue that only one of the two has belongs to a class that the compatibility page names."""
    assert [] == comparison.differences.filter(comparison.differences["class"] == UNEXPLAINED).rows()


def test_every_run_is_compared(comparison: Comparison) -> None:
    """The index has seven datasets, and one of them has facts by the hundred thousand."""
    assert 7 == comparison.scores.height
    assert comparison.scores["facts"].sum() > 190_000
