# ruff: noqa: INP001 - a program, no package
"""How long commands take to start, beside Python itself: ``python benchmarks/startup.py [RUNS]``.

Each command runs in a process of its own, all of them in turn, so that a busy moment of the machine hits all alike.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from typing import Final

GRAPHKB: Final = "import sys; from graphkb.cli import main; sys.exit(main())"
COMMANDS: Final[dict[str, list[str]]] = {
    "python -c pass": ["pass"],
    "import graphkb": ["import graphkb"],
    "graphkb --help": [GRAPHKB, "--help"],
    "graphkb questions": [GRAPHKB, "questions"],
    "graphkb demo": [GRAPHKB, "demo"],
}
"""What is measured: code and arguments; the first is what the others are compared with."""
RUNS: Final = 10


def seconds(arguments: list[str], folder: str) -> float:
    """Return how long one process takes from its start to its end."""
    start = time.perf_counter()
    subprocess.run(  # noqa: S603  # the programs of this table
        [sys.executable, "-c", *arguments], cwd=folder, stdout=subprocess.DEVNULL, timeout=120, check=True
    )
    return time.perf_counter() - start


def measure(runs: int) -> dict[str, list[float]]:
    """Return the seconds of every run of each command; one run before them warms the caches."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(runs + 1):
            for name, arguments in COMMANDS.items():
                second = seconds(arguments, folder)
                if number:
                    taken[name].append(second)
    return taken


def table(taken: dict[str, list[float]]) -> str:
    """Return the medians in milliseconds, their range, and how many times the first command they take."""
    medians = {name: statistics.median(runs) for name, runs in taken.items()}
    base = next(iter(medians.values()))
    lines = [f"{'command':20}{'median':>10}{'fastest':>10}{'slowest':>10}{'times':>8}"]
    for name, runs in taken.items():
        milliseconds = "".join(f"{value * 1000:7.0f} ms" for value in (medians[name], min(runs), max(runs)))
        lines.append(f"{name:20}{milliseconds}{medians[name] / base:8.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS)))  # noqa: T201  # the result
