# ruff: noqa: INP001 - a part of a program
"""What was measured, as lines of a table."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import Final


@dataclass
class Line:
    """What was measured of one contender."""

    store: str
    what: str
    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    unit: str = "times"
    bar: float | None = None

    @property
    def verdict(self) -> str:
        """Say whether the bar is met; nothing where there is none."""
        if self.bar is None:
            return ""
        median = statistics.median(self.ratios)
        met = median >= self.bar if self.unit == "/s" else median <= self.bar
        return "met" if met else "missed"

    def text(self) -> str:
        """Return a line of the table."""
        numbers = [min(self.ratios), statistics.median(self.ratios), max(self.ratios)]
        told = "".join(f"{each:10,.0f}" if self.unit == "/s" else f"{each:10.2f}" for each in numbers)
        seconds = f"{statistics.median(self.seconds):10.2f}" if self.seconds else f"{'':10}"
        bar = "" if self.bar is None else f"{'>=' if self.unit == '/s' else '<='} {self.bar:,g} {self.unit}"
        return f"{self.store:9}{self.what:52}{len(self.ratios):5}{seconds}{told}   {bar:14}{self.verdict}"


HEADER: Final = f"{'store':9}{'what':52}{'runs':>5}{'seconds':>10}{'least':>10}{'median':>10}{'most':>10}   bar"


@dataclass
class Crossing:
    """Seconds of a load and of an import at two sizes, and the size from which on the import is faster."""

    sizes: list[int] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    imports: list[float] = field(default_factory=list)

    @property
    def size(self) -> float | None:
        """Elements and edges at which both take equally long, if both grow evenly; none where they never do."""
        (small, large), (fast, slow) = self.sizes, self.loads
        (begun, done) = self.imports
        gain = ((slow - fast) - (done - begun)) / (large - small)
        return None if gain <= 0 else small + (begun - fast) / gain

    def text(self) -> str:
        """Return the lines of it."""
        told = [
            f"{size:>9,} elements and edges: load {load:7.1f} s, neo4j-admin {brought:7.1f} s"
            for size, load, brought in zip(self.sizes, self.loads, self.imports, strict=True)
        ]
        crossing = "the load stays faster" if self.size is None else f"equally long at {max(0, self.size):,.0f}"
        return "\n".join([*told, crossing])
