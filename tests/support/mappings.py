"""Foreign files made from records, with the mapping that reads them back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from graphkb.model.interpretation import interpret
from graphkb.sources import read_paths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphkb.model.dataset import Dataset
    from graphkb.model.interpretation import Interpretation
    from graphkb.sources import Reading


def yaml_of(value: Any) -> str:
    """Return a value as YAML in which every character is kept."""
    pairs = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})")

    def joined(found: re.Match[str]) -> str:
        both = (0xD800 ^ int(found[1], 16)) << 10 | (0xDC00 ^ int(found[2], 16))
        return f"\\U{both + 0x10000:08x}"

    return pairs.sub(joined, json.dumps(value))


def trimmed(value: Any) -> Any:
    """Return a value in which no text is blank or has blanks around it."""
    if isinstance(value, dict):
        inside = {name: trimmed(each) for name, each in value.items()}
        return {name: each for name, each in inside.items() if each is not None}
    if isinstance(value, list):
        return [each for each in map(trimmed, value) if each is not None]
    return value.strip() or None if isinstance(value, str) else value


def reading(folder: Path, mapping: str, files: Mapping[str, str | bytes]) -> Reading:
    """Return what is read of files by a mapping."""
    (folder / "data").mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / "data" / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return read_paths([folder / "data"], mapping=folder / "map.yaml")


def interpretation(found: Reading) -> Interpretation:
    """Return what the records mean; what was read has no problems."""
    assert found.problems == []
    return interpret(found.records)


def meaning(folder: Path, mapping: str, files: Mapping[str, str | bytes]) -> Dataset:
    """Return the dataset that files state by a mapping, without problems."""
    found = interpretation(reading(folder, mapping, files))
    assert found.problems == ()
    return found.dataset
