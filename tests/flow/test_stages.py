import polars as pl

from headrace.flow.stages import in_stage_order


def test_stages_come_in_the_order_of_the_model() -> None:
    """Stages that were not measured are there; stages that are not known come last and do not vanish."""
    measured = pl.DataFrame({"stage": ["release", "elsewhere", "collect"], "waiting": [1, 2, 3]})
    ordered = in_stage_order(measured, ["collect", "convert", "release"])
    assert [("collect", 3), ("convert", None), ("release", 1), ("elsewhere", 2)] == ordered.rows()
