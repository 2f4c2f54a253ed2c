"""How many data faults are held, and how many ordinary nights, when releases are judged against the one before.

    python benchmarks/release_faults.py SHARED [--first SEED] [--seeds N] [--million]

SHARED is the folder of real data. The releases follow from the successive files of two datasets, day by day. Every
night on which something changed is judged against the nights before it. Then, for each kind of fault and each seed, a
night that was not held and a provider are drawn, and the fault is put into the later release. The kinds in `UNTUNED`
were added after the checks and their limits were settled. `--million` times `headrace release compare` over a million
entities.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
import shapely

from headrace.run.release_comparison import compare_folders
from headrace.watch.canary.count import count_affected, find_affected
from headrace.watch.canary.judge import judge_pair
from headrace.watch.canary.ordinary import Ordinary, learn_ordinary
from headrace.watch.canary.pair import make_pair
from headrace.watch.canary.registry import CHECKS
from headrace.watch.canary.verdict import DatasetVerdict
from successive_releases import follow, read_entries

DATASETS = ("brownfield-land", "conservation-area")
IDENTITY = ("entity", "organisation", "reference", "shape")
FEWEST_ENTITIES = 5
DRAWS = 40

Fault = Callable[[pl.DataFrame, pl.DataFrame, Random], pl.DataFrame]
"""Takes the entities of the provider, those of others, and chance; returns what becomes of the provider's."""


def change_shapes(mine: pl.DataFrame, change: Callable[[np.ndarray], np.ndarray]) -> pl.DataFrame:
    """Change the geometries of the provider."""
    shapes = shapely.from_wkb(mine["shape"].to_numpy())
    return mine.with_columns(pl.Series("shape", list(shapely.to_wkb(change(shapes))), dtype=pl.Binary))


def move(change: Callable[[np.ndarray], np.ndarray]) -> Fault:
    """A fault that changes every coordinate."""
    return lambda mine, others, chance: change_shapes(mine, lambda shapes: shapely.transform(shapes, change))


def halve(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """Every second entity is gone, by chance."""
    return mine.sample(mine.height // 2, seed=chance.randrange(1 << 30))


def duplicate(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """Every entity is there twice: under its number, or under another."""
    if chance.random() < 0.5:
        return pl.concat([mine, mine])
    return pl.concat([mine, mine.with_columns(pl.col("entity") + "000", pl.col("reference") + " copy")])


def to_national_grid(xy: np.ndarray) -> np.ndarray:
    """Metres, about as eastings and northings are."""
    return np.column_stack([400_000 + (xy[:, 0] + 2) * 68_000, (xy[:, 1] - 49) * 111_195 - 100_000])


def empty_names(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """The field that says what an entity is called is empty."""
    named = [name for name in ("name", "site-address") if name in mine.columns and mine[name].count()]
    return mine.with_columns(pl.lit(None, pl.String).alias(named[0])) if named else mine


def texts(mine: pl.DataFrame) -> list[str]:
    """The fields that are no dates."""
    return [name for name in mine.columns if name not in IDENTITY and not name.endswith("-date")]


def lower(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """Every text in small letters."""
    return mine.with_columns(pl.col(texts(mine)).str.to_lowercase())


def drop_column(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """A field that most entities had a value of is empty."""
    named = [name for name in mine.columns if name not in IDENTITY and mine[name].count() > mine.height / 2]
    return mine.with_columns(pl.lit(None, pl.String).alias(chance.choice(named))) if named else mine


def coarsen(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """Points to two decimals; areas to about a hundred metres."""

    def change(shapes: np.ndarray) -> np.ndarray:
        points = shapely.get_type_id(shapes) == 0
        rounded = shapely.transform(shapes, lambda xy: np.round(xy, 2))
        return np.where(points, rounded, shapely.simplify(shapes, 0.001))

    return change_shapes(mine, change)


def shift_dates(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """Every date moves by as many days."""
    days = f"{chance.choice([-1, 1, 30, 365, -3653])}d"
    dates = [pl.col(name) for name in mine.columns if name.endswith("-date")]
    return mine.with_columns(each.str.to_date(strict=False).dt.offset_by(days).cast(pl.String) for each in dates)


def renumber(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """Every entity has another reference and number."""
    numbers = list(range(mine.height))
    chance.shuffle(numbers)
    named = pl.Series("reference", [f"NEW/{number}" for number in numbers])
    return mine.with_columns(pl.col("entity") + "7", named)


def serve_anothers(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """The file of another council is read as this one's."""
    other = chance.choice(others["organisation"].unique().sort().to_list())
    rows = others.filter(pl.col("organisation") == other)
    return rows.with_columns(pl.col("entity") + "5", organisation=pl.lit(mine["organisation"][0]))


def quote(mine: pl.DataFrame, others: pl.DataFrame, chance: Random) -> pl.DataFrame:
    """Every text comes with its quotation marks."""
    return mine.with_columns(pl.format('"{}"', pl.col(name)).alias(name) for name in texts(mine))


FAULTS: dict[str, Fault] = {
    "one provider lost": lambda mine, others, chance: mine.clear(),
    "halved": halve,
    "duplicated": duplicate,
    "latitude and longitude swapped": move(lambda xy: xy[:, ::-1]),
    "wrong reference system": move(to_national_grid),
    "names emptied": empty_names,
    "values lower-cased": lower,
    "a column dropped": drop_column,
    "geometry coarsened": coarsen,
    "dates shifted": shift_dates,
    "references renumbered": renumber,
}
MANY = "5 % of providers lost"
UNTUNED: dict[str, Fault] = {"another council's file": serve_anothers, "values in quotation marks": quote}


def follow_dataset(shared: Path, dataset: str) -> list[tuple[str, pl.DataFrame]]:
    """The releases of a dataset by day, as they are compared."""
    entries = read_entries(shared, dataset)
    places = [name for name in ("geometry", "point") if name in entries.columns]
    texts_of = entries.select(pl.coalesce(places)).to_series()
    shapes = shapely.to_wkb(shapely.from_wkt(texts_of.to_numpy(), on_invalid="ignore"))
    shaped = entries.drop(places).with_columns(shape=pl.Series(list(shapes), dtype=pl.Binary))
    return [(day, frame.with_columns(pl.col("entity").cast(pl.String))) for day, frame in follow(shaped)]


def is_held(verdict: DatasetVerdict) -> bool:
    """Whether a release does not go live."""
    return verdict.verdict in ("hold", "fail")


def judge_nights(dataset: str, days: list[tuple[str, pl.DataFrame]]) -> tuple[list[Ordinary], list[DatasetVerdict]]:
    """What each night was judged against, and what came of it."""
    counted, pasts, verdicts = [], [], []
    for (_, before), (_, after) in pairwise(days):
        pair = make_pair(dataset, before, after)
        pasts.append(learn_ordinary(counted, CHECKS))
        verdicts.append(judge_pair(pair, pasts[-1]))
        counted.append(count_affected(pair, find_affected(pair)))
    return pasts, verdicts


def lose_many(before: pl.DataFrame, after: pl.DataFrame, chance: Random) -> tuple[pl.DataFrame, list[str]]:
    """One provider in twenty is gone."""
    names = sorted(set(before["organisation"]) & set(after["organisation"]))
    gone = chance.sample(names, max(1, round(len(names) * 0.05)))
    return after.filter(~pl.col("organisation").is_in(gone)), gone


def inject(
    kind: str, before: pl.DataFrame, after: pl.DataFrame, chance: Random
) -> tuple[pl.DataFrame, list[str]] | None:
    """The later release with the fault, and whose data has it; None where the fault changes less than half of it."""
    if kind == MANY:
        return lose_many(before, after, chance)
    sizes = before.group_by("organisation").len().filter(pl.col("len") >= FEWEST_ENTITIES)
    both = sizes.join(after.group_by("organisation").len(), on="organisation").filter(
        pl.col("len_right") >= FEWEST_ENTITIES
    )
    name = chance.choice(both["organisation"].sort().to_list())
    mine, others = (after.filter(each) for each in (pl.col("organisation") == name, pl.col("organisation") != name))
    faulty = (FAULTS | UNTUNED)[kind](mine, others, chance).select(after.columns)
    same = mine.join(faulty, on=mine.columns, how="semi", nulls_equal=True).height if faulty.height else 0
    doubled = faulty.height > mine.height
    if same > mine.height / 2 and not doubled:
        return None
    return pl.concat([others, faulty]), [name]


def main() -> None:
    """Judge the nights, inject the faults, print what was held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--million", action="store_true")
    given = parser.parse_args()
    history = {dataset: follow_dataset(given.shared, dataset) for dataset in DATASETS}
    judged = {dataset: judge_nights(dataset, days) for dataset, days in history.items()}
    for dataset, (_, verdicts) in judged.items():
        held = [(history[dataset][number + 1][0], each) for number, each in enumerate(verdicts) if is_held(each)]
        first, last = (date.fromisoformat(history[dataset][number][0]) for number in (1, -1))
        print(f"{dataset}: {len(verdicts)} nights with changes of {(last - first).days + 1}, {len(held)} held,"
              f" {sum(each.verdict == 'inconclusive' for each in verdicts)} inconclusive;"
              f" {sum(each.providers for each in verdicts)} providers changed,"
              f" {sum(len(each.held) for each in verdicts)} held")  # fmt: skip
        for day, each in held:
            print(f"  {day}: {each.reasons[0].text}")
    begun, total, caught, named_all = time.process_time(), 0, 0, 0
    for kind in [*FAULTS, MANY, *UNTUNED]:
        tried = held_count = named = 0
        for seed in range(given.first, given.first + given.seeds):
            chance = Random(f"{kind} {seed}")
            for _ in range(DRAWS):
                dataset = chance.choice(DATASETS)
                pasts, verdicts = judged[dataset]
                free = [number for number, each in enumerate(verdicts) if not is_held(each) and each.before >= 100]
                number = chance.choice(free)
                (_, before), (_, after) = history[dataset][number : number + 2]
                injected = inject(kind, before, after, chance)
                if injected is not None:
                    break
            else:
                continue
            verdict = judge_pair(make_pair(dataset, before, injected[0]), pasts[number])
            tried += 1
            held_count += is_held(verdict)
            named += is_held(verdict) and set(injected[1]) <= set(verdict.held)
            if not is_held(verdict):
                print(f"    missed: {kind}, seed {seed}, {dataset}, {injected[1][0]}: {verdict.verdict}")
        mark = " (untuned)" if kind in UNTUNED else ""
        print(f"{kind:>32}: {held_count} of {tried} held, the provider named in {named}{mark}", flush=True)
        total, caught, named_all = total + tried, caught + held_count, named_all + named
    print(f"{caught} of {total} held ({caught / total:.1%}), the provider named in {named_all};"
          f" {(time.process_time() - begun) / total:.2f} CPU-s each")  # fmt: skip
    if given.million:
        time_million(history[DATASETS[0]])


def time_million(days: list[tuple[str, pl.DataFrame]]) -> None:
    """Compare two releases of a million entities: one with a fault, and one in which every row differs."""
    frame = days[-1][1].rename({"shape": "geometry"})
    copies = -(-1_000_000 // frame.height)
    whole = pl.concat(
        frame.with_columns(pl.col("entity") + f"-{number}", pl.col("organisation") + f"-{number}")
        for number in range(copies)
    )
    name = whole["organisation"][0]
    for what, after in (
        ("one provider lost", whole.filter(pl.col("organisation") != name)),
        ("every row differs", whole.with_columns(pl.col("hectares").fill_null("") + "0")),
    ):
        with TemporaryDirectory() as folder:
            for side, each in (("before", whole), ("after", after)):
                (Path(folder) / side).mkdir()
                each.write_parquet(Path(folder) / side / "brownfield-land.parquet")
            wall, cpu = time.perf_counter(), time.process_time()
            verdict = compare_folders(Path(folder) / "before", Path(folder) / "after")
            print(f"{whole.height:,} entities, {what}: {verdict.verdict}, {time.perf_counter() - wall:.0f} s wall,"
                  f" {time.process_time() - cpu:.0f} CPU-s")  # fmt: skip


if __name__ == "__main__":
    main()
