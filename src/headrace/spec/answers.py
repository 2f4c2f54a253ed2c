"""What the lookup table answers, hashed piece by piece: a result is made again only when an answer it used changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import polars as pl

from headrace.spec.lookups import KEY
from headrace.spec.numbering import Numbering

ANYTHING: Final = "*"
"""In place of a `prefix organisation` pair: whatever the tables of entities say."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Hashes of all that the lookup table of one pipeline says.

    An answer is an entity with where it was redirected to and who owns it. Answers are gathered by *pair*: the text
    `prefix organisation` in normal form, "" standing for no organisation; or `prefix *` for every organisation.

    Attributes:
        by_pair: hash of what is said in general, by pair.
        by_resource: hash of what is said of one resource.
        whole: hash of everything.
    """

    by_pair: Mapping[str, str]
    by_resource: Mapping[str, str]
    whole: str

    def digest(self, resource: str, asked: Collection[str]) -> str:
        """The hash of what is said of a resource and of the pairs that were asked for."""
        if ANYTHING in asked:
            return self.whole
        said = [self.by_resource.get(resource, ""), *(self.by_pair.get(pair, "") for pair in sorted(asked))]
        return sha256("\n".join(said).encode()).hexdigest()


def hash_answers(numbering: Numbering) -> Answers:
    """The answers of a numbering."""
    lookups = numbering.lookups
    general = _answered(lookups.general, numbering)
    by_pair = _hash_groups(general, pl.concat_str("prefix", "organisation", separator=" "))
    by_prefix = _hash_groups(general, pl.col("prefix") + f" {ANYTHING}")
    by_resource = {
        resource: _hash_text(_answered(frame, numbering)["answer"].str.join("\n").item() or "")
        for resource, frame in lookups.by_resource.items()
    }
    tables = [*sorted(by_prefix.items()), *sorted(by_resource.items())]
    others = [
        numbering.old_entities.write_csv(),
        numbering.owners.write_csv(),
        repr(numbering.lookup_rules),
    ]
    return Answers(by_pair | by_prefix, by_resource, _hash_text("\n".join([repr(tables), *others])))


def _answered(lookups: pl.DataFrame, numbering: Numbering) -> pl.DataFrame:
    """Lookups with `answer`: everything said of one key, as text."""
    final = lookups.join(
        numbering.old_entities.rename({"entity": "target"}), left_on="entity", right_on="old_entity", how="left"
    ).with_columns(owned=pl.coalesce("target", "entity"))
    owners = numbering.owners.sort("minimum")
    final = (
        final.with_row_index("order")
        .sort("owned")
        .join_asof(owners.rename({"organisation": "owner"}), left_on="owned", right_on="minimum", strategy="backward")
        .sort("order")
    )
    within = pl.when(pl.col("owned") <= pl.col("maximum")).then("owner")
    said = [pl.col(name).cast(pl.String).fill_null("") for name in ("entry", *KEY, "entity", "target", "status")]
    return final.with_columns(answer=pl.concat_str(*said, within.fill_null(""), separator=" "))


def _hash_groups(answered: pl.DataFrame, group: pl.Expr) -> dict[str, str]:
    texts = answered.group_by(group.alias("group"), maintain_order=True).agg(pl.col("answer").str.join("\n"))
    return {name: _hash_text(text) for name, text in texts.iter_rows()}


def _hash_text(text: str) -> str:
    return sha256(text.encode()).hexdigest()
