"""Tells the forms of ArchiMate models that have no suffix of their own, without importing what reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from graphkb.sources.reading import InputFile

TABLE_NAME: Final = re.compile(r"(?P<prefix>.*)(?P<table>elements|relations|properties)\.csv", re.DOTALL)
COLUMNS: Final = {
    "elements": ("ID", "Type", "Name", "Documentation"),
    "relations": ("ID", "Type", "Name", "Documentation", "Source", "Target"),
    "properties": ("ID", "Key", "Value"),
}
"""Columns with which the headers of Archi's tables begin."""
_KEYS: Final = frozenset({"archimateId", "elements", "relationships"})


def is_archi_table(file: InputFile) -> bool:
    """Tell whether a file is one of the tables that Archi exports, by its name and its header."""
    named = TABLE_NAME.fullmatch(file.path.name)
    if not named:
        return False
    start = file.content[:200].removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    header = [each.strip().strip('"') for line in start for each in re.split(r"[,;\t]", line.decode("latin-1"))]
    columns = COLUMNS[named["table"]]
    return tuple(header[: len(columns)]) == columns


def is_json_model(content: Any) -> bool:
    """Tell whether a JSON document is a model of EAModelSet."""
    return isinstance(content, dict) and content.keys() >= _KEYS
