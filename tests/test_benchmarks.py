"""The benchmarks run, on a graph small enough for a test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks.loading import FEW, Load
from benchmarks.shape import shaped
from benchmarks.table import Crossing, Line

PROGRAM: Final = Path(__file__).resolve().parent.parent / "benchmarks" / "loading.py"


def test_a_generated_graph_can_be_written_into_files_and_read_again(tmp_path: Path) -> None:
    """Its files have no problems, and say all of it; only gaps are derived in addition."""
    generated, load = shaped(FEW), Load.of(FEW, tmp_path)
    assert generated.nodes.keys() <= load.data.nodes.keys()
    derived = [properties for key, properties in load.data.nodes.items() if key not in generated.nodes]
    assert all(each["isDerived"] for each in derived)


def test_a_hundredth_of_a_load_is_changed(tmp_path: Path) -> None:
    """Titles of nodes, and the far ends of edges."""
    load = Load.of(FEW, tmp_path)
    renamed = sum(load.changed.nodes[key] != properties for key, properties in load.data.nodes.items())
    moved = len(load.changed.edges.keys() - load.data.edges.keys())
    assert 0.009 < renamed / len(load.data.nodes) < 0.011
    assert 0.008 < moved / len(load.data.edges) < 0.011


def test_every_contender_has_a_line(tmp_path: Path) -> None:
    """With the seconds of each run, the ratios to the statements written by hand, and the verdict on the bar."""
    report = tmp_path / "loading.json"
    options = ("--runs", "2", "--store", "embedded", "--only", "turns", "--only", "memory", "--json", str(report))
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(FEW), *options], capture_output=True, text=True, timeout=300, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["lines"]
    assert [len(line["ratios"]) for line in lines] == [2, 2, 2, 2, 2, 2, 1]
    assert [line["what"] in done.stdout for line in lines] == [True] * 7
    assert all(line["verdict"] in ("met", "missed") for line in lines if line["bar"] is not None)


def test_a_bar_is_held_against_the_median() -> None:
    """One slow run of three decides nothing; what is counted by the second must be more than its bar."""
    assert Line("neo4j", "x", ratios=[1.0, 1.1, 9.0], bar=1.1).verdict == "met"
    assert Line("neo4j", "x", ratios=[1.0, 1.2, 1.3], bar=1.1).verdict == "missed"
    assert Line("neo4j", "x", ratios=[19_000.0, 21_000.0, 22_000.0], bar=20_000, unit="/s").verdict == "met"


def test_from_some_size_on_the_import_is_faster() -> None:
    """Where both lines cross: 10 s and 1 s for each 1,000, against nothing and 2 s for each 1,000."""
    crossing = Crossing([1_000, 5_000], loads=[2.0, 10.0], imports=[11.0, 15.0])
    assert crossing.size == 10_000
    assert Crossing([1_000, 5_000], loads=[2.0, 3.0], imports=[11.0, 15.0]).size is None
