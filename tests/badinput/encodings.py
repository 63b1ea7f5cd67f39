"""Texts in encodings and with bytes that no reader can take, for every format that is text."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING, Final

from tests.badinput.case import Case, case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

JSON: Final = '{"capabilities": [{"title": "Zürich è €"}]}\n'
YAML: Final = "capabilities:\n- title: Zürich è €\n"
CSV: Final = "title,description\nZürich è €,x\n"
EXCHANGE: Final = (
    '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' identifier="m"><name>Zürich è €</name><elements><element identifier="a" xsi:type="Capability"><name>Zürich è'
    "</name></element></elements></model>\n"
)
MARKDOWN: Final = "---\nid: a\n---\n# Zürich è €\n\n## Purpose\n\nMore.\n"
MAPPING: Final = "- {files: '*.csv', kind: Capability, fields: {title: Nüme è}}\n"
FOR_MARKDOWN: Final = "- {files: '*.md', kind: Capability, fields: {title: heading, capabilityID: id}}\n"

TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "json": ("a.json", JSON),
    "yaml": ("a.yaml", YAML),
    "csv": ("capabilities.csv", CSV),
    "exchange": ("a.xml", EXCHANGE),
    "markdown": ("a.md", MARKDOWN),
    "mapping": ("map.yaml", MAPPING),
}
"""For each format the name of a file, and a text that is good."""


def _zipped(text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", text)
    return held.getvalue()


def _halved(text: str) -> bytes:
    """Cut a text within its last letter of several bytes."""
    content = text.encode()
    last = max(index for index, byte in enumerate(content) if byte >= 0xC0)
    return content[: last + 1]


ENCODINGS: Final[Mapping[str, Callable[[str], bytes]]] = {
    "nothing": lambda _: b"",
    "a mark and nothing": lambda _: b"\xef\xbb\xbf",
    "blanks alone": lambda _: b" \n\t\r\n  \n",
    "UTF-16 with its mark": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "UTF-16 the other way round": lambda text: text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "Latin-1": lambda text: text.encode("latin-1", "replace"),
    "the encoding of mainframes": lambda text: text.encode("cp037", "replace"),
    "Japanese": lambda text: text.encode("shift-jis", "replace") + "ソ表".encode("shift-jis"),
    "cut within a letter": _halved,
    "half a surrogate": lambda text: text.replace("ü", "\ud800").encode("utf-8", "surrogatepass"),
    "a letter longer than needed": lambda text: text.encode().replace("ü".encode(), b"\xc0\xaf"),
    "a NUL": lambda text: text.replace("ü", "\0").encode(),
    "a control character": lambda text: text.replace("ü", "\x0b\x1b").encode(),
    "NULs alone": lambda _: b"\0" * 4096,
    "packed by gzip": lambda text: gzip.compress(text.encode(), mtime=0),
    "packed by ZIP": _zipped,
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0",
    "a program": lambda _: b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 4,
    "a PDF": lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
}

_XML: Final = {"UTF-16": "", "packed by ZIP": "not-a-model", "": "syntax"}
RULES: Final[Mapping[str, Mapping[str, str]]] = {
    "json": {"nothing": "syntax", "blanks": "syntax", "NUL": "syntax", "control": "syntax", "": "encoding"},
    "yaml": {"nothing": "", "blanks": "syntax", "NUL": "syntax", "control": "syntax", "": "encoding"},
    "csv": {
        "nothing": "syntax",
        "blanks": "syntax",
        "UTF-16 with its": "",
        "a NUL": "",
        "control": "",
        # Any other bytes are taken for the encoding of Windows, and a note says so.
        "Latin-1": "",
        "Japanese": "",
        "cut": "",
        "surrogate": "",
        "longer": "",
        "mainframes": "unknown-field",
        "picture": "unknown-field",
        "PDF": "unknown-field",
        "": "encoding",
    },
    "exchange": _XML,
    "markdown": {
        "nothing": "",
        "blanks": "",
        "a NUL": "",
        "NULs": "no-identity",
        "control": "",
        "": "encoding",
    },
    "mapping": {"nothing": "document-shape", "blanks": "syntax", "NUL": "syntax", "control": "syntax", "": "encoding"},
}
"""For each format the rules that a fault breaks, by a word in its name; the last go for all others."""


def cases() -> Iterator[Case]:
    """Yield every encoding of every format that is text."""
    for format_, (name, text) in TEXTS.items():
        for told, encode in ENCODINGS.items():
            rules = next(rules for word, rules in RULES[format_].items() if word in told)
            files = {name: encode(text)}
            mapping = ""
            if format_ == "markdown":
                files["map.yaml"], mapping = FOR_MARKDOWN.encode(), "map.yaml"
            elif format_ == "mapping":
                files["a.csv"], mapping = "Nüme\nA\n".encode(), name
            yield case(f"{format_}: {told}", files, rules, mapping=mapping)
