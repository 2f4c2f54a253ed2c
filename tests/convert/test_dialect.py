import pytest

from headrace.convert.dialect import HEAD_BYTES, choose_delimiter, head_records


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a,b\n1,2\n", ","),
        (b"a;b\n1,5;2\n", ";"),
        (b"a;b,c;d\n1;2;3\n4;5;6\n", ";"),
        (b"note\none; two\nthree\nfour\n", ","),
        (b"sep=\t\na,b\tc\n", "\t"),
        (b"", ","),
    ],
    ids=[
        "commas",
        "decimal commas",
        "a comma in a name",
        "one semicolon in a text",
        "a first line that says so",
        "nothing",
    ],
)
def test_the_delimiter_makes_the_widest_regular_table(text: bytes, expected: str) -> None:
    """Regular: at least half of the records have the same number of cells."""
    assert expected == choose_delimiter(text)[0]


def test_a_record_cut_by_the_end_of_the_head_is_not_looked_at() -> None:
    """Its missing cells would count against the delimiter."""
    text = b"a,b\n" + b'1,"' + b"x" * HEAD_BYTES + b'"\n'
    assert head_records(text, ",") == [["a", "b"]]
