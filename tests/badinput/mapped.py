"""Mapping files that say what cannot be, foreign files that do not suit theirs, and files for which one is proposed."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.badinput.books import BOOK, SHEET, listed, named, packed, sheet, text
from tests.badinput.case import USAGE, Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.badinput.case import Content

_CSV: Final = b"Code,Name,Above\n1,A,\n1.1,B,1\n"
_TITLE: Final = "- files: '*'\n  kind: Capability\n  fields: {title: Name}\n"


def _field(written: str, kind: str = "Capability") -> str:
    """Return a mapping with a field beside the title."""
    return f"- files: '*'\n  kind: {kind}\n  fields:\n    title: Name\n    {written}\n"


MAPPINGS: Final[Mapping[str, tuple[str, str]]] = {
    "a text": ("files", "document-shape"),
    "an object": ("files: '*'\nkind: Capability\n", "document-shape"),
    "an empty list": ("[]", "document-shape"),
    "entries that are texts": ("[a, b]", "wrong-value"),
    "entries that are lists": ("[[]]", "wrong-value"),
    "an entry of nothing": ("[{}]", "missing-field"),
    "an entry that is null": ("[null]", "wrong-value"),
    "files that are a number": ("- {files: 5, kind: Capability}", "wrong-value"),
    "files that are an object": ("- {files: {a: b}, kind: Capability}", "wrong-value"),
    "an empty pattern": ("- {files: '', kind: Capability}", "wrong-value"),
    "a pattern that is a dot": ("- {files: '.', kind: Capability}", "wrong-value"),
    "a pattern of brackets": ("- {files: '[', kind: Capability, fields: {title: Name}}", "unknown-list"),
    "a pattern of 2,000 stars": (
        f"- {{files: '{'*a' * 2_000}', kind: Capability, fields: {{title: Name}}}}",
        "unknown-list",
    ),
    "a pattern that climbs out": ("- {files: '../../*', kind: Capability, fields: {title: Name}}", "unknown-list"),
    "a pattern with a NUL": ('- {files: "a\\0b", kind: Capability, fields: {title: Name}}', "unknown-list"),
    "an unknown format": ("- {files: '*', kind: Capability, format: xls}", "wrong-value"),
    "a kind that is a list": ("- {files: '*', kind: [Capability]}", "wrong-value"),
    "an unknown kind": ("- {files: '*', kind: Capabilty}", "wrong-kind"),
    "a kind of a million letters": (f"- {{files: '*', kind: '{'x' * 1_000_000}'}}", "wrong-kind"),
    "an unknown word": ("- {files: '*', kind: Capability, colour: red}", "unknown-field"),
    "a word twice": ("- {files: '*', files: 'a', kind: Capability}", "duplicate-key"),
    "fields that are a list": ("- {files: '*', kind: Capability, fields: [title]}", "wrong-value"),
    "fields that are a text": ("- {files: '*', kind: Capability, fields: title}", "wrong-value"),
    "an unknown field": (_field("colour: Code"), "unknown-field"),
    "a field of dots": (_field("...: Code"), "unknown-field"),
    "a field that is a number": (_field("5: Code"), "unknown-field"),
    "a field nested 10,000 dots deep": (_field("parent" + ".parent" * 10_000 + ": Code"), "syntax"),
    "an origin of nothing": (_field("description: {}"), "wrong-value"),
    "an origin that is a list": (_field("description: [Code]"), "wrong-value"),
    "an empty column": (_field("description: ''"), "wrong-value"),
    "two origins": (_field("description: {from: Code, value: x}"), "wrong-value"),
    "a position that is false": (_field("description: {position: false}"), "wrong-value"),
    "an empty separator": (_field("description: {from: Code, split: ''}"), "wrong-value"),
    "a separator that is a number": (_field("description: {from: Code, split: 5}"), "wrong-value"),
    "values that are a list": (_field("description: {from: Code, values: [a]}"), "wrong-value"),
    "values for texts that are objects": (_field("description: {from: Code, values: {'1': {x: y}}}"), "wrong-type"),
    "values for texts that are lists of lists": (
        _field("description: {from: Code, values: {'1': [[[]]]}}"),
        "wrong-type",
    ),
    "a constant of the wrong type": (_field("maturityLevel: {value: much}"), "wrong-type"),
    "a constant that is an object": (_field("description: {value: {x: y}}"), "wrong-type"),
    "a constant with half a surrogate": (_field('description: {value: "\\ud800"}'), "wrong-value"),
    "a prefix with half a surrogate": (_field('description: {from: Code, prefix: "\\ud800"}'), "wrong-value"),
    "a prefix of a million letters": (
        _field(f"criticality: {{from: Code, prefix: '{'x' * 1_000_000}'}}"),
        "wrong-value",
    ),
    "a value of 2,000 values for a text": (
        _field("dependsOn: {from: Code, values: {'1': [" + "x," * 2_000 + "]}}"),
        "unknown-reference",
    ),
    "fields of fields nested 90 deep": (
        _field("parent: " + "{fields: {parent: " * 40 + "Code" + "}}" * 40),
        "unknown-field",
    ),
    "fields of fields nested 10,000 deep": (
        _field("parent: " + "{fields: {parent: " * 5_000 + "Code" + "}}" * 5_000),
        "syntax",
    ),
    "fields of a plain field": (_field("title: {fields: {x: Code}}").replace("    title: Name\n", ""), "wrong-type"),
    "rows in rows without end": (_field("parent: {rows: '[]', fields: {title: '[]'}}"), ""),
    "a field as a whole and in parts": (_field("parent: Above\n    parent.title: Above"), "contradiction"),
    "an unknown column": (_field("description: Colour"), "unknown-column"),
    "an unknown column of numbers": (_field("parent: {from: Name, numbering: Number}"), "unknown-column"),
    "conditions that are a text": ("- {files: '*', kind: Capability, only: x, fields: {title: Name}}", "wrong-value"),
    "conditions that are objects": (
        "- {files: '*', kind: Capability, only: {Name: {x: y}}, fields: {title: Name}}",
        "wrong-value",
    ),
    "conditions of an unknown column": (
        "- {files: '*', kind: Capability, skip: {Colour: red}, fields: {title: Name}}",
        "unknown-column",
    ),
    "rows that are a number": ("- {files: '*', kind: Capability, rows: 5, fields: {title: Name}}", "wrong-value"),
    "a call of Python": ("- {files: '*', kind: !!python/name:os.system x}", "syntax"),
    "aliases that unfold to billions": (
        "- &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"- &a{n} [{', '.join([f'*a{n - 1}' if n else '*a'] * 10)}]\n" for n in range(12)),
        "too-large",
    ),
    "an alias of itself": ("- &a {files: '*', kind: Capability, fields: {title: *a}}", "syntax"),
    "200 entries for a file": (_TITLE * 200, "duplicate-id"),
    "no name and no id": ("- {files: '*', kind: Capability, fields: {description: Code}}", "no-identity"),
    "a format that is not that of the file": (
        "- {files: '*', kind: Capability, format: json, fields: {title: Name}}",
        "syntax",
    ),
    "a model that is a table": ("- {files: '*', kind: Capability, format: archimate, fields: {title: Name}}", "syntax"),
}
"""Text of a mapping for a small table, with the rules that it breaks."""

_JSON: Final = json.dumps({"all": [{"Name": "A", "below": [{"Name": "B"}]}]}).encode()


def _in(rows: str, column: str = "Name") -> str:
    return f"- {{files: '*', kind: Capability, rows: {json.dumps(rows)}, fields: {{title: {json.dumps(column)}}}}}\n"


FOREIGN: Final[Mapping[str, tuple[str, Content, str, str]]] = {
    "a path of a huge index": ("a.json", _JSON, _in("all[99999999999999999999999]"), ""),
    "a path of an index of 1,500 digits": ("a.json", _JSON, _in(f"all[{'9' * 1_500}]"), ""),
    "a path of an index below 0": ("a.json", _JSON, _in("all[-1]"), ""),
    "a path of brackets": ("a.json", _JSON, _in("[[[[]]]]"), ""),
    "a path of 1,500 dots": ("a.json", _JSON, _in("." * 1_500), ""),
    "a path of 10,000 dots": ("a.json", _JSON, _in("." * 10_000), "wrong-value"),
    "a path of 10,000 brackets": ("a.json", _JSON, _in("[]" * 10_000), "wrong-value"),
    "a path of 100,000 parts": ("a.json", _JSON, _in(".".join("a" * 100_000)), "wrong-value"),
    "a path through a list in a list": ("a.json", b"[" * 90 + b'{"Name": "A"}' + b"]" * 90, _in("[]" * 90), ""),
    "a path into texts": ("a.json", _JSON, _in("all[].Name[].x"), ""),
    "a document that is a number": ("a.json", b"5", _in(""), "no-identity"),
    "a document that is null": ("a.json", b"null", _in("[]"), ""),
    "rows that are texts": ("a.json", b'{"all": ["A", "B"]}', _in("all[]"), "no-identity"),
    "rows that are lists": ("a.json", b'{"all": [["A"], ["B"]]}', _in("all[]"), "no-identity"),
    "names that are objects": ("a.json", b'{"all": [{"Name": {"de": "A"}}]}', _in("all[]"), "wrong-type"),
    "names that are lists of lists": ("a.json", b'{"all": [{"Name": [["A"]]}]}', _in("all[]"), ""),
    "keys that hold dots and brackets": (
        "a.json",
        b'{"a.b[0].c": [{"Name": "A"}], "a": {"b": 5}}',
        _in("a.b[0].c[]"),
        "",
    ),
    "lists 10,000 deep": ("a.json", b"[" * 10_000 + b"]" * 10_000, _in(""), "syntax"),
    "lists 99 deep": ("a.json", b"[" * 99 + b"]" * 99, _in(""), ""),
    "100,000 different keys": (
        "a.json",
        lambda: json.dumps({"all": [{"Name": "A"} | {f"k{n}": n for n in range(100_000)}]}).encode(),
        _in("all[]"),
        "",
    ),
    "a key of a million letters above 2,000 values": (
        "a.json",
        lambda: json.dumps({"x" * 1_000_000: {f"k{n}": n for n in range(2_000)}}).encode(),
        _in("all[]"),
        "",
    ),
    "keys of 20,000 dots": (
        "a.json",
        lambda: json.dumps({"." * 20_000 + str(n): n for n in range(20)}).encode(),
        _in("all[]"),
        "",
    ),
    "half a surrogate in a name": ("a.json", b'{"all": [{"Name": "A\\ud800"}]}', _in("all[]"), "wrong-value"),
    "half a surrogate in a key": ("a.json", b'{"all": [{"Name": "A", "\\ud800": 1}]}', _in("all[]"), ""),
    "numbers that go in circles": (
        "a.csv",
        b"Number,Name\n1.1,A\n1.1.1,B\n1.1,C\n1,A\n",
        _field("parent: {from: Name, numbering: Number}"),
        "duplicate-id self-reference",
    ),
    "a row numbered below itself": (
        "a.csv",
        b"Number,Name\n1,A\n1.1,A\n",
        _field("parent: {from: Name, numbering: Number}"),
        "duplicate-id",
    ),
    "a number of 100,000 parts": (
        "a.csv",
        lambda: b"Number,Name\n1,A\n" + b"1." * 100_000 + b",B\n",
        _field("parent: {from: Name, numbering: Number}"),
        "",
    ),
    "1,000 numbers of 1,000 parts": (
        "a.csv",
        lambda: b"Number,Name\n" + b"".join(b"7." * n + b"1,B%d\n" % n for n in range(1_000)),
        _field("parent: {from: Name, numbering: Number}"),
        "",
    ),
    "numbers of nothing but dots": (
        "a.csv",
        b"Number,Name\n...,A\n.,B\n",
        _field("parent: {from: Name, numbering: Number}"),
        "",
    ),
    "columns alike": ("a.csv", b"Name,Name,Name\nA,B,C\n", _TITLE, ""),
    "columns without names": ("a.csv", b",,\nA,B,C\n", _TITLE, "unknown-column no-identity"),
    "rows that are too long": ("a.csv", b"Name\nA,B\nC,D\n", _TITLE, "row-shape"),
    "10,000 columns": (
        "a.csv",
        lambda: b"Name," + b",".join(b"c%d" % n for n in range(9_998)) + b"\nA" + b",x" * 9_998 + b"\n",
        _TITLE,
        "",
    ),
    "two rows of one title": ("a.csv", b"Name,Code\nA,1\nA,2\n", _field("description: Code"), "duplicate-id"),
    "lists that do not go together": (
        "a.csv",
        b"Name,R,S\nA,x;y,1;2;3\n",
        _field(
            "relatedCapabilities.title: {from: R, split: ;}\n"
            "    relatedCapabilities.relationshipStrength: {from: S, split: ;}"
        ),
        "uneven-lists",
    ),
    "a front matter that does not end": ("a.md", b"---\ntitle: A\n", _TITLE, "syntax"),
    "a front matter that is a list": ("a.md", b"---\n- A\n---\n", _TITLE, "document-shape"),
    "a front matter that is a text": ("a.md", b"---\nA\n---\n", _TITLE, "document-shape"),
    "a front matter of two documents": ("a.md", b"---\na: b\n... \nc: d\n---\n", _TITLE, "no-identity"),
    "a front matter with a call of Python": ("a.md", b"---\nName: !!python/name:os.system x\n---\n", _TITLE, "syntax"),
    "a fence that does not end": ("a.md", b"# A\n```\n## Name\n\nx\n", _TITLE, "no-identity"),
    "20,000 headings": ("a.md", lambda: b"".join(b"## Name\n\nx\n" for _ in range(20_000)), _TITLE, ""),
    "a heading of a million signs": ("a.md", b"# " + b"# " * 500_000, _TITLE, "no-identity"),
    "a heading of a million blanks": ("a.md", b"# x" + b" " * 1_000_000 + b"y", _TITLE, "no-identity"),
    "a list of 20,000 items": ("a.md", lambda: b"## Name\n" + b"- x\n  y\n" * 20_000, _TITLE, ""),
    "an item of 20,000 lines": ("a.md", lambda: b"## Name\n- x\n" + b"  y\n" * 20_000, _TITLE, ""),
}
"""Name and content of a file, text of its mapping, and the rules that are broken."""

_TITLES: Final = f'<row r="1">{text("A1", "Name")}{text("B1", "Code")}</row>'
FOREIGN_BOOKS: Final[Mapping[str, tuple[Mapping[str, str], str, str]]] = {
    "without the column": ({}, _TITLE, "unknown-column no-identity"),
    "with a row that is too long": (
        {SHEET: sheet(f'{_TITLES}<row r="2">{text("A2", "A")}{text("D2", "x")}</row>')},
        _TITLE,
        "row-shape",
    ),
    "with an error": (
        {SHEET: sheet(f'{_TITLES}<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>')},
        _TITLE,
        "cell-error",
    ),
    "with two headers alike": (
        {SHEET: sheet(f'<row r="1">{text("A1", "Name")}{text("B1", "Name")}</row><row r="2">{text("A2", "A")}</row>')},
        _TITLE,
        "",
    ),
    "with a number for a text": (
        {SHEET: sheet(f'{_TITLES}<row r="2">{text("A2", "A")}<c r="B2"><v>9</v></c></row>')},
        _field("maturityLevel: Code"),
        "out-of-range",
    ),
    "with two sheets alike": ({BOOK: listed(named("x"), named("x"))}, _TITLE, "not-a-workbook"),
    "without the sheet": ({SHEET: sheet(_TITLES)}, _in("Sheet9[]"), ""),
    "with a wide header and many rows": (
        {
            SHEET: sheet(
                f'<row r="1">{text("A1", "Name")}{text("NTP1", "Last")}</row>'
                + "".join(f"<row><c><v>{number}</v></c></row>" for number in range(5_000))
            )
        },
        _TITLE,
        "",
    ),
}
"""Members in the place of those of a good workbook, text of its mapping, and the rules that are broken."""

_NESTED: Final = b'{"a": ' * 90 + b"[{}]" + b"}" * 90
GUESSED: Final[Mapping[str, tuple[str, Content, str]]] = {
    "nothing": ("a.csv", b"", "syntax"),
    "a header alone": ("a.csv", b"Name\n", USAGE),
    "no names": ("a.csv", b"x,y\n1,2\n", USAGE),
    "two headers alike": ("a.csv", b"Name,Name\nA,B\n", ""),
    "a picture": ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", USAGE),
    "broken quotes": ("a.csv", b'Name\n"A\n', "syntax"),
    "rows that are too long": ("a.csv", b"Name\nA,B\n", "row-shape"),
    "headers like YAML": ("a.csv", "Name,'&a: *b,{,!!x,# y,- z,\ud7ff,\x85\nA,b,c,d,e,f,g,h\n".encode(), ""),
    "a header of 100,000 letters": ("a.csv", b"Name," + b"x" * 100_000 + b"\nA,B\n", ""),
    "3,000 columns": (
        "a.csv",
        lambda: b"Name," + b",".join(b"c%d" % n for n in range(3_000)) + b"\nA" + b",x" * 3_000 + b"\n",
        "",
    ),
    "2,000 columns of names": (
        "a.csv",
        lambda: b",".join(b"name%d" % n for n in range(2_000)) + b"\n" + b"x," * 1_999 + b"x\n",
        USAGE,
    ),
    "JSON cut off": ("a.json", b'{"all": [', "syntax"),
    "JSON of a number": ("a.json", b"5", USAGE),
    "JSON of empty lists": ("a.json", b"[[], [[]]]", USAGE),
    "JSON nested 92 deep": ("a.json", _NESTED, USAGE),
    "JSON nested 10,000 deep": ("a.json", b"[" * 10_000 + b"]" * 10_000, "syntax"),
    "JSON of 2,000 lists in lists": (
        "a.json",
        lambda: json.dumps({f"k{n}": [{"name": "A"}] for n in range(2_000)}).encode(),
        "",
    ),
    "JSON with keys like paths": ("a.json", b'{"a[0].b": [{"": 1, "name": "A", "..": 2, "[]": 3}]}', ""),
    "JSON with half a surrogate": ("a.json", b'[{"name": "A\\ud800", "\\ud801": "x"}]', ""),
    "a workbook": ("a.xlsx", partial(packed, {}), ""),
    "a workbook without a sheet": ("a.xlsx", partial(packed, {SHEET: None}), "not-a-workbook"),
    "a YAML bomb": (
        "a.yaml",
        b"a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else '*a'] * 10)}]\n" for n in range(12)).encode(),
        "too-large",
    ),
    "a Markdown file of nothing": ("a.md", b"", USAGE),
    "a model of nothing": ("a.xml", b"<model/>", USAGE),
    "a model with a million laughs": ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><model>&a;</model>', USAGE),
    "a file of an unknown format": ("a.dat", b"Name\nA\n", ""),
}
"""Name and content of a file for which a mapping is proposed, and the rules that are broken."""

WHOLE: Final = ("a document that is a number", "lists 10,000 deep", "JSON nested 10,000 deep")
"""Faults of a file as a whole."""


def cases() -> Iterator[Case]:
    """Yield bad mappings, then files that do not suit theirs, then files for which there is none yet."""
    for told, (written, rules) in MAPPINGS.items():
        files = {"a.csv": _CSV, "map.yaml": written.encode("utf-8", "surrogatepass")}
        yield case(f"mapping: {told}", files, rules, mapping="map.yaml")
    for told, (name, content, written, rules) in FOREIGN.items():
        yield case(
            f"mapped: {told}",
            {name: content, "map.yaml": written.encode()},
            rules,
            mapping="map.yaml",
            placed=told not in WHOLE,
        )
    for told, (members, written, rules) in FOREIGN_BOOKS.items():
        book: dict[str, Content] = {"a.xlsx": partial(packed, members), "map.yaml": written.encode()}
        yield case(f"mapped xlsx: {told}", book, rules, mapping="map.yaml")
    for told, (name, content, rules) in GUESSED.items():
        yield case(f"guess: {told}", {name: content}, rules, act="guess", placed=told not in WHOLE)
