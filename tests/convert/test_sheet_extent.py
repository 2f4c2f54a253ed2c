import pytest

from headrace.convert.sheet_extent import refuse_huge_sheets
from headrace.model.error import ConversionError
from zipped import make_zip

FAR = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"{}</row></sheetData>'
RUN = (
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}">'
    '<table:table-cell table:number-columns-repeated="{columns}" {value}/></table:table-row></table:table>'
)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xl/worksheets/sheet1.xml", FAR.format("><v>1</v></c>")),
        ("content.xml", RUN.format(rows=1048576, columns=1024, value='office:value="1"')),
    ],
    ids=["xlsx", "ods"],
)
def test_a_sheet_filled_to_its_last_corner_is_refused(name: str, part: str) -> None:
    """A reader would make room for every cell on the way there."""
    with pytest.raises(ConversionError, match="1048576 rows"):
        refuse_huge_sheets(make_zip({name: part}))


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xl/worksheets/sheet1.xml", FAR.format(' s="1"/>')),
        ("content.xml", RUN.format(rows=1048576, columns=1024, value="")),
        ("content.xml", RUN.format(rows=1000, columns=10, value='office:value="1"')),
    ],
    ids=["xlsx", "ods", "a run"],
)
def test_cells_without_content_do_not_count(name: str, part: str) -> None:
    """A colour in the last corner harms nobody."""
    refuse_huge_sheets(make_zip({name: part}))


@pytest.mark.parametrize(("column", "refused"), [("SF", False), ("SG", True), ("AAA", True), ("Z", False)])
def test_how_far_a_long_sheet_may_reach_to_the_right(column: str, refused: bool) -> None:
    """100,000 rows of 500 columns, the last of which is SF, are as many cells as are read."""
    cell = f'<row r="100000"><c r="A100000"><v>1</v></c><c r="{column}100000"><v>1</v></c></row>'
    package = make_zip({"xl/worksheets/sheet1.xml": f"<sheetData>{cell}</sheetData>"})
    if refused:
        with pytest.raises(ConversionError, match="100000 rows"):
            refuse_huge_sheets(package)
    else:
        refuse_huge_sheets(package)


def test_a_package_that_unpacks_to_too_much_is_refused() -> None:
    """200 MB of blanks make 200 kB."""
    package = make_zip({"xl/worksheets/sheet1.xml": " " * (200 << 20)})
    with pytest.raises(ConversionError, match="unpacks to"):
        refuse_huge_sheets(package)
