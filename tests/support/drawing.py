"""Mermaid itself, where Node and its package are at hand, to see how it draws a text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

PACKAGES = ("mermaid@11", "jsdom@26")
_SECONDS = 120


def draw(texts: Sequence[str]) -> list[Any]:
    """Return what Mermaid draws of each text: nodes with their lines and classes, and labels of edges, or an error.

    Skips the calling test where there is no Node or no Mermaid.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Mermaid: Node is not installed")
    folder = packages_folder()
    if not all((folder / "node_modules" / each.partition("@")[0]).is_dir() for each in PACKAGES):
        pytest.skip(f"no Mermaid: npm install --no-package-lock --prefix {folder} {' '.join(PACKAGES)}")
    done = subprocess.run(
        (node, Path(__file__).with_name("draw.mjs"), folder),
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    drawn: list[Any] = json.loads(done.stdout)
    return drawn


def packages_folder() -> Path:
    """Return the folder that keeps Node's packages between runs, whether it is there yet or not."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "graphkb" / "mermaid"
