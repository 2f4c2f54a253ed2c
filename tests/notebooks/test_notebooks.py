"""The notebooks, executed against the demonstration as it is served."""

import json
import re
from pathlib import Path
from typing import Any

import httpx2
import nbformat
import pytest
from nbclient import NotebookClient
from tests.browser.conftest import demo, site  # noqa: F401 - fixtures: the demonstration, and where it is served

from headrace.run.work_list import WORTH_WORK, read_released
from headrace.store.lake import Lake
from headrace.store.releases import Releases

FOLDER = Path(__file__).parent.parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FIRST = "few-endpoints-added-errors-growing"
SECOND = "what-waits-and-for-how-long"
THIRD = "what-is-wrong-with-one-organisations-data"


def _execute(name: str, origin: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the cells of a notebook show; a cell that fails fails the test."""
    monkeypatch.setenv("HEADRACE_URL", origin)
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return [out["data"] for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs if "data" in out]


def _texts(shown: list[dict[str, Any]]) -> str:
    return "\n".join(out.get("text/markdown") or out.get("text/html") or "" for out in shown)


def test_there_are_three() -> None:
    """Each is executed below."""
    assert sorted([FIRST, SECOND, THIRD]) == [path.stem for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_is_kept_without_what_it_showed(path: Path) -> None:
    """No output, no count, no address but that of the service; and it says what it is for before it does anything."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    source = "".join(line for cell in notebook["cells"] for line in cell["source"])
    addresses = set(re.findall(r"https?://[^\"'`\s)>{]+", source))
    assert addresses == {"http://127.0.0.1:8000"}
    assert notebook["cells"][0]["cell_type"] == "markdown"
    assert notebook["cells"][0]["source"][0].startswith("# ")


def test_endpoints_and_errors(site: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Two charts of the service, and the numbers of its report in a sentence."""
    shown = _execute(FIRST, site, monkeypatch)
    assert 2 == sum("image/svg+xml" in out for out in shown)
    months = httpx2.get(f"{site}/report/errors.json").json()["months"]
    last = months[-1]
    said = _texts(shown)
    assert f"{last['endpoints_failing']:,} of {last['endpoints']:,} endpoints failed at the end of it." in said
    assert f"**{last['failed_share']:.1%} of attempts failed** in {last['month']}" in said
    added = sum(row["endpoints_added"] for row in [row for row in months if row["attempts"]][-6:])
    assert f"**Endpoints added: {added:,}**" in said


def test_what_waits(site: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Its chart, the constraint, and what comes first on the work list."""
    shown = _execute(SECOND, site, monkeypatch)
    assert 1 == sum("image/svg+xml" in out for out in shown)
    stream = httpx2.get(f"{site}/stream.json").json()
    assert f"**{stream['constraint']}**" in _texts(shown)
    first = httpx2.get(f"{site}/work.json?limit=1").json()["work"][0]
    assert first["what"][:20] in _texts(shown).replace("&quot;", '"')


def test_one_organisation(site: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """The one with most errors, with where they are; or another that is asked for."""
    said = _texts(_execute(THIRD, site, monkeypatch))
    found = re.search(r"/organisation/(local-authority:[A-Z]+)/report\?dataset=([a-z-]+)", said)
    assert found
    report = httpx2.get(f"{site}/organisation/{found[1]}/report.json?dataset={found[2]}").json()
    assert f"entities: {report['entities']:,}; " in said
    assert f"rows that are not published: {len(report['refused'])}." in said
    monkeypatch.setenv("HEADRACE_ORGANISATION", "local-authority:QBK")
    monkeypatch.setenv("HEADRACE_DATASET", "brownfield-land")
    assert "**Quarrybank Metropolitan Borough Council**" in _texts(_execute(THIRD, site, monkeypatch))


def test_the_work_list_knows_how_many_entities_each_publication_has(demo: Path) -> None:  # noqa: F811
    """They add up to what the release holds; and of issues only those are work that are for the service."""
    lake = Lake(demo)
    live = Releases(lake).need_live()
    released = read_released(lake, live)
    for summary in live.datasets:
        of_dataset = {key: number for key, number in released.reach.by_publication.items() if key[0] == summary.dataset}
        assert summary.entities == sum(of_dataset.values())
        assert all(organisation is None or ":" in organisation for _, organisation in of_dataset)
    assert {"internal"} == set(released.issues["responsibility"])
    assert set(released.issues["severity"]) <= set(WORTH_WORK)
