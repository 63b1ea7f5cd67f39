"""Good files of every format, and what becomes of them when they are tampered with."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import yaml
from hypothesis import strategies as st

from graphkb.exports.tables import csv_files
from graphkb.exports.workbook import xlsx_files
from graphkb.model.metamodel import METAMODEL
from tests.model.reading import meaning
from tests.strategies import documents
from tests.support.archimate import FORMATS, models

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Files: TypeAlias = "dict[str, bytes]"

MAPPING: Final = "map.yaml"
"""Name of a mapping among files."""
GUESSED: Final = "guessed"
"""Name of the format of files for which a mapping is proposed."""
_MAPPING: Final = """
- files: "*.csv"
  kind: Capability
  skip: {Name: ""}
  fields:
    title: Name
    capabilityID: {from: Code, prefix: c-}
    parent.capabilityID: {from: Code, numbering: Number, prefix: c-}
    maturityLevel: {from: Level, values: {low: 1, high: 5}}
    dependsOn: {from: Needs, split: ;}
- files: "*.json"
  kind: Journey
  rows: "all[]"
  fields:
    journeyTitle: name
    journeyStages: {rows: "steps[]", fields: {stageName: name, sequenceNumber: {position: true}}}
- {files: "*.md", kind: Persona, fields: {title: heading, goals: Goals, description: introduction}}
"""
_TABLE: Final = 'Number;Code;Name;Level;Needs\n1;a;Sell;low;\n1.1;b;"Sell; online";high;Sell\n1.2;c;Züge;3;Sell\n;;;;\n'
_STEPS: Final = {"all": [{"name": "Move", "steps": [{"name": "First", "x": [1, 2.5, None, True]}, {"name": "Second"}]}]}
_PERSON: Final = (
    "---\nrole: {x: [a, b]}\n---\n# Lea\n\nA nurse.\n\n## Goals\n\n- sleep\n- more\n  sleep\n\n```\n# code\n```\n"
)

_JUNK: Final[tuple[bytes, ...]] = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\r", b"\n", b"\t", b"\x1b", b"\xe2\x80\xae"),
    *(b'"', b"'", b"\\", b"\\ud800", b"\\u0000", b"_xD800_", b"{", b"}", b"[", b"]", b"[" * 200, b"{}", b"[]"),
    *(b"<", b">", b"</", b"&", b"&#0;", b"&#xD800;", b"&amp;", b"<!--", b"]]>", b"<![CDATA[", b"<?x?>"),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"*a", b"&a ", b"<<: ", b"!!python/name:os.system ", b"? ", b"- "),
    *(b"---\n", b"%YAML 9.9\n", b"#", b"```", b",", b";", b":", b": ", b"=", b"null", b"true", b"NaN", b"~", b"-1"),
    *(b"1e999", b"9" * 400, b"99999999999", b"0", b"1048577", b"XFD1048576", b"A0", b"t='s'", b"PK\x01\x02", b"id-"),
)


def _plain(document: Any) -> bytes:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()


def _tables(document: Any) -> Files:
    return {name: text.encode() for name, text in csv_files(meaning(document), METAMODEL).items()} or {
        "capabilities.csv": b"title\n"
    }


WRITERS: Final[Mapping[str, Callable[[Any], Files]]] = {
    "json": lambda document: {"a.json": json.dumps(document, ensure_ascii=False).encode()},
    "yaml": lambda document: {"a.yaml": _plain(document)},
    "csv": _tables,
    "xlsx": lambda document: dict(xlsx_files(meaning(document), METAMODEL)),
    **{f"archimate: {name}": write for name, write in FORMATS.items()},
    "mapped": lambda _: {
        MAPPING: _MAPPING.encode(),
        "a.csv": _TABLE.encode(),
        "b.json": json.dumps(_STEPS).encode(),
        "c.md": _PERSON.encode(),
    },
    GUESSED: lambda _: {"a.csv": _TABLE.encode()},
}
"""What writes a document, or a model, into files, by name of the format."""


@st.composite
def files_of(draw: st.DrawFn, format_: str) -> Files:
    """Return the files of a document or model."""
    source: st.SearchStrategy[Any] = models() if format_.startswith("archimate") else documents(max_elements=4)
    return WRITERS[format_](draw(source))


@st.composite
def tampered(draw: st.DrawFn, format_: str, number: int) -> list[Files]:
    """Return several times the files of one document or model, each time tampered with in another way."""
    good = draw(files_of(format_))
    return [_spoiled(draw, good) for _ in range(number)]


def _spoiled(draw: st.DrawFn, good: Files) -> Files:
    chosen = draw(st.sampled_from(sorted(good)))
    others = draw(st.sampled_from(sorted(good)))
    content = good[chosen]
    if content.startswith(b"PK") and draw(st.integers(0, 3)):
        return good | {chosen: _repacked(draw, content)}
    return good | {chosen: _changed(draw, content, good[others])}


def _repacked(draw: st.DrawFn, content: bytes) -> bytes:
    """Change a member of a ZIP; one that is changed as a whole is mostly not even opened."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    chosen = draw(st.sampled_from(sorted(members)))
    members[chosen] = _changed(draw, members[chosen], members[draw(st.sampled_from(sorted(members)))])
    if not draw(st.integers(0, 9)):
        del members[chosen]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, each in members.items():
            archive.writestr(zipfile.ZipInfo(name), each)
    return held.getvalue()


def _changed(draw: st.DrawFn, content: bytes, other: bytes) -> bytes:
    for _ in range(draw(st.integers(1, 3))):
        start, end = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        end = min(end, start + 200)
        way = draw(st.sampled_from(("cut", "flip", "insert", "replace", "delete", "repeat", "splice")))
        if way == "cut":
            content = content[:start]
        elif way == "flip" and start < len(content):
            content = content[:start] + bytes([content[start] ^ 1 << draw(st.integers(0, 7))]) + content[start + 1 :]
        elif way == "insert":
            content = content[:start] + draw(st.sampled_from(_JUNK)) + content[start:]
        elif way == "replace":
            content = content[:start] + draw(st.sampled_from(_JUNK)) + content[end:]
        elif way == "delete":
            content = content[:start] + content[end:]
        elif way == "repeat":
            content = content[:end] + content[start:end] * draw(st.integers(1, 20)) + content[end:]
        elif way == "splice":
            at = draw(st.integers(0, len(other)))
            content = content[:start] + other[at : at + 300] + content[end:]
    return content
