"""The files that hold ArchiMate models: how each format is known and read, and what is refused."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from graphkb.errors import DataError
from graphkb.sources import read_paths
from graphkb.sources.archimate.model import Concept, Model, Relation
from graphkb.sources.archimate.reading import model_in
from graphkb.sources.files import read_file
from tests.support.archimate import archi, exchange, model, tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphkb.errors import Problem

EXCHANGE = 'xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
ARCHI = 'xmlns:archimate="http://www.archimatetool.com/archimate" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def held(folder: Path, name: str, content: str | bytes) -> Model:
    """Return the model in a file of this name and content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = model_in(read_file(path))
    assert found
    return found


def refused(folder: Path, name: str, content: str | bytes) -> Problem:
    """Return the one problem of a load of a file of this name and content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = read_paths([path])
    assert found.records == []
    (problem,) = found.problems
    assert problem.file == str(path)
    return problem


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content)


# What is in each format


def test_open_exchange_is_read_whole(tmp_path: Path) -> None:
    """Names in one line, properties by the names of their definitions, junctions of both sorts as junctions."""
    content = f"""<?xml version="1.0"?><model {EXCHANGE} identifier="m"><name xml:lang="en">Shop</name>
<elements>
 <element identifier="c" xsi:type="Capability"><name xml:lang="en"> Pay
   Bills </name><name xml:lang="fr">Payer</name><documentation> One.\r\nTwo. </documentation>
  <properties><property propertyDefinitionRef="p1"><value>5</value></property></properties></element>
 <element identifier="j" xsi:type="OrJunction"/>
</elements>
<relationships><relationship identifier="r" xsi:type="Flow" source="c" target="j"><name>goes</name></relationship>
</relationships>
<propertyDefinitions><propertyDefinition identifier="p1" type="string"><name>Cost</name></propertyDefinition>
</propertyDefinitions>
<views><diagrams><view identifier="v"><node identifier="n" elementRef="c"><node identifier="o"><style/>
<node identifier="q" elementRef="j"/></node></node></view></diagrams></views></model>"""
    found = held(tmp_path, "shop.xml", content)
    assert found == Model(
        "Shop",
        (Concept("c", "Capability", "Pay Bills", "One.\nTwo.", "", (("Cost", "5"),)), Concept("j", "Junction")),
        (Relation("r", "Flow", "goes", source="c", target="j"),),
        (("c", "j"),),
    )
    assert found.notes == ("1 text in a further language: not taken over.",)
    assert found.elements[1].place.problem("", "").line == 7


def test_the_format_of_archi_is_read_whole(tmp_path: Path) -> None:
    """With the specialization by the name of its profile, whatever folder an element is in."""
    content = f"""<archimate:model {ARCHI} name="Shop" id="m">
<profile name="Persona" id="p1" conceptType="BusinessActor"/>
<folder name="A"><folder name="B"><element xsi:type="archimate:BusinessActor" id="a" name="Ann" profiles="p1">
<documentation>Says &lt;hi&gt;</documentation><property key="k" value="v"/><property/></element></folder>
<element xsi:type="archimate:AssociationRelationship" id="r" source="a" target="a"/></folder>
<folder name="Views"><element xsi:type="archimate:ArchimateDiagramModel" id="v" name="V">
<child archimateElement="a"><bounds x="1"/><child archimateElement="a"/></child></element></folder></archimate:model>"""
    assert held(tmp_path, "shop.archimate", content) == Model(
        "Shop",
        (Concept("a", "BusinessActor", "Ann", "Says <hi>", "Persona", (("k", "v"),)),),
        (Relation("r", "Association", source="a", target="a"),),
        (("a", "a"),),
    )


def test_the_suffix_does_not_tell_which_xml_it_is(tmp_path: Path) -> None:
    """Either format is known by its namespace, and a ZIP by its first bytes."""
    given = model("Capability a\nCapability b", "a Composition b")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("model.xml", exchange(given)["model.xml"])
    for name, content in (
        ("a.xml", archi(given)["model.archimate"]),
        ("b.archimate", exchange(given)["model.xml"]),
        ("c.archimate", packed.getvalue()),
    ):
        assert held(tmp_path, name, content) == given


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("id-11f5304f", "11f5304f"),
        ("id-125bb484-84bb-413c-8d97-c6aa77ea006b", "125bb484-84bb-413c-8d97-c6aa77ea006b"),
        ("id-9466c9fc1e0e401ea041b1a110135a0f", "id-9466c9fc1e0e401ea041b1a110135a0f"),
        ("id-1", "id-1"),
        ("EAID_C33BE144", "EAID_C33BE144"),
    ],
)
def test_an_id_is_that_of_the_model_without_what_exports_put_before_it(
    tmp_path: Path, given: str, expected: str
) -> None:
    """In elements, at the ends of relations and in views alike."""
    named = Model(
        "",
        (Concept(given, "Capability"),),
        (Relation("r", "Serving", source=given, target=given),),
        ((given, given),),
    )
    for name, content in (exchange(named) | archi(named)).items():
        found = held(tmp_path, name, content)
        (relation,) = found.relations
        assert {found.elements[0].id, relation.source, relation.target, *found.nestings[0]} == {expected}


# Archi's tables


def test_tables_are_read_from_that_of_the_elements(tmp_path: Path) -> None:
    """In a folder with others; the table of relations by itself says what is missing."""
    given = model("Capability a\nCapability b", "a Composition b")
    put(tmp_path, tables(given))
    (tmp_path / "capabilities.json").write_text('{"capabilities": [{"title": "C"}]}', encoding="utf-8")
    found = read_paths([tmp_path])
    assert found.problems == []
    assert [record.list_name for record in found.records] == ["capabilities"] * 3 + ["relationships"]
    (problem,) = read_paths([tmp_path / "my-relations.csv"]).problems
    assert (problem.rule, "my-elements.csv is missing" in problem.message) == ("missing-file", True)
    alone = read_paths([tmp_path / "my-elements.csv"])
    assert len(alone.records) == 2
    assert any("There is no table of relations beside the elements." in note for note in alone.notes)


def test_tables_are_read_as_archi_and_spreadsheets_write_them(tmp_path: Path) -> None:
    """Another delimiter, a mark in front, the encoding of Windows, cells guarded against trimming, blanks at quotes."""
    put(
        tmp_path,
        {
            "elements.csv": b"\xef\xbb\xbf"
            b'"ID";"Type";"Name";"Documentation"\r\n"a";"Capability";"=""  Pay""" ;"x;\r\ny"\r\n',
            "relations.csv": b"ID;Type;Name;Documentation;Source;Target\r\nr;FlowRelationship;\xe4;;a;a\r\n\r\n",
        },
    )
    found = read_paths([tmp_path / "elements.csv", tmp_path / "relations.csv"])
    assert found.problems == []
    (record,) = found.records
    assert record.content == {"capabilityID": "a", "title": "Pay", "description": "x;\ny"}
    assert record.place.problem("", "").line == 2
    assert any("relations.csv is not UTF-8" in note for note in found.notes)


def test_a_table_of_another_header_is_none_of_archi(tmp_path: Path) -> None:
    """It is read as any table is."""
    (tmp_path / "elements.csv").write_text("ID,Name\n1,A\n", encoding="utf-8")
    (problem,) = read_paths([tmp_path]).problems
    assert problem.rule == "unknown-list"


# The JSON of EAModelSet


def test_other_json_stays_what_it_is(tmp_path: Path) -> None:
    """Lists of elements that are no model are no records either; lists in a model that hold no objects are refused."""
    assert refused(tmp_path, "a.json", '{"elements": [], "relationships": []}').rule == "unknown-list"
    bad = '{"archimateId": "m", "elements": ["a"], "relationships": []}'
    problem = refused(tmp_path, "a.json", bad)
    assert (problem.rule, problem.pointer) == ("document-shape", "/elements")


# What is refused


def test_broken_xml_is_told_with_its_line(tmp_path: Path) -> None:
    """And column."""
    problem = refused(tmp_path, "a.xml", f"<model {EXCHANGE}>\n<elements>\n</model>")
    assert (problem.rule, problem.line) == ("syntax", 3)
    assert "column 3" in problem.message
    assert refused(tmp_path, "a.archimate", b"").rule == "syntax"
    assert refused(tmp_path, "a.archimate", b"\xff\xfe\x00nonsense").rule == "syntax"
    assert refused(tmp_path, "b.xml", b'<?xml version="1.0" encoding="x-none"?><a/>').rule in ("syntax", "encoding")
    assert refused(tmp_path, "b.xml", b'<?xml version="1.0" encoding="euc-jp"?><a/>').rule == "encoding"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE model SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE model [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE model [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE model [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]>',
    ],
    ids=["document type", "external entity", "expansion", "parameter entity"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_document_types_and_entities_are_refused(tmp_path: Path, prolog: str, packed: bool) -> None:  # noqa: FBT001
    """Nothing of another file, and nothing that grows, is ever read."""
    content = f'<?xml version="1.0"?>{prolog}<model {EXCHANGE}><name>&b;</name></model>'.encode()
    if packed:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as opened:
            opened.writestr("model.xml", content)
        content = archive.getvalue()
    assert refused(tmp_path, "a.archimate", content).rule == "document-type"


def test_archives_that_are_no_model_or_too_large_are_refused(tmp_path: Path) -> None:
    """Before anything of them is unpacked."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("other.xml", "<a/>")
    assert refused(tmp_path, "a.archimate", archive.getvalue()).rule == "not-a-model"
    assert refused(tmp_path, "b.archimate", archive.getvalue()[:40]).rule == "not-a-model"
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("model.xml", b" " * (16 * 1024 * 1024))
    assert refused(tmp_path, "c.archimate", swollen.getvalue()).rule == "too-large"
    damaged = bytearray(archi_zip())
    damaged[60] ^= 0xFF
    assert refused(tmp_path, "d.archimate", bytes(damaged)).rule in ("not-a-model", "syntax")


def archi_zip() -> bytes:
    """Return a packed model with much in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = "\n".join(f"Capability c{number}" for number in range(50))
        archive.writestr("model.xml", archi(model(lines))["model.archimate"])
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<project/>", "starts with <project>"),
        ('<model xmlns="http://www.opengroup.org/xsd/archimate"/>', "another version of Open Exchange"),
        ("<model/>", "no ArchiMate model"),
    ],
)
def test_other_xml_is_refused(tmp_path: Path, content: str, told: str) -> None:
    """With what it is instead."""
    problem = refused(tmp_path, "a.xml", content)
    assert (problem.rule, told in problem.message) == ("not-a-model", True)


@pytest.mark.parametrize("tag", ["folder", "child", "style"])
def test_nesting_is_never_too_deep(tmp_path: Path, tag: str) -> None:
    """Twenty thousand levels of folders, of boxes in a view, and of what is passed over."""
    depth = 20_000
    element = '<element xsi:type="archimate:Capability" id="a" name="A"/>'
    view = f'<element xsi:type="archimate:ArchimateDiagramModel">{f"<{tag}>" * depth}{f"</{tag}>" * depth}</element>'
    inside = element + view if tag != "folder" else f"{'<folder>' * depth}{element}{'</folder>' * depth}"
    found = held(tmp_path, "a.archimate", f"<archimate:model {ARCHI}><folder>{inside}</folder></archimate:model>")
    assert [each.name for each in found.elements] == ["A"]


def test_a_model_with_too_many_tags_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that only say how a view looks do not count."""
    monkeypatch.setattr("graphkb.sources.archimate.markup.MAX_TAGS", 100)
    problem = refused(tmp_path, "a.xml", f"<model {EXCHANGE}>{'<name/>' * 200}</model>")
    assert problem.rule == "too-large"
    assert held(tmp_path, "a.xml", f"<model {EXCHANGE}>{'<style><name/></style>' * 200}</model>") == Model("")


def test_a_file_of_another_format_is_no_model(tmp_path: Path) -> None:
    """Where a mapping takes it for one."""
    path = tmp_path / "a.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match="no archimateId"):
        model_in(read_file(path))
