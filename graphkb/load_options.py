"""How a load is read and planned."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from graphkb.sources import UNDECLARED, Dialect

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    from graphkb.sync.plan import OnConflict


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How a load is read and planned."""

    partial: bool = False
    """Only add and update; delete nothing."""
    strict: bool = False
    """An incomplete record is a problem."""
    stubs: bool = True
    """A reference to something unknown makes a stub; without it, it is a problem."""
    allow_delete: bool = False
    """Delete also more than the guard allows."""
    on_conflict: OnConflict = "refuse"
    """Where another source states an element otherwise: refuse the load, keep the other's, or take what is loaded."""
    mapping: str | os.PathLike[str] | None = None
    """File that says how to read files of other people's making."""
    dialect: Dialect = UNDECLARED
    """How tables are written, where that is not to be detected."""

    def command(self, paths: Iterable[Path], source: str) -> str:
        """Return the command line that loads these files as ``source`` in the same way."""
        words = ["graphkb", "load", *map(str, paths), "--source", source]
        switches = {"--partial": self.partial, "--strict": self.strict, "--no-stubs": not self.stubs}
        words += [switch for switch, is_set in (switches | {"--allow-delete": self.allow_delete}).items() if is_set]
        words += ["--on-conflict", self.on_conflict] if self.on_conflict != "refuse" else []
        words += ["--mapping", str(self.mapping)] if self.mapping is not None else []
        for name, value in asdict(self.dialect).items():
            words += ["--csv", f"{name}={value}"] if value != getattr(UNDECLARED, name) else []
        return shlex.join(words)


DEFAULTS = LoadOptions()
