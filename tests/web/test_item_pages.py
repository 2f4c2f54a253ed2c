from datetime import UTC, datetime

import polars as pl
import pytest

from headrace.web.item_pages import find_pages

NIGHT = datetime(2026, 11, 24, 1, tzinfo=UTC)
KEY = "a" * 64


def _visits(stage: str, dataset: str | None = "tree", organisation: str | None = "x:LBH") -> pl.DataFrame:
    return pl.DataFrame(
        [(stage, NIGHT, NIGHT, dataset, organisation)],
        schema={
            "stage": pl.String,
            "ready_at": pl.Datetime("us", "UTC"),
            "started_at": pl.Datetime("us", "UTC"),
            "dataset": pl.String,
            "organisation": pl.String,
        },
        orient="row",
    )


@pytest.mark.parametrize(
    ("item_type", "item", "stage", "expected"),
    [
        (
            "endpoint",
            KEY,
            "collect",
            [f"/endpoint/{KEY}", "/organisation/x%3ALBH/report?dataset=tree", "/dataset/tree"],
        ),
        ("endpoint", KEY, "configure", ["/organisation/x%3ALBH/report?dataset=tree", "/dataset/tree"]),
        (
            "reference",
            "tree/x:LBH/tree:A/1&2",
            "assign",
            [
                "/entity/?dataset=tree&reference=A%2F1%262",
                "/organisation/x%3ALBH/report?dataset=tree",
                "/dataset/tree",
            ],
        ),
    ],
)
def test_an_item_leads_to_its_pages(item_type: str, item: str, stage: str, expected: list[str]) -> None:
    """An endpoint that was never asked has no page of its own."""
    assert expected == [address for _, address in find_pages(item_type, item, _visits(stage), {"tree"})]


def test_there_is_no_way_to_what_is_not_published() -> None:
    """Nor to what has no dataset at all."""
    assert [] == list(find_pages("provision", "tree/x:LBH", _visits("ask"), set()))
    assert [] == list(find_pages("consideration", "Trees", _visits("screen", None, None), {"tree"}))
