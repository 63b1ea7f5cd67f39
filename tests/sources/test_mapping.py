"""The mapping language: what each word does, which files an entry takes, and what is told of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from graphkb.errors import UsageError
from graphkb.model.interpretation import interpret
from graphkb.sources import read_paths
from tests.model.reading import edges
from tests.support.mappings import interpretation, meaning, reading

if TYPE_CHECKING:
    from pathlib import Path


def contents(folder: Path, mapping: str, **files: str) -> list[Any]:
    """Return the contents of the records that are read of files; ``a_csv`` is the file ``a.csv``."""
    found = reading(folder, mapping, {name.replace("_", "."): text for name, text in files.items()})
    assert found.problems == []
    return [record.content for record in found.records]


# What the words of a mapping do


def test_a_field_takes_a_column_and_is_left_out_where_that_is_empty(tmp_path: Path) -> None:
    """Cells are trimmed; a dotted name reaches into a group."""
    mapping = "[{files: a.csv, kind: Persona, fields: {title: Who, demographicAttributes.ageRange: 'Age (years)'}}]"
    assert contents(tmp_path, mapping, a_csv="Who,Age (years)\n Ann ,30-40\nBob,\n") == [
        {"title": "Ann", "demographicAttributes": {"ageRange": "30-40"}},
        {"title": "Bob"},
    ]


def test_a_cell_becomes_what_its_field_takes(tmp_path: Path) -> None:
    """Numbers and truth values are read from text, and a number of a document is the text that an id has to be."""
    table = "[{files: a.csv, kind: CustomerSegment, fields: {title: t, segmentSize: n, isPriority: p}}]"
    assert contents(tmp_path, table, a_csv="t,n,p\nFamilies,12,TRUE\n") == [
        {"title": "Families", "segmentSize": 12, "isPriority": True}
    ]
    document = "[{files: a.json, kind: Capability, fields: {capabilityID: nr, title: t, performanceScore: s}}]"
    further = tmp_path / "further"
    further.mkdir()
    assert contents(further, document, a_json='{"nr": 7, "t": 1.5, "s": 80}') == [
        {"capabilityID": "7", "title": "1.5", "performanceScore": 80}
    ]


def test_values_are_replaced_split_and_prefixed(tmp_path: Path) -> None:
    """What ``values`` gives null is nothing; what it does not name stays as it is."""
    mapping = """
- files: a.csv
  kind: Capability
  fields:
    capabilityID: {from: nr, prefix: cap-}
    criticality: {from: c, values: {H: High, "?": null}}
    publishedTo: {from: p, split: "|", values: {w: Wiki}}
"""
    assert contents(tmp_path, mapping, a_csv="nr,c,p\n1,H,w| Intranet |\n2,?,\n3,Low,x\n") == [
        {"capabilityID": "cap-1", "criticality": "High", "publishedTo": ["Wiki", "Intranet"]},
        {"capabilityID": "cap-2"},
        {"capabilityID": "cap-3", "criticality": "Low", "publishedTo": ["x"]},
    ]


def test_constants_and_positions_are_in_every_record(tmp_path: Path) -> None:
    """A constant is written as it is, a position counts the rows from 1."""
    mapping = "[{files: a.csv, kind: journeyStages, fields: {stageName: s, sequenceNumber: {position: true},\
    engagementPhase: {value: use}}}]"
    assert contents(tmp_path, mapping, a_csv="s\nA\nB\n") == [
        {"stageName": "A", "sequenceNumber": 1, "engagementPhase": "use"},
        {"stageName": "B", "sequenceNumber": 2, "engagementPhase": "use"},
    ]


def test_only_and_skip_choose_rows(tmp_path: Path) -> None:
    """An empty text stands for an empty column; one file can give two kinds."""
    mapping = """
- {files: a.csv, kind: Capability, only: {type: [cap, capability]}, skip: {name: ""}, fields: {title: name}}
- {files: a.csv, kind: OrgUnit, only: {type: unit}, fields: {orgUnitTitle: name}}
"""
    found = reading(tmp_path, mapping, {"a.csv": "type,name\ncap,A\ncapability,B\ncap,\nunit,C\nnode,D\n"})
    assert [(each.list_name, *each.content.values()) for each in found.records] == [
        ("capabilities", "A"),
        ("capabilities", "B"),
        ("orgUnits", "C"),
    ]
    assert found.notes == [f"{tmp_path / 'data' / 'a.csv'}: 1 of 5 rows are taken by no entry of the mapping."]


@pytest.mark.parametrize("parent", ["parent.capabilityID: up", "parent: up", "parent: {from: up, split: ;}"])
def test_a_parent_column_of_ids_is_a_hierarchy(tmp_path: Path, parent: str) -> None:
    """Whether the parents come before or behind their parts."""
    mapping = f"[{{files: a.csv, kind: Capability, fields: {{capabilityID: id, title: t, {parent}}}}}]"
    data = meaning(tmp_path, mapping, {"a.csv": "id,up,t\n11,10,A\n10,,B\n12,11,C\n"})
    assert edges(data) == {("10", "PARENT_OF", "11"), ("11", "PARENT_OF", "12")}


def test_a_parent_column_of_titles_is_a_hierarchy(tmp_path: Path) -> None:
    """The ids are made of the titles."""
    mapping = "[{files: a.csv, kind: Capability, fields: {title: t, parent: up}}]"
    data = meaning(tmp_path, mapping, {"a.csv": "t,up\nPayments,Banking\nBanking,\n"})
    assert edges(data) == {("banking", "PARENT_OF", "payments")}


def test_a_numbering_is_a_hierarchy(tmp_path: Path) -> None:
    """1.0 stands above 1.1; a missing level is passed over; rows without a number stand apart."""
    mapping = """
- files: a.csv
  kind: Capability
  fields: {title: name, parent: {from: name, numbering: nr}}
"""
    table = "nr,name\n1.0,A\n1.1,B\n1.1.2,C\n1.2.1,D\n2.,E\n2.1,F\n,G\n1.10,H\n"
    assert edges(meaning(tmp_path, mapping, {"a.csv": table})) == {
        ("a", "PARENT_OF", "b"),
        ("b", "PARENT_OF", "c"),
        ("a", "PARENT_OF", "d"),
        ("e", "PARENT_OF", "f"),
        ("a", "PARENT_OF", "h"),
    }


def test_a_numbering_of_nested_rows_is_their_own(tmp_path: Path) -> None:
    """The rows of one record do not stand above those of another."""
    mapping = """
- files: a.json
  kind: Journey
  fields:
    journeyTitle: t
    journeyStages: {rows: "s[]", fields: {stageName: n, stageDescription: {from: n, numbering: nr}}}
"""
    one = '{"t": "A", "s": [{"nr": "1", "n": "B"}, {"nr": "1.1", "n": "C"}]}'
    document = f'[{one}, {{"t": "D", "s": [{{"nr": "1.1", "n": "E"}}]}}]'
    first, second = contents(tmp_path, mapping, a_json=document)
    assert first["journeyStages"] == [{"stageName": "B"}, {"stageName": "C", "stageDescription": "B"}]
    assert second["journeyStages"] == [{"stageName": "E"}]


def test_columns_that_make_up_a_list_are_put_together(tmp_path: Path) -> None:
    """The first need has the first priority; what stands once goes for all."""
    mapping = """
- files: a.csv
  kind: CustomerSegment
  fields:
    title: t
    customerNeeds.title: {from: needs, split: ;}
    customerNeeds.priority: {from: ranks, split: ;}
    dependencies.title: {from: systems, split: ;}
    dependencies.domainType: {value: Capability}
"""
    assert contents(tmp_path, mapping, a_csv="t,needs,ranks,systems\nFamilies,a;b,1;2,x;y\n") == [
        {
            "title": "Families",
            "customerNeeds": [{"title": "a", "priority": 1}, {"title": "b", "priority": 2}],
            "dependencies": [{"title": "x", "domainType": "Capability"}, {"title": "y", "domainType": "Capability"}],
        }
    ]


def test_constants_alone_make_no_object(tmp_path: Path) -> None:
    """Where none of its columns has a value, a field given in parts, or a nested row, is not there."""
    mapping = """
- files: a.json
  kind: Capability
  fields:
    title: t
    dependsOn.title: d
    dependsOn.kind: {value: Capability}
    relatedCapabilities: {rows: "r[]", fields: {title: n, relationshipType: {value: upstream}}}
    child.title: {value: All}
"""
    document = '[{"t": "A", "r": [{"n": ""}, {"n": "B"}]}, {"t": "C", "d": "A"}]'
    assert contents(tmp_path, mapping, a_json=document) == [
        {
            "title": "A",
            "relatedCapabilities": [{"title": "B", "relationshipType": "upstream"}],
            "child": [{"title": "All"}],
        },
        {"title": "C", "dependsOn": [{"title": "A", "kind": "Capability"}], "child": [{"title": "All"}]},
    ]


def test_edges_are_rows_too(tmp_path: Path) -> None:
    """The list ``relationships`` takes types, ends and properties."""
    mapping = """
- {files: a.csv, kind: Capability, fields: {capabilityID: id, title: id}}
- files: links.csv
  kind: relationships
  fields:
    type: {from: how, values: {needs: DEPENDS_ON}}
    from.id: source
    from.kind: {value: Capability}
    to.id: target
    to.kind: {value: Capability}
    properties.dependencyType: weight
"""
    files = {"a.csv": "id\nA\nB\n", "links.csv": "source,how,target,weight\nA,needs,B,Critical\n"}
    data = meaning(tmp_path, mapping, files)
    ((edge, properties),) = data.edges.items()
    assert (edge.source.id, edge.type, edge.target.id) == ("A", "DEPENDS_ON", "B")
    assert properties == {"dependencyType": "Critical"}


def test_rows_of_a_document_nest(tmp_path: Path) -> None:
    """Paths lead through keys and lists, also through keys that hold dots; several texts become one."""
    mapping = """
- files: a.yaml
  kind: Journey
  rows: guide.parts[]
  fields:
    journeyTitle: dc.title
    journeyStages:
      rows: steps[]
      skip: {kind: note}
      fields:
        {stageName: name, stageDescription: "texts[].body", customerActions: acts, sequenceNumber: {position: true}}
"""
    document = """
guide:
  parts:
  - dc.title: Drive
    steps:
    - {name: Learn, acts: [read, ask], texts: [{body: One.}, {body: Two.}]}
    - {name: A remark, kind: note}
    - {name: Pass, acts: []}
"""
    assert contents(tmp_path, mapping, a_yaml=document) == [
        {
            "journeyTitle": "Drive",
            "journeyStages": [
                {
                    "stageName": "Learn",
                    "stageDescription": "One.\nTwo.",
                    "customerActions": ["read", "ask"],
                    "sequenceNumber": 1,
                },
                {"stageName": "Pass", "sequenceNumber": 3},
            ],
        }
    ]


MARKDOWN = """---
title: Ann
tags: [one, two]
---

# Ann, a visitor

Met in May.

## Goals

- find a branch
  nearby
* 1. open
1) an account

## Life ##

Works.

```
## no heading
```

## Goals

- rest
"""


def test_front_matter_and_sections_of_markdown_are_columns(tmp_path: Path) -> None:
    """A section gives its text or the items of its lists; sections of one name are one."""
    mapping = """
- files: "*.md"
  kind: Persona
  fields:
    title: heading
    description: introduction
    goals: "Goals[]"
    painPoints: "Goals[0]"
    narrativeScenario: Life
    behaviors: tags
  ignore: title
"""
    (record,) = contents(tmp_path, mapping, ann_md=MARKDOWN)
    assert record == {
        "title": "Ann, a visitor",
        "description": "Met in May.",
        "goals": ["find a branch nearby", "1. open", "an account", "rest"],
        "painPoints": ["find a branch nearby"],
        "narrativeScenario": "Works.\n\n```\n## no heading\n```",
        "behaviors": ["one", "two"],
    }


def test_markdown_without_front_matter_is_sections_alone(tmp_path: Path) -> None:
    """The front matter may also be empty."""
    mapping = "[{files: '*.md', kind: Persona, fields: {title: heading}}]"
    assert contents(tmp_path, mapping, a_md="# Ann\n", b_md="---\n---\n# Bob\n") == [{"title": "Ann"}, {"title": "Bob"}]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_with_what_stands_between_its_cells(tmp_path: Path, delimiter: str) -> None:
    """Columns without a name, or with one that stands there already, are called by their number."""
    mapping = "[{files: '*', format: csv, kind: Capability, fields: {title: t, owner: column (2), purpose: t (3)}}]"
    table = 't,,t\n"A, or ; not",Ann,a\n'.replace(",", delimiter).replace(f"A{delimiter}", "A,")
    assert contents(tmp_path, mapping, a_txt=table) == [{"title": "A, or ; not", "owner": "Ann", "purpose": "a"}]


# Which files an entry takes


def test_an_entry_takes_files_that_its_pattern_names_and_the_suffix_the_others(tmp_path: Path) -> None:
    """Those of folders too; the mapping itself may lie beside them."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.dat").write_text("t\nA\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('{"capabilities": [{"title": "B"}]}', encoding="utf-8")
    (tmp_path / "c.dat").write_text("t\nC\n", encoding="utf-8")
    mapping = tmp_path / "map.yaml"
    mapping.write_text("[{files: [sub/*.dat], format: csv, kind: Capability, fields: {title: t}}]", encoding="utf-8")
    found = read_paths([tmp_path], mapping=mapping)
    assert [each.content["title"] for each in found.records] == ["B", "A"]
    with pytest.raises(UsageError, match=r"'\.dat' cannot be loaded"):
        read_paths([tmp_path / "c.dat"], mapping=mapping)


def test_without_a_mapping_file_nothing_is_read(tmp_path: Path) -> None:
    """A path that does not exist is a wrong call."""
    with pytest.raises(UsageError, match="cannot be read"):
        read_paths([tmp_path], mapping=tmp_path / "map.yaml")


# What is told


def test_what_is_neither_mapped_nor_ignored_is_counted(tmp_path: Path) -> None:
    """By column or path, with the number of values; columns without values lose nothing."""
    mapping = "[{files: a.csv, kind: Capability, fields: {title: t}, ignore: [x]}]"
    found = reading(tmp_path, mapping, {"a.csv": "t,x,y,z,w\nA,1,2,3,\nB,1,2,,\n"})
    assert found.notes == [f"{tmp_path / 'data' / 'a.csv'}: not taken over: 'y' (2 values), 'z' (1 value)."]
    mapping = """
- files: a.json
  kind: Journey
  rows: all[]
  fields: {journeyTitle: t, journeyStages: {rows: "steps[]", fields: {stageName: n}, ignore: skipped}}
  ignore: meta
"""
    document = '{"meta": {"a": 1}, "other": [1, 2], "all": [{"t": "A", "steps": [{"n": "S", "skipped": 1, "new": 2}]}]}'
    (tmp_path / "data" / "a.csv").unlink()
    found = reading(tmp_path, mapping, {"a.json": document})
    path = tmp_path / "data" / "a.json"
    assert found.notes == [f"{path}: not taken over: 'other[]' (2 values), 'all[].steps[].new' (1 value)."]


def test_a_path_that_leads_to_nothing_is_told(tmp_path: Path) -> None:
    """Documents need not hold every key, so it is no problem."""
    mapping = "[{files: a.json, kind: Capability, rows: 'all[]', fields: {title: t, description: sumary}}]"
    found = reading(tmp_path, mapping, {"a.json": '{"all": [{"t": "A", "summary": "S"}]}'})
    assert found.problems == []
    assert found.notes[-1].endswith("a.json: there is nothing at 'all[].sumary'. Did you mean 'all[].summary'?")
    found = reading(tmp_path, mapping.replace("all", "every"), {"a.json": '{"all": []}'})
    assert "a.json: there are no rows of every[]." in found.notes[0]


def test_an_entry_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """With its place in the mapping."""
    mapping = "- {files: a.csv, kind: Capability, fields: {title: t}}\n- {files: b.*, kind: Capability}\n"
    found = reading(tmp_path, mapping, {"a.csv": "t\nA\n"})
    assert found.notes == [f"{tmp_path / 'map.yaml'}:2: the entry for b.* takes no file."]


def test_rows_that_say_the_same_are_one_and_are_counted(tmp_path: Path) -> None:
    """A table that repeats what stands above a row is read without problems; blank rows are nothing."""
    mapping = """
- {files: a.csv, kind: Capability, fields: {title: area}}
- {files: a.csv, kind: Capability, fields: {title: name, parent: area}}
"""
    found = reading(tmp_path, mapping, {"a.csv": "area,name\nA,B\nA,C\n,\n"})
    told = interpretation(found)
    assert told.problems == ()
    assert edges(told.dataset) == {("a", "PARENT_OF", "b"), ("a", "PARENT_OF", "c")}
    assert found.notes == [f"{tmp_path / 'data' / 'a.csv'}: 1 row said the same as an earlier one."]


def test_sheets_of_a_workbook_are_tables(tmp_path: Path) -> None:
    """The only sheet is the table; of several, the path of the rows names one, and a problem names its cell."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "Map 1.2"
    for row in (["Name", "Level"], ["Pay", 1], ["Lend", 12]):
        first.append(row)
    book.save(tmp_path / "one.xlsx")
    book.create_sheet("Other").append(["Text"])
    book.create_sheet("Units").append(["Unit"])
    book.save(tmp_path / "several.xlsx")
    (tmp_path / "map.yaml").write_text(
        "- {files: one.xlsx, kind: Capability, fields: {title: Name, level: Level}}\n"
        "- {files: several.xlsx, kind: Capability, rows: 'Map 1.2[]', fields: {title: Name}, ignore: Level}\n",
        encoding="utf-8",
    )
    one = read_paths([tmp_path / "one.xlsx"], mapping=tmp_path / "map.yaml")
    assert [record.content for record in one.records] == [{"title": "Pay", "level": 1}, {"title": "Lend", "level": 12}]
    (problem,) = interpret(one.records).problems
    assert (problem.rule, problem.pointer) == ("out-of-range", "'Map 1.2'!B3")
    several = read_paths([tmp_path / "several.xlsx"], mapping=tmp_path / "map.yaml")
    assert [record.content for record in several.records] == [{"title": "Pay"}, {"title": "Lend"}]


def test_an_entry_that_takes_no_row_is_told(tmp_path: Path) -> None:
    """A misspelt condition would otherwise leave out everything in silence."""
    mapping = "[{files: a.csv, kind: Capability, only: {sort: Capabilty}, fields: {title: t}}]"
    found = reading(tmp_path, mapping, {"a.csv": "t,sort\nPay,Capability\n"})
    assert found.records == []
    assert any("the entry takes no row of" in note for note in found.notes)
