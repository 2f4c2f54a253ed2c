"""The parts of a dataset's tables: those that results have changed are made, the others are found."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import TypeVar

import orjson

from headrace.assemble.tables import assemble_block, assemble_resources
from headrace.run.code import RELEASE_CODE, hash_code
from headrace.run.tools import Night
from headrace.run.transformation import Standing
from headrace.store.dataset_tables import ENTITY, RESOURCE, keep_part
from headrace.store.results import gather_facts, gather_resources, read_blocks

Key = TypeVar("Key")


def make_parts(night: Night, dataset: str, standing: Sequence[Standing]) -> dict[str, list[str]]:
    """The names of the parts that a dataset's results make up, in order; each that is not kept is made.

    The name of a part has the hash of all that it is made of: the results that have something to say in it, and the
    rules by which they are put together.
    """
    return {ENTITY: _entity_parts(night, dataset, standing), RESOURCE: _resource_parts(night, dataset, standing)}


def _entity_parts(night: Night, dataset: str, standing: Sequence[Standing]) -> list[str]:
    rules = _hash(
        [
            asdict(night.plan.specification.dataset(dataset)),
            night.plan.organisations.digest,
            sorted((curie, each.entity) for curie, each in night.plan.organisations.by_curie.items()),
            hash_code(RELEASE_CODE),
        ]
    )
    about: dict[int, list[Standing]] = {}
    for each in standing:
        for block in read_blocks(each.folder):
            about.setdefault(block, []).append(each)
    names = {
        block: f"{ENTITY}-{block:09}.{_hash([rules, *((each.key, each.held.ended_on) for each in about[block])])}"
        for block in sorted(about)
    }
    missing = _missing(night, dataset, names)
    if missing:
        said = {each.folder: None for block in missing for each in about[block]}
        ended = {each.held.provenance.resource: each.held.ended_on for each in standing if each.held.ended_on}
        specified = night.plan.specification.dataset(dataset)
        for block, facts in gather_facts(list(said), missing).items():
            tables = assemble_block(facts, ended, specified, night.plan.organisations)
            keep_part(night.lake, dataset, names[block], tables)
    return list(names.values())


def _resource_parts(night: Night, dataset: str, standing: Sequence[Standing]) -> list[str]:
    about: dict[str, list[Standing]] = {}
    for each in standing:
        about.setdefault(each.held.provenance.resource[0], []).append(each)
    code = hash_code(RELEASE_CODE)
    names = {
        digit: f"{RESOURCE}-{digit}.{_hash([code, *(each.key for each in about[digit])])}" for digit in sorted(about)
    }
    specified = night.plan.specification.dataset(dataset)
    for digit in _missing(night, dataset, names):
        tables = assemble_resources(gather_resources([each.folder for each in about[digit]]), specified)
        keep_part(night.lake, dataset, names[digit], tables)
    return list(names.values())


def _missing(night: Night, dataset: str, names: Mapping[Key, str]) -> list[Key]:
    return [key for key, name in names.items() if not night.lake.part_folder(dataset, name).is_dir()]


def _hash(said: object) -> str:
    return sha256(orjson.dumps(said)).hexdigest()[:32]
