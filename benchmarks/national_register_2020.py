"""The national register of brownfield land of November 2020, rebuilt from the resources that it names.

    python benchmarks/national_register_2020.py SHARED [--show N]

SHARED is the folder of real data. Each resource is read with today's configuration, up to the phase that finds the
reference, so that entity numbers play no part. A site is matched by its resource, organisation and reference, compared
by letters and digits; where today's reading has no organisation, without it. Prints how many sites match, why others
do not, and for each field how many values are equal and in what way others differ. `docs/compatibility.md` has the
figures seen.
"""

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl

from headrace.convert.resource import convert
from headrace.model.cells import Unconverted
from headrace.spec.rules import Provenance, resolve
from headrace.store.configuration_files import read_configuration, read_organisations, read_specification
from headrace.transform.phases import PHASES, transform
from headrace.transform.reference import identify
from register_difference import EQUAL, OTHER, RULES, Cell, classify_cell

DATASET = "brownfield-land"
PUBLISHED = date(2020, 11, 20)
PHASES_TO_REFERENCE = PHASES[: PHASES.index(identify) + 1]
NAMES_THEN = {"site": "reference", "ownership": "ownership-status"}
"""Fields that had other names in the register."""


def read_register(shared: Path) -> pl.DataFrame:
    """The sites of the register under today's names, with `site` (its row), `resource`, `owner` and `key`."""
    register = pl.read_parquet(shared / "expected" / "brownfield-land-national-2020-11.parquet").rename(NAMES_THEN)
    register = register.with_row_index("site")
    owner = pl.col("organisation").str.replace("local-authority-eng:", "local-authority:", literal=True)
    return register.with_columns(owner.alias("owner"), _key().alias("key"))


def _key() -> pl.Expr:
    return pl.col("reference").fill_null("").str.to_lowercase().str.replace_all(r"[^a-z0-9]", "")


def rebuild(shared: Path, resources: pl.Series) -> pl.DataFrame:
    """The entries of the resources, as today's rules read them: fields, `row`, `resource`, `owner` and `key`."""
    folder = shared / "digital-land"
    specification = read_specification(folder / "specification")
    organisations = read_organisations(folder / "organisation.csv")
    configuration = read_configuration(folder / "pipeline" / DATASET, DATASET)
    index = pl.read_csv(shared / "resources.csv", infer_schema=False).fill_null("")
    frames = []
    for row in index.filter(pl.col("sha256").is_in(resources.implode())).sort("sha256").iter_rows(named=True):
        endpoints, publishers = (tuple(filter(None, row[name].split(";"))) for name in ("endpoints", "organisation"))
        provenance = Provenance(row["sha256"], endpoints, publishers, row["first_seen"])
        conversion = convert(shared / "resources" / row["sha256"])
        if not isinstance(conversion, Unconverted):
            rules = resolve(specification, configuration, organisations, provenance, PUBLISHED)
            batch = transform(conversion.cells, rules, PHASES_TO_REFERENCE)
            frames.append(batch.entries.with_columns(resource=pl.lit(row["sha256"])))
    entries = pl.concat(frames, how="diagonal").with_row_index("row")
    place = pl.col("point").str.extract_groups(r"\((\S+) (\S+)\)")
    return entries.with_columns(
        place.struct.field("1").alias("longitude"),
        place.struct.field("2").alias("latitude"),
        pl.col("organisation").alias("owner"),
        _key().alias("key"),
    )


def match(register: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Pairs of `site` and `row`; what is there twice is matched in order."""
    sites, rows = (frame.filter(pl.col("key") != "") for frame in (register, entries))
    exact = _join(sites, rows, ["resource", "owner", "key"])
    sites = sites.join(exact, on="site", how="anti")
    rows = rows.join(exact, on="row", how="anti").filter(pl.col("owner").is_null())
    return pl.concat([exact, _join(sites, rows, ["resource", "key"])])


def _join(sites: pl.DataFrame, rows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    left, right = (frame.with_columns(pl.int_range(pl.len()).over(by).alias("#")) for frame in (sites, rows))
    return left.join(right, on=[*by, "#"], how="inner").select("site", "row")


def why_missing(register: pl.DataFrame, entries: pl.DataFrame, pairs: pl.DataFrame) -> Counter[str]:
    """Sites without an entry, by reason."""
    read, named = (set(frame["resource"]) for frame in (entries, entries.filter(pl.col("key") != "")))
    reasons: Counter[str] = Counter()
    for resource, key in register.join(pairs, on="site", how="anti")["resource", "key"].iter_rows():
        if resource not in read:
            reasons["the resource is a PDF, typed out by hand in 2020"] += 1
        elif not key:
            reasons["the register has no reference"] += 1
        elif resource not in named:
            reasons["the name of the column of references is not in today's configuration"] += 1
        else:
            reasons["the reference came from another column in 2020, or from another row"] += 1
    return reasons


def why_extra(register: pl.DataFrame, entries: pl.DataFrame, pairs: pl.DataFrame) -> Counter[str]:
    """Entries without a site, by reason."""
    sites, owners = set(register["owner", "key"].iter_rows()), set(register["resource", "owner"].iter_rows())
    reasons: Counter[str] = Counter()
    extra = entries.join(pairs, on="row", how="anti")
    for resource, owner, key in extra["resource", "owner", "key"].iter_rows():
        if not key:
            reasons["no reference is read today"] += 1
        elif owner is None:
            reasons["no organisation is read today"] += 1
        elif (owner, key) in sites:
            reasons["the register has the site from another resource"] += 1
        elif (resource, owner) not in owners:
            reasons["the register has the organisation's sites from other resources"] += 1
        else:
            reasons["left out in 2020"] += 1
    return reasons


def compare_fields(register: pl.DataFrame, entries: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, Counter[str]]:
    """By field, how many values of matched sites are equal, and how many differ in which way."""
    fields = [*RULES]
    then = pairs.join(register, on="site", how="left", maintain_order="left").select(fields).fill_null("")
    now = pairs.join(entries, on="row", how="left", maintain_order="left")
    classes: dict[str, Counter[str]] = {}
    for field in fields:
        read = set(entries.filter(pl.col(field).is_not_null())["resource"])
        cells = zip(then[field], now[field].fill_null(""), now["resource"], strict=True)
        classes[field] = Counter(classify_cell(field, Cell(one, other, of in read)) for one, other, of in cells)
    return classes


def main() -> None:
    """Rebuild, compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    shared: Path = parser.parse_args().shared
    register = read_register(shared)
    entries = rebuild(shared, register["resource"].unique())
    pairs = match(register, entries)
    print(f"sites in the register {register.height:>7}")
    print(f"matched               {pairs.height:>7}  {100 * pairs.height / register.height:.2f}%")
    for title, reasons in (
        ("missing", why_missing(register, entries, pairs)),
        ("extra", why_extra(register, entries, pairs)),
    ):
        print(f"{title:<22}{reasons.total():>7}")
        for reason, count in reasons.most_common():
            print(f"    {count:>7}  {reason}")
    print(f"\n{'field':<30}{'equal':>8}{'%':>8}{'differ':>8}")
    for field, classes in compare_fields(register, entries, pairs).items():
        equal = classes.pop(EQUAL, 0)
        print(f"{field:<30}{equal:>8}{100 * equal / pairs.height:>8.2f}{classes.total():>8}")
        for name, count in sorted(classes.items(), key=lambda one: (one[0] == OTHER, -one[1])):
            print(f"    {count:>7}  {name}")


if __name__ == "__main__":
    main()
