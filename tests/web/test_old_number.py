"""Numbers that configuration has redirected or retired, over HTTP."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import polars as pl

from headrace.model.release import Release

Tables = dict[str, dict[str, pl.DataFrame]]


def test_an_old_number_is_not_answered_although_facts_are_about_it(
    tmp_path: Path,
    tables: Tables,
    publish_release: Callable[[Path, Tables, str], Release],
    serve: Callable[[Path], AbstractContextManager[httpx2.Client]],
) -> None:
    """Configuration outranks facts that still name the number: 410 for a retired one, 301 for a redirected one."""
    conservation = tables["conservation-area"]
    entity = conservation["entity"]
    revenants = entity.head(2).with_columns(pl.Series("entity", [44000005, 44000006]).cast(entity["entity"].dtype))
    changed = tables | {"conservation-area": conservation | {"entity": pl.concat([entity, revenants])}}
    publish_release(tmp_path, changed, "2024-05-02")
    with serve(tmp_path) as web:
        answers = [web.get(f"/entity/{number}.json").status_code for number in (44000005, 44000006)]

    assert [301, 410] == answers
