import subprocess
import sys

from headrace.convert.gdal import DRIVERS


def test_only_the_wanted_drivers_are_loaded() -> None:
    """A new version of GDAL with a new driver fails here: decide about it, and add it to one of the two lists."""
    program = "from headrace.convert.gdal import load_gdal; print(*load_gdal().list_drivers(), sep='|')"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert set(told.strip().split("|")) == DRIVERS


def test_a_csv_does_not_load_gdal() -> None:
    """Loading it takes longer than converting one."""
    program = (
        "import sys; from headrace.convert.resource import convert_bytes; convert_bytes(b'a,b\\n1,2\\n'); "
        "print('pyogrio' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told.strip() == "False"
