"""A chart as a file, in the form that its name says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from headrace.model.error import SettingsError
from headrace.publish.chart import draw_png, draw_svg

DRAWN: Final = {".svg": draw_svg, ".png": draw_png}
"""What draws a chart, by the ending of the name of its file."""


def write_chart(chart: Mapping[str, Any], path: Path) -> None:
    """Draw a chart into a file.

    Raises:
        SettingsError: its name says no form that there is, or it cannot be written.
    """
    draw = DRAWN.get(path.suffix.lower())
    if draw is None:
        raise SettingsError(f"chart: got {path.name!r}; expected a name that ends in {' or '.join(DRAWN)}")
    try:
        path.write_bytes(draw(chart))
    except OSError as error:
        raise SettingsError(f"chart: {path} cannot be written: {error.strerror}") from error
