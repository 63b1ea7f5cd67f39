"""The shipped example, and the small model that a new folder starts with."""

from pathlib import Path
from typing import Final

BANK: Final = Path(__file__).parent / "bank"
"""Folder of the example: a fictional retail bank in YAML."""
STARTER: Final = Path(__file__).parent / "starter"
"""Folder of the files that ``graphkb new`` copies."""
