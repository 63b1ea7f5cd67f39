"""Problems of foreign data and of mappings: each with its place, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from graphkb.errors import DataError
from graphkb.sources.mapping import read_mapping
from tests.support.mappings import interpretation, reading

# Problems of the data


def test_a_problem_of_a_row_names_file_line_and_column(tmp_path: Path) -> None:
    """Also where the value was split, or fills a field of a field."""
    mapping = """
- files: a.csv
  kind: Capability
  fields: {title: t, maturityLevel: m, relatedCapabilities.relationshipStrength: {from: s, split: ;},
           relatedCapabilities.title: {from: r, split: ;}}
"""
    found = reading(tmp_path, mapping, {"a.csv": 't,m,r,s\n"A\nB",much,x;y,1;9\nC,1,,\nC,2,,\n'})
    path = str(tmp_path / "data" / "a.csv")
    assert {(each.file, each.line, each.pointer, each.rule) for each in interpretation(found).problems} == {
        (path, 2, "column 'm'", "wrong-type"),
        (path, 2, "column 's'", "out-of-range"),
        (path, 5, "", "duplicate-id"),
    }
    told = next(each for each in interpretation(found).problems if each.rule == "duplicate-id")
    assert told.message.endswith("the other definition is at " + path + " line 4.")


def test_a_problem_of_a_document_names_its_place(tmp_path: Path) -> None:
    """A pointer into the foreign file, or the key or section of a Markdown file, with its line."""
    mapping = """
- {files: a.json, kind: Capability, rows: "all[]", fields: {title: t, maturityLevel: m}}
- {files: "*.md", kind: Capability, fields: {title: heading, maturityLevel: Level}}
"""
    files = {"a.json": '{"all": [{"t": "A", "m": 9}]}', "b.md": "# B\n\n## Level\n\nhigh\n"}
    found = interpretation(reading(tmp_path, mapping, files)).problems
    assert [(Path(each.file).name, each.pointer, each.line, each.rule) for each in found] == [
        ("a.json", "/all/0/m", None, "out-of-range"),
        ("b.md", "'Level'", 3, "wrong-type"),
    ]


@pytest.mark.parametrize(
    ("files", "rule", "says"),
    [
        ({"a.json": "{"}, "syntax", "not JSON"),
        ({"b.md": "---\ntitle: A\n"}, "syntax", "front matter does not end"),
        ({"b.md": "---\n- A\n---\n"}, "document-shape", "keys and values"),
        ({"c.dat": "A"}, "unknown-format", "format: csv, xlsx, json, yaml, markdown or archimate"),
        ({"d.csv": "name,r,s\nA,x;y,1;2;3\n"}, "uneven-lists", "there are 2 of title, 3 of relationshipStrength"),
        ({"d.csv": "name,r,s\nA,,,more\n"}, "row-shape", "more cells than the 3 columns"),
        ({"d.csv": 'name,r,s\n"A,,\n'}, "syntax", "The file is no table"),
        ({"d.csv": "nmae,r,s\nA,,\n"}, "unknown-column", "has no column 'name'. Did you mean 'nmae'?"),
    ],
)
def test_a_file_that_does_not_suit_its_entry_is_a_problem(
    tmp_path: Path, files: dict[str, str], rule: str, says: str
) -> None:
    """The others are read all the same."""
    mapping = """
- {files: ["a.json", "b.md", "c.dat"], kind: Capability, fields: {title: t}}
- files: "*.csv"
  kind: Capability
  fields:
    title: name
    relatedCapabilities.title: {from: r, split: ;}
    relatedCapabilities.relationshipStrength: {from: s, split: ;}
"""
    found = reading(tmp_path, mapping, {**files, "good.csv": "name,r,s\nGood,,\n"})
    assert [each.rule for each in found.problems] == [rule]
    assert says in found.problems[0].message
    assert {"title": "Good"} in [each.content for each in found.records]


# Problems of the mapping


class Case(NamedTuple):
    """A mapping that breaks one rule once."""

    claim: str
    text: str
    rule: str
    pointer: str
    says: str


GOOD = "files: a.csv, kind: Capability"
CASES = (
    Case("no list", "files: a.csv\n", "document-shape", "", "a list of entries"),
    Case("no entries", "[]", "document-shape", "", "a list of entries"),
    Case("no entry", "[text]", "wrong-value", "/0", "An entry"),
    Case("an unknown word", f"[{{{GOOD}, feilds: {{}}}}]", "unknown-field", "/0/feilds", "Did you mean 'fields'?"),
    Case(
        "an unknown word of a field",
        f"[{{{GOOD}, fields: {{title: {{form: t}}}}}}]",
        "unknown-field",
        "/0/fields/title/form",
        "Did you mean 'from'?",
    ),
    Case("no files", "[{kind: Capability}]", "missing-field", "/0", "files is missing"),
    Case("empty files", "[{files: [], kind: Capability}]", "wrong-value", "/0/files", "at least 1"),
    Case("an unknown format", f"[{{{GOOD}, format: xls}}]", "wrong-value", "/0/format", "'csv'"),
    Case("an unknown kind", "[{files: a, kind: Capabilty}]", "wrong-kind", "/0/kind", "Did you mean 'Capability'?"),
    Case(
        "an unknown field",
        f"[{{{GOOD}, fields: {{titel: t}}}}]",
        "unknown-field",
        "/0/fields/titel",
        "Did you mean 'title'?",
    ),
    Case(
        "an unknown field of a field",
        f"[{{{GOOD}, fields: {{parent.capabilityId: t}}}}]",
        "unknown-field",
        "/0/fields/parent.capabilityId",
        "Did you mean 'capabilityID'?",
    ),
    Case("a field of text", f"[{{{GOOD}, fields: {{title.x: t}}}}]", "unknown-field", "/0/fields/title.x", "no parts"),
    Case(
        "an unknown field of nested rows",
        "[{files: a.json, kind: Journey, fields: {journeyStages: {rows: 's[]', fields: {stageNam: n}}}}]",
        "unknown-field",
        "/0/fields/journeyStages/fields/stageNam",
        "Did you mean 'stageName'?",
    ),
    Case(
        "rows for a plain value",
        f"[{{{GOOD}, fields: {{title: {{fields: {{x: t}}}}}}}}]",
        "wrong-type",
        "/0/fields/title",
        "plain values",
    ),
    Case("nothing taken", f"[{{{GOOD}, fields: {{title: {{}}}}}}]", "wrong-value", "/0/fields/title", "none of them"),
    Case(
        "two origins",
        f"[{{{GOOD}, fields: {{title: {{from: t, value: x}}}}}}]",
        "wrong-value",
        "/0/fields/title",
        "it has from and value",
    ),
    Case(
        "a word without the one it goes with",
        f"[{{{GOOD}, fields: {{title: {{value: x, split: ;}}}}}}]",
        "wrong-value",
        "/0/fields/title",
        "split goes with from",
    ),
    Case(
        "rows without fields",
        f"[{{{GOOD}, fields: {{title: {{from: x, rows: r}}}}}}]",
        "wrong-value",
        "/0/fields/title",
        "rows goes with fields",
    ),
    Case(
        "a field as a whole and in parts",
        f"[{{{GOOD}, fields: {{parent: p, parent.title: t}}}}]",
        "contradiction",
        "/0/fields/parent.title",
        "'parent' is given as a whole",
    ),
    Case("no YAML", "[", "syntax", "", "not YAML"),
)


@pytest.mark.parametrize("case", CASES, ids=[case.claim for case in CASES])
def test_a_fault_of_a_mapping_is_told_with_its_place(tmp_path: Path, case: Case) -> None:
    """The file, the place within it, and the nearest right word."""
    path = tmp_path / "map.yaml"
    path.write_text(case.text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_mapping(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.rule, problem.pointer) == (str(path), case.rule, case.pointer)
    assert case.says in problem.message


def test_all_faults_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    """With their lines, and no data is read by a mapping that has some."""
    mapping = "- files: a.csv\n  kind: Capabilty\n- kind: Capability\n  fields:\n    titel: t\n    owner: {form: o}\n"
    found = reading(tmp_path, mapping, {"a.csv": "t\nA\n"})
    assert found.records == []
    assert [(each.line, each.rule) for each in DataError(found.problems).problems] == [
        (2, "wrong-kind"),
        (3, "missing-field"),
        (5, "unknown-field"),
        (6, "unknown-field"),
    ]


def test_a_mapping_in_another_encoding_is_a_problem(tmp_path: Path) -> None:
    """It is refused, not guessed."""
    path = tmp_path / "map.yaml"
    path.write_bytes("[{files: 'ä'}]".encode("latin-1"))
    with pytest.raises(DataError, match="not UTF-8"):
        read_mapping(path)
