import polars as pl

from headrace.flow.stages import in_stage_order


def test_stages_come_in_the_order_of_the_way_of_one_row() -> None:
    """Stages that were not measured are there; stages that are not known come last and do not vanish."""
    measured = pl.DataFrame({"stage": ["release", "mandate", "collect"], "waiting": [1, 2, 3]})
    ordered = in_stage_order(measured)
    expected = ["collect", "convert", "transform", "assign", "assemble", "publish", "release", "mandate"]
    assert expected == ordered["stage"].to_list()
    assert ordered["waiting"].to_list() == [3, None, None, None, None, None, 1, 2]
