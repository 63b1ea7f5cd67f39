"""The page about mappings: its examples give what stands there, and it names every word."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from graphkb.sources.mapping.language import Entry, Origin
from tests.support.mappings import interpretation, reading

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "mapping.md"
BLOCK: Final = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A file, a mapping, and the records that they give."""

    name: str
    content: str
    mapping: str
    records: str


def examples() -> list[Example]:
    """Return the examples of the page: three blocks each."""
    blocks = [(block["info"].split(), block["body"]) for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]
    return [
        Example(blocks[at][0][1].removeprefix("file="), blocks[at][1], blocks[at + 1][1], blocks[at + 2][1])
        for at in range(0, len(blocks), 3)
    ]


@pytest.mark.parametrize("example", examples(), ids=[each.name for each in examples()])
def test_an_example_gives_what_stands_there(tmp_path: Path, example: Example) -> None:
    """The records, without problems, and with nothing left to tell."""
    found = reading(tmp_path, example.mapping, {example.name: example.content})
    assert [each.content for each in found.records] == json.loads(example.records)
    assert found.notes == []
    assert interpretation(found).problems == ()


def test_the_page_names_every_word() -> None:
    """In the table where a reader looks for it."""
    of_entry, of_field = PAGE.read_text(encoding="utf-8").split("| of a field | |")
    for model, table in ((Entry, of_entry.split("| of an entry | |")[1]), (Origin, of_field)):
        named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\|(.*?)\|", table, re.MULTILINE))))
        assert named == {each.alias or name for name, each in model.model_fields.items()}
