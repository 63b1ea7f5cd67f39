"""ArchiMate models that are broken, too large, or say what cannot be, in each of their formats."""

from __future__ import annotations

import io
import json
import zipfile
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tests.badinput.case import Case, case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.badinput.case import Content

_XSI: Final = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_EXCHANGE: Final = "http://www.opengroup.org/xsd/archimate"
_ARCHI: Final = "http://www.archimatetool.com/archimate"
DEEP: Final = 10_000


# The formats


def exchange(inside: str, namespace: str = f"{_EXCHANGE}/3.0/") -> str:
    """Return Open Exchange that holds some XML."""
    return f'<?xml version="1.0"?>\n<model xmlns="{namespace}" {_XSI} identifier="m"><name>M</name>{inside}</model>'


def archi(inside: str, namespace: str = _ARCHI) -> str:
    """Return a document of Archi that holds some XML."""
    return f'<?xml version="1.0"?>\n<a:model {_XSI} xmlns:a="{namespace}" name="M" id="m">{inside}</a:model>'


def element(identifier: str, type_: str = "Capability") -> str:
    """Return an element of Open Exchange of which the id is the name too."""
    return f'<element identifier="{identifier}" xsi:type="{type_}"><name>{identifier}</name></element>'


def relation(ends: str, type_: str = "Composition") -> str:
    """Return a relation of Open Exchange with these attributes."""
    return f'<relationship identifier="r" xsi:type="{type_}" {ends}/>'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def doctype(declared: str, xml: str) -> str:
    """Return XML with a document type."""
    return xml.replace("?>\n", f"?>\n<!DOCTYPE x [{declared}]>\n", 1)


_LAUGHS: Final = '<!ENTITY a0 "ha">' + "".join(
    '<!ENTITY a{} "{}">'.format(n, "&a{};".format(n - 1) * 10)  # noqa: UP032  # quotes within quotes
    for n in range(1, 12)
)
_A: Final = f"<elements>{element('a')}{element('b')}</elements>"
_JOINED: Final = f"{_A}<relationships>{relation('source=%s target=%s')}</relationships>"
_FOLDER: Final = '<folder name="F" id="f">'
_OWN: Final = '<element xsi:type="a:Capability" id="a" name="A"/>'

# What is wrong in one way in both forms of XML

MARKUP: Final[Mapping[str, tuple[Callable[[str], str], str]]] = {
    "cut in a tag": (lambda xml: xml[:-5], "syntax"),
    "cut in half": (lambda xml: xml[: len(xml) // 2], "syntax"),
    "more behind the end": (lambda xml: f"{xml}<model/>", "syntax"),
    "text behind the end": (lambda xml: f"{xml}more", "syntax"),
    "blanks in front of the declaration": (lambda xml: f"\n{xml}", "syntax"),
    "an undeclared prefix": (lambda xml: xml.replace(_XSI, ""), "syntax"),
    "an attribute twice": (lambda xml: xml.replace(_XSI, f"{_XSI} {_XSI}"), "syntax"),
    "an undeclared entity": (lambda xml: xml.replace("M", "&m;", 1), "syntax"),
    "an ampersand": (lambda xml: xml.replace("M", "M & N", 1), "syntax"),
    "a character that XML does not have": (lambda xml: xml.replace("M", "&#0;", 1), "syntax"),
    "half a surrogate as an entity": (lambda xml: xml.replace("M", "&#xD800;", 1), "syntax"),
    "XML 1.1": (lambda xml: xml.replace("1.0", "1.1", 1), ""),
    "an unknown encoding": (lambda xml: xml.replace("?>", ' encoding="klingon"?>', 1), "encoding"),
    "an encoding of several bytes": (lambda xml: xml.replace("?>", ' encoding="shift_jis"?>', 1), "encoding"),
    "an encoding that unpacks": (lambda xml: xml.replace("?>", ' encoding="zlib"?>', 1), "encoding"),
    "another encoding than declared": (lambda xml: xml.replace("?>", ' encoding="utf-16"?>', 1), "syntax"),
    "a million laughs": (lambda xml: doctype(_LAUGHS, xml.replace("M", "&a11;", 1)), "document-type"),
    "a quadratic bomb": (
        lambda xml: doctype(f'<!ENTITY a "{"x" * 100_000}">', xml.replace("M", "&a;" * 10_000, 1)),
        "document-type",
    ),
    "an entity of a file": (
        lambda xml: doctype('<!ENTITY a SYSTEM "../secret.txt">', xml.replace("M", "&a;", 1)),
        "document-type",
    ),
    "an entity of a host": (
        lambda xml: doctype('<!ENTITY a SYSTEM "http://192.0.2.1/">', xml.replace("M", "&a;", 1)),
        "document-type",
    ),
    "a parameter entity": (lambda xml: doctype('<!ENTITY % a SYSTEM "http://192.0.2.1/"> %a;', xml), "document-type"),
    "a document type on a host": (
        lambda xml: xml.replace("?>", '?><!DOCTYPE model SYSTEM "http://192.0.2.1/x.dtd">', 1),
        "document-type",
    ),
    "an empty document type": (lambda xml: xml.replace("?>", "?><!DOCTYPE model>", 1), "document-type"),
    "a style sheet": (lambda xml: xml.replace("?>", '?><?xml-stylesheet href="http://192.0.2.1/"?>', 1), ""),
    "a schema on a host": (
        lambda xml: xml.replace(_XSI, f'{_XSI} xsi:schemaLocation="x http://192.0.2.1/x.xsd"'),
        "",
    ),
    "an inclusion": (
        lambda xml: xml.replace(_XSI, f'{_XSI} xmlns:xi="http://www.w3.org/2001/XInclude" xi:include="../secret.txt"'),
        "",
    ),
    "another namespace": (lambda xml: xml.replace("http://www.", "http://my."), "not-a-model"),
    "an attribute of 10 MB": (lambda xml: xml.replace(_XSI, f'{_XSI} x="{"y" * 10_000_000}"'), ""),
    "100,000 attributes": (lambda xml: xml.replace(_XSI, _XSI + "".join(f' x{n}="y"' for n in range(100_000))), ""),
    "100,000 namespaces": (
        lambda xml: xml.replace(_XSI, _XSI + "".join(f' xmlns:x{n}="y{n}"' for n in range(100_000))),
        "",
    ),
}

EXCHANGE: Final[Mapping[str, tuple[Content, str]]] = {
    "of version 2": (exchange(_A, f"{_EXCHANGE}").encode(), "not-a-model"),
    "another document": (b"<html><body/></html>", "not-a-model"),
    "a model of another make": (b'<model xmlns="urn:x"/>', "not-a-model"),
    "a part of a model": (f'<elements xmlns="{_EXCHANGE}/3.0/"/>'.encode(), "not-a-model"),
    "an id twice": (exchange(f"<elements>{element('a')}{element('a')}</elements>").encode(), ""),
    "no ids": (exchange(f"<elements>{element('')}{element('')}</elements>").encode(), ""),
    "a blank id": (exchange(f"<elements>{element('  ')}</elements>").encode(), ""),
    "no types": (exchange("<elements><element identifier='a'/></elements>").encode(), ""),
    "an unknown type": (exchange(f"<elements>{element('a', 'Spaceship')}</elements>").encode(), ""),
    "a type of 100,000 letters": (exchange(f"<elements>{element('a', 'x' * 100_000)}</elements>").encode(), ""),
    "5,000 types": (
        lambda: exchange(f"<elements>{''.join(element(f'a{n}', f'T{n}') for n in range(5_000))}</elements>").encode(),
        "",
    ),
    "a relation to nothing": (exchange(_JOINED % ('"a"', '"x"')).encode(), ""),
    "a relation to itself": (exchange(_JOINED % ('"a"', '"a"')).encode(), ""),
    "a relation to a relation": (exchange(_JOINED % ('"a"', '"r"')).encode(), ""),
    "a relation without ends": (exchange(f"{_A}<relationships>{relation('')}</relationships>").encode(), ""),
    "a circle of parts": (
        exchange(
            _A
            + "<relationships>"
            + relation('source="a" target="b"')
            + relation('source="b" target="a"')
            + "</relationships>"
        ).encode(),
        "",
    ),
    "views without nodes": (exchange(f"{_A}<views><diagrams><view/></diagrams></views>").encode(), ""),
    "views of nothing": (
        exchange(
            f'{_A}<views><diagrams><view><node elementRef="x"><node elementRef="y"/></node></view></diagrams></views>'
        ).encode(),
        "",
    ),
    "properties without definitions": (
        exchange(
            '<elements><element identifier="a" xsi:type="Capability"><properties>'
            '<property propertyDefinitionRef="x"><value>1</value></property></properties></element></elements>'
        ).encode(),
        "",
    ),
    "5,000 property definitions": (
        lambda: exchange(
            '<elements><element identifier="a" xsi:type="Capability"><properties>'
            + "".join(f'<property propertyDefinitionRef="p{n}"><value>1</value></property>' for n in range(5_000))
            + "</properties></element></elements><propertyDefinitions>"
            + "".join(
                f'<propertyDefinition identifier="p{n}"><name>p{n}</name></propertyDefinition>' for n in range(5_000)
            )
            + "</propertyDefinitions>"
        ).encode(),
        "",
    ),
    "names that are tags": (
        exchange("<elements><element identifier='a'><name><x/></name></element></elements>").encode(),
        "",
    ),
    "nodes nested 10,000 deep": (
        exchange(f"{_A}<views><diagrams><view>{'<node>' * DEEP}{'</node>' * DEEP}</view></diagrams></views>").encode(),
        "",
    ),
    "elements nested 10,000 deep": (exchange("<elements>" * DEEP + "</elements>" * DEEP).encode(), ""),
    "unknown tags nested 100,000 deep": (lambda: exchange("<x>" * 100_000 + "</x>" * 100_000).encode(), ""),
    "1,000 capabilities, each in the one before": (
        lambda: exchange(
            f"<elements>{''.join(element(f'a{n}') for n in range(1_000))}</elements><relationships>"
            + "".join(relation(f'source="a{n - 1}" target="a{n}"') for n in range(1, 1_000))
            + "</relationships>"
        ).encode(),
        "",
    ),
    "a circle of 1,000 parts": (
        lambda: exchange(
            f"<elements>{''.join(element(f'a{n}') for n in range(1_000))}</elements><relationships>"
            + "".join(relation(f'source="a{n - 1}" target="a{n % 1_000}"') for n in range(1, 1_001))
            + "</relationships>"
        ).encode(),
        "",
    ),
}
"""Content of a file, with the rules that it breaks."""

ARCHI: Final[Mapping[str, tuple[Content, str]]] = {
    "of an unknown version": (archi(_OWN, "http://www.archimatetool.com/archimate/9").encode(), "not-a-model"),
    "another document": (b"<html><body/></html>", "not-a-model"),
    "a relation to nothing": (
        archi(
            f'{_FOLDER}{_OWN}<element xsi:type="a:CompositionRelationship" source="a" target="x"/></folder>'
        ).encode(),
        "",
    ),
    "an id twice": (archi(f"{_FOLDER}{_OWN}{_OWN}</folder>").encode(), ""),
    "profiles that there are not": (
        archi(f'{_FOLDER}<element xsi:type="a:Capability" id="a" name="A" profiles="x y"/></folder>').encode(),
        "",
    ),
    "properties without keys": (
        archi(f'{_FOLDER}<element xsi:type="a:Capability" id="a" name="A"><property/></element></folder>').encode(),
        "",
    ),
    "folders nested 10,000 deep": (archi(_FOLDER * DEEP + _OWN + "</folder>" * DEEP).encode(), ""),
    "folders nested 100,000 deep": (
        lambda: archi("<folder>" * 100_000 + "</folder>" * 100_000).encode(),
        "",
    ),
    "boxes nested 10,000 deep": (
        archi(
            f'{_FOLDER}{_OWN}<element xsi:type="a:ArchimateDiagramModel">'
            f"{'<child>' * DEEP}{'</child>' * DEEP}</element></folder>"
        ).encode(),
        "",
    ),
    "a name of 100,000 lines": (
        lambda: archi(
            f'{_FOLDER}<element xsi:type="a:Capability" id="a" name="{"&#10;x" * 100_000}"/></folder>'
        ).encode(),
        "",
    ),
}

_GOOD: Final = archi(f"{_FOLDER}{_OWN}</folder>")

PACKED: Final[Mapping[str, tuple[Content, str]]] = {
    "without a model": (zipped({"images/a.png": b""}), "not-a-model"),
    "of a workbook": (zipped({"xl/workbook.xml": "<workbook/>"}), "not-a-model"),
    "with an empty model": (zipped({"model.xml": b""}), "syntax"),
    "with a model that is no XML": (zipped({"model.xml": "model"}), "syntax"),
    "with another document": (zipped({"model.xml": "<html/>"}), "not-a-model"),
    "with a document type": (zipped({"model.xml": doctype(_LAUGHS, _GOOD)}), "document-type"),
    "with a ZIP in it": (zipped({"model.xml": zipped({"model.xml": _GOOD})}), "syntax"),
    "with members that climb out": (zipped({"../../evil.txt": b"x", "/evil/evil.txt": b"x", "model.xml": _GOOD}), ""),
    "cut in half": (zipped({"model.xml": _GOOD})[:200], "not-a-model"),
    "with a damaged member": (
        zipped({"model.xml": _GOOD}).replace(zipped({"model.xml": _GOOD})[60:70], b"0123456789"),
        "not-a-model",
    ),
    "that is empty": (b"PK\x05\x06" + b"\0" * 18, "syntax"),
    "with 11,000 members": (lambda: zipped({f"images/{n}": b"" for n in range(11_000)}), "too-large"),
    "that is a bomb": (lambda: zipped({"model.xml": _GOOD + " " * 50_000_000}), "too-large"),
    "with a bomb beside the model": (lambda: zipped({"model.xml": _GOOD, "images/a": b"\0" * 50_000_000}), "too-large"),
    "with a comment of 3 MB": (
        lambda: zipped({"model.xml": _GOOD + "<!--" + "0123456789abcdef" * 200_000 + "-->"}),
        "",
    ),
}

_ELEMENTS: Final = "ID,Type,Name,Documentation\n"
_RELATIONS: Final = "ID,Type,Name,Documentation,Source,Target\n"

TABLES: Final[Mapping[str, tuple[Mapping[str, bytes], str]]] = {
    "relations without elements": (
        {"relations.csv": f"{_RELATIONS}r,FlowRelationship,,,a,b\n".encode()},
        "missing-file",
    ),
    "properties without elements": ({"x-properties.csv": b"ID,Key,Value\na,k,v\n"}, "missing-file"),
    "elements of another prefix": (
        {"x-elements.csv": _ELEMENTS.encode(), "y-relations.csv": _RELATIONS.encode()},
        "missing-file",
    ),
    "elements without columns of their own": ({"elements.csv": b"ID,Type\na,Capability\n"}, "unknown-list"),
    "a quote that nothing closes": (
        {"elements.csv": f'{_ELEMENTS}"a,Capability,A,\nb,Capability,B,\n'.encode()},
        "syntax",
    ),
    "rows cut short": ({"elements.csv": f"{_ELEMENTS}a\nb,Capability\n".encode()}, ""),
    "rows that are too long": ({"elements.csv": f"{_ELEMENTS}a,Capability,A,x,y,z\n".encode()}, "row-shape"),
    "an id twice": ({"elements.csv": f"{_ELEMENTS}a,Capability,A,\na,Capability,B,\n".encode()}, ""),
    "a NUL": ({"elements.csv": f"{_ELEMENTS}a,Capability,A\0B,\n".encode()}, ""),
    "another encoding": ({"elements.csv": f"{_ELEMENTS}a,Capability,Zürich,\n".encode("latin-1")}, ""),
    "UTF-16": ({"elements.csv": f"{_ELEMENTS}a,Capability,A,\n".encode("utf-16")}, "unknown-list"),
    "a cell of 10 MB": ({"elements.csv": f"{_ELEMENTS}a,Capability,{'x' * 10_000_000},\n".encode()}, "syntax"),
    "properties of nothing": (
        {"elements.csv": f"{_ELEMENTS}a,Capability,A,\n".encode(), "properties.csv": b"ID,Key,Value\nx,k,v\n,,\n"},
        "",
    ),
    "a relation to nothing": (
        {
            "elements.csv": f"{_ELEMENTS}a,Capability,A,\n".encode(),
            "relations.csv": f"{_RELATIONS}r,FlowRelationship,,,a,x\n".encode(),
        },
        "",
    ),
}
"""Files of Archi's tables, with the rules that they break."""


def _json(**fields: Any) -> bytes:
    return json.dumps({"archimateId": "m", "name": "M", "elements": [], "relationships": []} | fields).encode()


_ONE: Final = {"id": "a", "name": "A", "type": "Capability"}
JSON: Final[Mapping[str, tuple[bytes, str]]] = {
    "elements that are nothing": (_json(elements=None), "document-shape"),
    "elements that are an object": (_json(elements={"a": _ONE}), "document-shape"),
    "elements that are texts": (_json(elements=["a"]), "document-shape"),
    "elements that are lists": (_json(elements=[[_ONE]]), "document-shape"),
    "relations that are a number": (_json(relationships=5), "document-shape"),
    "an element of nothing": (_json(elements=[{}]), ""),
    "an id that is a number": (_json(elements=[_ONE | {"id": 5}]), ""),
    "an id that is a list": (_json(elements=[_ONE | {"id": ["a"]}]), "document-shape"),
    "a name that is an object": (_json(elements=[_ONE | {"name": {"de": "A"}}]), "document-shape"),
    "a type that is a list": (_json(elements=[_ONE | {"type": ["Capability"]}]), "document-shape"),
    "a name of the model that is a list": (_json(name=["M"]), "document-shape"),
    "half a surrogate in a name": (_json(elements=[_ONE | {"name": "A\ud800"}]), "wrong-value"),
    "half a surrogate in an id": (_json(elements=[_ONE | {"id": "a\ud800"}]), "wrong-value"),
    "a NUL in a name": (_json(elements=[_ONE | {"name": "A\0"}]), ""),
    "a relation to nothing": (_json(elements=[_ONE], relationships=[{"id": "r", "type": "Flow", "sourceId": "a"}]), ""),
    "without relations": (json.dumps({"archimateId": "m", "elements": []}).encode(), "unknown-list"),
    "more than one": (json.dumps([json.loads(_json())] * 2).encode(), "document-shape"),
}


def _encoded(change: Callable[[str], str], xml: str) -> bytes:
    return change(xml).encode()


def cases() -> Iterator[Case]:
    """Yield every fault in every format that can have it."""
    for told, (change, rules) in MARKUP.items():
        for format_, name, xml in (("exchange", "a.xml", exchange(_A)), ("archi", "a.archimate", _GOOD)):
            yield case(f"{format_}: {told}", {name: partial(_encoded, change, xml)}, rules)
    for format_, name, faults in (
        ("exchange", "a.xml", EXCHANGE),
        ("archi", "a.archimate", ARCHI),
        ("packed archi", "a.archimate", PACKED),
        ("archi json", "a.json", JSON),
    ):
        for told, (file, rules) in faults.items():
            yield case(f"{format_}: {told}", {name: file}, rules)
    for told, (files, rules) in TABLES.items():
        yield case(f"archi tables: {told}", files, rules)
