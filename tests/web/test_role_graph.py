import re
from xml.etree import ElementTree as ET

from headrace.web.role_graph import DESK, TELEPHONE, THICKEST, THINNEST, Line, draw_roles

SVG = "{http://www.w3.org/2000/svg}"
LINES = [
    Line("a", "b", 100, 0, "/a?to=b&x=1", "a to b"),
    Line("b", "a", 1, 1, "/b", "b to <a>"),
    Line("a", "unknown", 5, 0, "/c", "nowhere to be drawn"),
]


def test_every_line_there_could_be_is_dotted_and_every_used_one_opens_its_list() -> None:
    """Three roles have three lines; two ways are used."""
    drawn = ET.fromstring(draw_roles(("a", "b", "c"), LINES, DESK))

    assert 3 == sum("stroke-dasharray" in path.attrib for path in drawn.iter(f"{SVG}path"))
    assert ["/a?to=b&x=1", "/b"] == [link.attrib["href"] for link in drawn.iter(f"{SVG}a")]
    assert ["a to b", "b to <a>"] == [title.text for title in drawn.iter(f"{SVG}title")]


def test_what_is_used_most_is_widest_and_what_is_used_at_all_is_seen() -> None:
    drawn = ET.fromstring(draw_roles(("a", "b", "c"), LINES, DESK))

    widths = [float(next(iter(link.iter(f"{SVG}path"))).attrib["stroke-width"]) for link in drawn.iter(f"{SVG}a")]
    assert [THICKEST, THINNEST] == widths


def test_names_stay_inside_both_arrangements() -> None:
    """Each role's plate lies within the drawing."""
    roles = ("pipeline", "data manager", "data provider", "data designer", "service owner", "developer")
    for shape in (DESK, TELEPHONE):
        drawn = draw_roles(roles, [], shape)
        plates = re.findall(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"', drawn)
        assert len(roles) == len(plates)
        for x, y, width, height in (map(float, plate) for plate in plates):
            assert 0 <= x <= shape.width - width
            assert 0 <= y <= shape.height - height
