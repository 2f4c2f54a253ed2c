"""Laws of the reports on quality."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from headrace.report.quality.expiry import find_expiry
from headrace.report.quality.material import SCHEMAS, Material
from headrace.report.quality.number import count_numbers
from headrace.report.quality.registry import REPORTS

TODAY = date(2026, 11, 24)

days = st.one_of(st.integers(-400, 400), st.integers(0, 45)).map(lambda ago: TODAY - timedelta(days=ago))
maybe_end = st.none() | days.map(date.isoformat)
names = st.sampled_from("ABC")


@st.composite
def materials(draw: st.DrawFn) -> Material:
    """A few organisations with provisions, sources, endpoints, entities and many answers, of any age."""
    organisations = [
        {"organisation": name, "name": name, "entity": number, "end_date": draw(maybe_end)}
        for number, name in enumerate("ABC", 1)
    ]
    provisions = [{"organisation": name, "dataset": "area", "end_date": draw(maybe_end)} for name in "AB"]
    endpoints = [
        {"endpoint": name, "endpoint_url": name, "end_date": draw(maybe_end), "last_on": TODAY, "succeeded_on": TODAY}
        for name in "abc"
    ]
    sources = [
        {"source": name, "organisation": draw(names), "endpoint": name, "dataset": "area", "end_date": draw(maybe_end)}
        for name in "abc"
    ]
    answers = [
        {"endpoint": "abc"[number % 3 and number % 2], "resource": f"r{number}", "first_on": on, "last_on": TODAY}
        for number, on in enumerate(draw(st.lists(days, min_size=12, max_size=16)))
    ]
    entities = [
        {
            "dataset": "area",
            "entity": number,
            "organisation_entity": draw(st.integers(1, 3)),
            "entry_date": on.isoformat(),
        }
        for number, on in enumerate(draw(st.lists(days, max_size=4)))
    ]
    rows = {
        "organisations": organisations,
        "datasets": [{"dataset": "area", "typology": "geography"}],
        "provisions": provisions,
        "endpoints": endpoints,
        "sources": sources,
        "answers": answers,
        "entities": entities,
    }
    frames = {name: pl.DataFrame(rows.get(name, []), schema=schema, orient="row") for name, schema in SCHEMAS.items()}
    return Material(today=TODAY, **frames)


def numbers(material: Material) -> pl.DataFrame:
    """The numbers of every report, sorted."""
    return pl.concat([count_numbers(report, report.rows(material)) for report in REPORTS]).sort(
        pl.all(), nulls_last=True
    )


@given(materials(), st.data())
def test_numbers_stay_until_they_expire(material: Material, data: st.DataObject) -> None:
    """On every day before, they are what they are today."""
    expiry = find_expiry(material)
    last = (expiry - TODAY).days - 1 if expiry else 800
    later = TODAY + timedelta(days=data.draw(st.integers(0, last)))
    assert numbers(replace(material, today=later)).equals(numbers(material))
