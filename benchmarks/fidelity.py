"""How far the results of Headrace agree with those of the existing platform, on the same files and configuration.

    python benchmarks/fidelity.py SHARED [--dataset D] [--show N] [--save FOLDER]

SHARED is the folder of real data. Prints a table by dataset, the classes of difference with their counts, and for those
that no rule explains the largest groups. `docs/compatibility.md` has the figures seen, and says why each class is.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from comparison import Comparison, compare
from difference_class import UNEXPLAINED
from peer_run import make, peer_runs


def print_scores(comparison: Comparison) -> None:
    """One line a dataset."""
    print(f"{'dataset':<34}{'facts':>8}{'equal':>8}{'miss':>7}{'extra':>7}{'%':>8}   ", end="")
    print(f"{'issues':>8}{'equal':>8}{'miss':>7}{'extra':>7}{'%':>8}   {'refused':>8}")
    shares = {kind: comparison.shares(kind) for kind in ("fact", "issue")}
    for row in comparison.scores.iter_rows(named=True):
        line = f"{row['dataset']:<34}"
        for kind in ("fact", "issue"):
            whole, equal, missing, extra = (row[f"{kind}s{part}"] for part in ("", "-equal", "-missing", "-extra"))
            line += f"{whole:>8}{equal:>8}{missing:>7}{extra:>7}{shares[kind][row['dataset']]:>8.2f}   "
        print(f"{line}{row['refused']:>8}")


def print_classes(differences: pl.DataFrame, show: int) -> None:
    """How many facts and issues each class has, and what the largest groups of the unexplained are."""
    print(f"\n{'dataset':<34}{'class of difference':<22}{'facts miss':>11}{'extra':>7}{'issues miss':>13}{'extra':>7}")
    columns = [(kind, side) for kind in ("fact", "issue") for side in ("missing", "extra")]
    counts = differences.group_by("dataset", "class", maintain_order=True).agg(
        *(((pl.col("kind") == kind) & (pl.col("side") == side)).sum().alias(f"{kind} {side}") for kind, side in columns)
    )
    for dataset, name, *found in counts.sort("dataset", "class").iter_rows():
        print(f"{dataset:<34}{name:<22}{found[0]:>11}{found[1]:>7}{found[2]:>13}{found[3]:>7}")
    unexplained = differences.filter(pl.col("class") == UNEXPLAINED)
    by = ["kind", "side", "dataset", "field", "issue-type", "resource"]
    groups = unexplained.group_by(by).agg(pl.len(), pl.col("value").first().str.slice(0, 60))
    for group in groups.sort("len", descending=True).head(show).iter_rows():
        print(UNEXPLAINED, *group)


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--dataset")
    parser.add_argument("--show", type=int, default=15)
    parser.add_argument("--save", type=Path, help="CSV file for every difference")
    given = parser.parse_args()
    work = peer_runs(given.shared.resolve(), given.dataset)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        made = list(pool.map(make, work, chunksize=4))
    comparison = compare(given.shared, made)
    print_scores(comparison)
    print(f"CPU-seconds: {sum(one.cpu_seconds for one in made):.1f} for {len(work)} resources")
    print_classes(comparison.differences, given.show)
    if given.save:
        comparison.differences.write_csv(given.save)


if __name__ == "__main__":
    main()
