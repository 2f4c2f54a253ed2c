"""Which fields a client is told."""

import pytest

from headrace.web.field_choice import FieldChoice, read_field_choice, split_fields
from headrace.web.problem import ProblemError
from headrace.web.query.vocabulary import Vocabulary

KNOWN = Vocabulary({}, frozenset(), frozenset({"entity", "name", "start-date"}))


def test_names_are_split_and_spelt_alike() -> None:
    """Commas, repeats, blanks and underscores are one way of writing."""
    assert ["start-date", "name", "entity"] == split_fields(["start_date, name,", "entity"])


def test_nothing_chosen_is_everything() -> None:
    """Without a choice, documents are passed on untouched."""
    choice = read_field_choice([], [], KNOWN)

    assert choice.is_everything
    documents = [b'{"x":1}']
    assert choice.choose_documents(documents) is documents


def test_what_is_left_out_wins() -> None:
    """A field that is wanted and unwanted is left out; the identifying field never is."""
    choice = FieldChoice(frozenset({"name", "start-date"}), frozenset({"name", "entity"}))

    assert {"entity": 1, "start-date": "x"} == choice.choose({"entity": 1, "name": "n", "start-date": "x", "other": 2})


def test_unknown_fields_are_refused() -> None:
    """A field that no entity has is a fault of its parameter, not a blank."""
    with pytest.raises(ProblemError) as raised:
        read_field_choice(["nam"], ["start-dat"], KNOWN)

    assert [("field", "name"), ("exclude_field", "start-date")] == [
        (fault.parameter, fault.suggestion) for fault in raised.value.faults
    ]
