"""Documents in JSON and YAML that say what cannot be, or in a way that cannot be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tests.badinput.case import Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RECORD: Final = {"title": "A"}
DEEP: Final = 10_000

# What is wrong in the same way in both formats


def _with(**fields: Any) -> Any:
    return {"capabilities": [RECORD | fields]}


DOCUMENTS: Final[Mapping[str, tuple[Any, str]]] = {
    "a list on top": ([RECORD], "document-shape"),
    "a text on top": ("capabilities", "document-shape"),
    "a number on top": (5, "document-shape"),
    "a truth value on top": (True, "document-shape"),
    "nothing on top": (None, "document-shape"),
    "a list that is a text": ({"capabilities": "A"}, "document-shape"),
    "a list that is a number": ({"capabilities": 5}, "document-shape"),
    "a list that is an object": ({"capabilities": RECORD}, "document-shape"),
    "a list that is a truth value": ({"capabilities": False}, "document-shape"),
    "an unknown list": ({"capabilites": []}, "unknown-list"),
    "a list without a name": ({"": [RECORD]}, "unknown-list"),
    "records that are texts": ({"capabilities": ["A", "B"]}, "record-shape"),
    "records that are numbers": ({"capabilities": [1, 2.5]}, "record-shape"),
    "records that are lists": ({"capabilities": [[RECORD]]}, "record-shape"),
    "records that are nothing": ({"capabilities": [None]}, "record-shape"),
    "records without anything": ({"capabilities": [{}]}, "no-identity"),
    "a title that is a number": (_with(title=5), "wrong-type"),
    "a title that is a list": (_with(title=["A"]), "wrong-type"),
    "a title that is an object": (_with(title={"de": "A"}), "wrong-type"),
    "a title that is a truth value": (_with(title=True), "wrong-type"),
    "a title without letters": (_with(title="..."), "empty-slug"),
    "an id that is blank": (_with(capabilityID="  "), "empty-id"),
    "a number that is a text": (_with(maturityLevel="much"), "wrong-type"),
    "a number that is an object": (_with(maturityLevel={}), "wrong-type"),
    "a number that is a truth value": (_with(customerPriority=True), "wrong-type"),
    "a number out of its range": (_with(customerPriority=10**9), "out-of-range"),
    "a number of 300 digits": (_with(customerPriority=10**299), "out-of-range"),
    "a fraction of a whole": (_with(customerPriority=2.5), "wrong-type"),
    "texts that are objects": ({"customerSegments": [{"title": "A", "feelings": [{}]}]}, "wrong-type"),
    "references that are numbers": (_with(dependsOn=[1]), "wrong-type"),
    "references that are lists": (_with(dependsOn=[[]]), "wrong-type"),
    "references that name nothing": (_with(dependsOn=[{}]), "empty-reference"),
    "a reference to itself": (_with(parent="A"), "self-reference"),
    "a parent that is a list": (_with(parent=["B"]), "wrong-type"),
    "children that are numbers": ({"journeys": [{"journeyTitle": "J", "journeyStages": [1]}]}, "wrong-type"),
    "children that are a number": ({"journeys": [{"journeyTitle": "J", "journeyStages": 1}]}, "wrong-type"),
    "a group that is a text": ({"personas": [{"title": "P", "demographicAttributes": "x"}]}, "wrong-type"),
    "a date that does not exist": ({"initiatives": [{"title": "I", "startDate": "2025-02-30"}]}, "wrong-value"),
    "a date of the year 0": ({"initiatives": [{"title": "I", "startDate": "0000"}]}, "wrong-value"),
    "an unknown field": (_with(colour="red"), "unknown-field"),
    "a field without a name": (_with(**{"": 1}), "unknown-field"),
    "a field named like an attribute": (_with(__class__=1, model_config=1), "unknown-field"),
    "2,000 unknown fields": (
        _with(**{f"field{number}": number for number in range(2_000)}),
        "record-shape unknown-field",
    ),
    "2,000 unknown lists": ({f"list{number}": [] for number in range(2_000)}, "document-shape unknown-list"),
    "a circle of parents": (
        {"capabilities": [{"title": "A", "parent": "B"}, {"title": "B", "parent": "A"}]},
        "cycle",
    ),
    "one id twice": ({"capabilities": [RECORD, RECORD]}, "duplicate-id"),
    "half a surrogate in a description": (_with(description="\ud800"), "wrong-value"),
    "half a surrogate in a title": (_with(title="A\udfff"), "wrong-value"),
    "half a surrogate in a reference": (_with(parent="B\ud800"), "wrong-value"),
    "half a surrogate in a key": (_with(**{"\ud800": 1}), "wrong-value"),
    "a NUL in a description": (_with(description="a\0b"), ""),
    "a NUL in a title": (_with(title="a\0b"), ""),
    "a stated relationship that is a text": ({"relationships": ["A owns B"]}, "record-shape"),
    "a stated relationship of an odd type": (
        {"relationships": [{"type": {"x": ["y"] * 1000}, "from": "A", "to": "B"}]},
        "unknown-type",
    ),
    "a stated relationship of an end that is a number": (
        {"relationships": [{"type": "OWNS", "from": 1, "to": {"kind": "Capability", "title": "C"}}]},
        "record-shape",
    ),
    "properties that are a text": (
        {
            "relationships": [
                {
                    "type": "DEPENDS_ON",
                    "from": {"kind": "Capability", "title": "A"},
                    "to": {"kind": "Capability", "title": "B"},
                    "properties": "x",
                }
            ]
        },
        "record-shape",
    ),
    "a word of a million letters": (_with(criticality="x" * 1_000_000), "wrong-value"),
    "a name of a million letters": (_with(**{"x" * 1_000_000: 1}), "unknown-field"),
    "a list named by a million letters": ({"x" * 1_000_000: []}, "unknown-list"),
    "a reference of a million letters": (
        {"needs": [{"title": "N", "arisesAt": ["x" * 1_000_000]}]},
        "unknown-reference",
    ),
    "a list of 200,000 numbers for a text": (_with(description=[0] * 200_000), "too-large"),
    "a title of a million letters for a number": (_with(maturityLevel="9" * 1_000_000), "wrong-type"),
}
"""Documents, each with the rule that it breaks."""

LONG: Final = frozenset(name for name in DOCUMENTS if "million" in name or "00,000" in name)
"""Documents that are not tried in YAML too: they would take long to read, or have other faults there."""

# What is wrong in one format


def _json(text: str) -> bytes:
    return text.encode()


def _inside(text: str) -> bytes:
    """Return a JSON document with a record of which the description is written so."""
    return f'{{"capabilities": [\n{{"title": "A", "description": {text}}}]}}'.encode()


JSON: Final[Mapping[str, tuple[Any, str]]] = {
    "cut in a text": (b'{"capabilities": [{"title": "A', "syntax"),
    "cut in a list": (b'{"capabilities": [{"title": "A"},', "syntax"),
    "cut in a word": (b'{"capabilities": [{"title": tr', "syntax"),
    "cut in an escape": (b'{"capabilities": [{"title": "\\u00', "syntax"),
    "more behind the end": (b'{"capabilities": []} {"personas": []}', "syntax"),
    "lines of objects": (b'{"title": "A"}\n{"title": "B"}\n', "syntax"),
    "a comma too many": (b'{"capabilities": [{"title": "A",}]}', "syntax"),
    "a comma too few": (b'{"capabilities": [{"title": "A"} {"title": "B"}]}', "syntax"),
    "single quotes": (b"{'capabilities': []}", "syntax"),
    "a name without quotes": (b"{capabilities: []}", "syntax"),
    "a comment": (b'{"capabilities": [] /* none */}', "syntax"),
    "a line break in a text": (b'{"capabilities": [{"title": "A\nB"}]}', "syntax"),
    "an unknown escape": (_inside(r'"\q"'), "syntax"),
    "NaN": (_inside("NaN"), "syntax"),
    "Infinity": (_inside("-Infinity"), "syntax"),
    "a number too large": (_inside("1e400"), "syntax"),
    "a number of 100,000 digits": (_inside("1" * 100_000), "syntax"),
    "a fraction of 100,000 digits": (_inside("0." + "1" * 100_000), "wrong-type"),
    "an exponent of 100,000 digits": (_inside("1e" + "9" * 100_000), "syntax"),
    "a number with a leading zero": (_inside("007"), "syntax"),
    "a hexadecimal number": (_inside("0x1F"), "syntax"),
    "a key twice": (_inside('"x", "title": "B"'), "duplicate-key"),
    "a list twice": (b'{"capabilities": [], "capabilities": []}', "duplicate-key"),
    "a page of HTML": (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "syntax"),
    "YAML": (b"capabilities:\n- title: A\n", "syntax"),
    "lists 60 deep": (_inside("[" * 60 + "]" * 60), "record-shape"),
    "lists 900 deep": (_inside("[" * 900 + "]" * 900), "syntax"),
    "lists 10,000 deep": (_inside("[" * DEEP + "]" * DEEP), "syntax"),
    "objects 10,000 deep": (_inside('{"a":' * DEEP + "1" + "}" * DEEP), "syntax"),
    "lists a million deep and never closed": (b"[" * 1_000_000, "syntax"),
    "a relationship of a type 900 deep": (
        b'{"relationships": [{"type": ' + b"[" * 900 + b"]" * 900 + b', "from": "A", "to": "B"}]}',
        "syntax",
    ),
    "a remark 900 deep": (b'{"_remark": ' + b"[" * 900 + b"]" * 900 + b', "capabilites": []}', "syntax"),
    "a million records that are numbers": (
        lambda: b'{"capabilities": [' + b"0," * 999_999 + b"0]}",
        "too-large",
    ),
    "20,000 records that are nothing": (
        lambda: b'{"capabilities": [' + b"null," * 19_999 + b"null]}",
        "record-shape too-many-problems",
    ),
    "four million objects": (lambda: b"[" + b"{}," * 4_000_000 + b"{}]", "too-large"),
    "a list of 300,000 objects in a record": (
        lambda: b'{"customerSegments": [{"title": "A", "feelings": [' + b"{}," * 299_999 + b"{}]}]}",
        "too-large",
    ),
    "30,000 wrong values in a record": (
        lambda: b'{"customerSegments": [{"title": "A", "feelings": [' + b"0," * 29_999 + b"0]}]}",
        "record-shape wrong-type",
    ),
    "2,000 references to stages that there are not": (
        lambda: json.dumps(
            {
                "journeys": [{"journeyTitle": "J", "journeyStages": [f"Stage {n}" for n in range(2_000)]}],
                "needs": [{"title": f"N{n}", "arisesAt": [f"Stag {n}{n}"]} for n in range(2_000)],
            }
        ).encode(),
        "unknown-reference",
    ),
    "65 MiB": (lambda: b" " * (65 << 20), "too-large"),
}
"""Content of a JSON file, with the rule that it breaks."""


def _bomb(start: str, levels: int, form: str) -> bytes:
    """Return YAML of which each line is made of ten of the line above."""
    lines = [start]
    lines += [f"a{n}: &a{n} {form.format(', '.join([f'*a{n - 1}'] * 10))}" for n in range(1, levels)]
    return "\n".join(lines).encode()


def _merged(levels: int) -> bytes:
    """Return YAML of which each mapping merges in ten times the one above."""
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, levels)]
    return "\n".join(lines).encode()


YAML: Final[Mapping[str, tuple[Any, str]]] = {
    "cut in a quoted text": (b"capabilities:\n- title: 'A", "syntax"),
    "cut in a list": (b"capabilities: [{title: A},", "syntax"),
    "cut in an escape": (b'capabilities:\n- title: "\\x4', "syntax"),
    "a tab for blanks": (b"capabilities:\n\t- title: A\n", "syntax"),
    "a line that is less far in": (b"capabilities:\n  - title: A\n - title: B\n", "syntax"),
    "two colons": (b"capabilities:\n- title: A: B\n", "syntax"),
    "two documents": (b"capabilities: []\n---\npersonas: []\n", "syntax"),
    "a directive of another version": (b"%YAML 9.9\n---\ncapabilities: []\n", "syntax"),
    "a directive twice": (b"%YAML 1.1\n%YAML 1.1\n---\ncapabilities: []\n", "syntax"),
    "a text alone": (b"capabilities\n", "document-shape"),
    "an alias of nothing": (b"capabilities: *nobody\n", "syntax"),
    "an alias of itself": (b"capabilities: &a [*a]\n", "syntax"),
    "a mapping within itself": (b"capabilities: &a {x: *a}\n", "syntax"),
    "a merge of itself": (b"capabilities: &a\n  <<: *a\n", "syntax"),
    "a merge of a text": (b"capabilities:\n- title: A\n  <<: text\n", "syntax"),
    "a merge of texts": (b"capabilities:\n- title: A\n  <<: [text]\n", "syntax"),
    "an anchor twice": (b"capabilities:\n- &a {title: A}\n- &a {title: A}\n- *a\n", "syntax"),
    "a call of Python": (b"capabilities: !!python/object/apply:os.system ['touch x']\n", "syntax"),
    "a module of Python": (b"capabilities:\n- title: !!python/module:os ''\n", "syntax"),
    "an object of Python": (b"!!python/object:graphkb.errors.Problem {file: x}\n", "syntax"),
    "a tag of one's own": (b"capabilities:\n- title: !mine A\n", "syntax"),
    "bytes": (b"capabilities:\n- title: !!binary aGVsbG8=\n", "syntax"),
    "a set": (b"capabilities: !!set {A, B}\n", "syntax"),
    "a tag that does not fit": (b"capabilities:\n- title: !!int A\n", "syntax"),
    "a moment": (b"capabilities:\n- title: !!timestamp 2025-01-01\n", "syntax"),
    "a key that is a list": (b"? [capabilities]\n: []\n", "syntax"),
    "a key that is a mapping": (b"? {capabilities: 1}\n: []\n", "syntax"),
    "a key that is nothing": (b"? \n: []\n", "unknown-list"),
    "a key that is a number": (b"5: []\n", "unknown-list"),
    "a key twice": (b"capabilities:\n- title: A\n  title: B\n", "duplicate-key"),
    "a list twice": (b"capabilities: []\ncapabilities: []\n", "duplicate-key"),
    "a number of 100,000 digits": (b"capabilities:\n- title: A\n  maturityLevel: " + b"1" * 100_000, "syntax"),
    "a number too large": (b"performanceIndicators:\n- title: A\n  currentValue: 1e400\n", "syntax"),
    "a number without end": (b"capabilities:\n- title: A\n  performanceScore: .inf\n", "wrong-type"),
    "lists 60 deep": (b"capabilities:\n- title: " + b"[" * 60 + b"]" * 60, "record-shape"),
    "lists 300 deep": (b"capabilities:\n- title: " + b"[" * 300 + b"]" * 300, "syntax"),
    "lists 10,000 deep": (b"capabilities: " + b"[" * DEEP + b"]" * DEEP, "syntax"),
    "mappings 10,000 deep": (b"{a: " * DEEP + b"}" * DEEP, "syntax"),
    "blocks 10,000 deep": (lambda: b"".join(b" " * n + b"a:\n" for n in range(DEEP)), "syntax"),
    "dashes 10,000 deep": (b"- " * DEEP + b"x", "syntax"),
    "a bomb of lists": (_bomb("a0: &a0 [x, x, x, x, x, x, x, x, x, x]", 12, "[{}]"), "too-large"),
    "a bomb of mappings": (
        _bomb("a0: &a0 {a: x}", 40, "{{x: &b [{}]}}").replace(b"&b ", b""),
        "too-large",
    ),
    "a bomb of merges": (_merged(12), "too-large"),
    "a bomb that stays below the limit": (_bomb("a0: &a0 [x, x, x, x, x, x, x, x, x, x]", 4, "[{}]"), "unknown-list"),
    "a long key above many values": (
        lambda: b"? " + b"k" * 1_000_000 + b"\n: [" + b"x," * 20_000 + b"]\n",
        "too-large",
    ),
    "long keys within long keys": (
        lambda: b"".join(b" " * n + b"k" * 1000 + b":\n" for n in range(60)) + b" " * 60 + b"[" + b"x," * 30_000 + b"]",
        "too-large",
    ),
    "a long alias used often": (
        lambda: b"capabilities:\n- title: &a " + b"x" * 100_000 + b"\n" + b"- title: *a\n" * 100,
        "duplicate-id",
    ),
    "20,000 brackets that nothing closes": (b"capabilities: " + b"{[" * DEEP, "syntax"),
    "20,000 question marks": (b"? " * 20_000, "syntax"),
    "aliases 5,000 deep": (
        lambda: b"a0: &a0 x\n" + b"".join(b"a%d: &a%d [*a%d]\n" % (n, n, n - 1) for n in range(1, 5_000)),
        "too-large",
    ),
    "aliases 300 deep": (
        lambda: b"a0: &a0 x\n" + b"".join(b"a%d: &a%d [*a%d]\n" % (n, n, n - 1) for n in range(1, 300)),
        "syntax",
    ),
    "aliases 90 deep": (
        lambda: b"a0: &a0 x\n" + b"".join(b"a%d: &a%d [*a%d]\n" % (n, n, n - 1) for n in range(1, 90)),
        "unknown-list",
    ),
    "two halves of a character": (b'capabilities:\n- title: "\\ud83d\\ude00 A"\n', ""),
    "11,000 anchors": (
        lambda: b"capabilities: [" + b",".join(b"&a%d x" % n for n in range(11_000)) + b"]",
        "record-shape too-many-problems",
    ),
}
"""Content of a YAML file, with the rule that it breaks."""


def cases() -> Iterator[Case]:
    """Yield the documents in both formats, then what is wrong in one of them."""
    for told, (document, rules) in DOCUMENTS.items():
        text = json.dumps(document)
        yield case(f"json: {told}", {"a.json": text.encode()}, rules)
        if told not in LONG:
            yield case(f"yaml: {told}", {"a.yaml": text.encode()}, rules)
    for told, (content, rules) in JSON.items():
        yield case(f"json: {told}", {"a.json": content}, rules, placed="deep" not in told)
    for told, (content, rules) in YAML.items():
        yield case(f"yaml: {told}", {"a.yaml": content}, rules, placed="deep" not in told)
