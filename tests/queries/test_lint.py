"""Every shipped text keeps the rules for both stores, and every rule can be broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkb.queries import catalog
from tests.support.cypher_lint import FORMS, RULES, Vocabulary, known_vocabulary, lint

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
// question: Which gaps are there?
// grain: one row a gap
// param: status string? = null    status of the gap
// param: limit integer = 1000    1.., at most so many rows
// returns: gapId string, capabilities integer
MATCH (gap:CapabilityGap)
WHERE $status IS NULL OR gap.status = $status
OPTIONAL MATCH (gap)-[:GAP_IN]->(capability:Capability)
WITH gap, count(capability) AS capabilities
RETURN
  gap.id AS gapId,
  capabilities AS capabilities
ORDER BY gapId
LIMIT $limit
"""
VOCABULARY = Vocabulary(frozenset({"Capability", "CapabilityGap"}), frozenset({"GAP_IN"}))

BREAKS = [
    ("parameters", "gap.status = $status", "gap.status = $standing"),
    ("hops", "-[:GAP_IN]->", "-[:GAP_IN*]->"),
    ("hops", "-[:GAP_IN]->", "-[:GAP_IN*2..]->"),
    ("hops", "-[:GAP_IN]->", "-[:GAP_IN*1..11]->"),
    ("functions", "count(capability)", "percentileCont(capability.level, 0.5)"),
    ("functions", "gap.id AS gapId", "elementId(gap) AS gapId"),
    ("functions", "gap.id AS gapId", "apoc.text.join(gap.ids, '') AS gapId"),
    ("functions", "gap.id AS gapId", "timestamp() AS gapId"),
    ("functions", "gap.id AS gapId", "toString(gap.size) AS gapId"),
    ("properties", "gap.id AS gapId", "gap.name AS gapId"),
    ("properties", "gap.status =", "gap.type ="),
    ("pattern_maps", "(gap:CapabilityGap)\n", "(gap:CapabilityGap {status: $status})\n"),
    ("pattern_maps", "-[:GAP_IN]->", "-[:GAP_IN {since: 1}]->"),
    ("layout", "\nWHERE", " WHERE"),
    ("layout", "\nORDER BY", " ORDER BY"),
    ("order", "ORDER BY gapId\n", ""),
    ("order", "LIMIT $limit", "LIMIT 10"),
    ("order", "WITH gap,", "LIMIT 3\nWITH gap,"),
    ("order", "limit integer = 1000", "limit integer? = null"),
    ("columns", "gap.id AS gapId", "gap.id"),
    ("columns", "gap.id AS gapId", "gap.id AS gap"),
    ("columns", "gapId string", "gapId path"),
    ("vocabulary", "(capability:Capability)", "(capability:Ability)"),
    ("vocabulary", "[:GAP_IN]", "[:GAP_OF]"),
    ("vocabulary", "[:GAP_IN]", "[edge:GAP_IN|GAP_OF]"),
    ("aggregates", "count(capability) AS", "count(capability) + 1 AS"),
    ("aggregates", "count(capability) AS", "gap.size * count(capability) AS"),
]

FORM_BREAKS = {
    "a write": ("OPTIONAL MATCH", "MERGE"),
    "a chained comparison": ("gap.status = $status", "1 < gap.size < 3"),
    "a pattern of both directions": ("-[:GAP_IN]->", "<-[:GAP_IN]->"),
    "a label expression": ("(gap:CapabilityGap)\n", "(gap:CapabilityGap&!Capability)\n"),
    "a quantified path": ("-[:GAP_IN]->", "-[:GAP_IN]->{1,3}"),
    "COLLECT {}": ("gap.id AS gapId", "COLLECT { MATCH (gap) } AS gapId"),
    "CALL IN TRANSACTIONS": ("ORDER BY", "CALL (gap) {\n} IN TRANSACTIONS\nORDER BY"),
    "a block comment": ("RETURN\n", "RETURN /* all */\n"),
    "a semicolon": ("LIMIT $limit", "LIMIT $limit;"),
    "LOAD CSV": ("OPTIONAL MATCH", "LOAD CSV FROM $status AS line\nOPTIONAL MATCH"),
    "USE": ("MATCH (gap:CapabilityGap)\n", "USE other\nMATCH (gap:CapabilityGap)\n"),
    "OPTIONAL CALL": ("OPTIONAL MATCH (gap)", "OPTIONAL CALL (gap)"),
    "RETURN inside EXISTS {}": ("gap.status = $status", "EXISTS { MATCH (gap) RETURN gap }"),
    "a distance as min(length(path))": ("count(capability)", "min(length(path))"),
    "a division by an integer": ("gap.id AS gapId", "gap.size / 5 AS gapId"),
}


@pytest.mark.parametrize("name", catalog.names())
def test_a_shipped_text_keeps_every_rule(name: str) -> None:
    """No rule finds anything in a text of the package."""
    assert lint(catalog.find(name), known_vocabulary()) == []


def test_a_text_that_keeps_the_rules_passes(tmp_path: Path) -> None:
    """The text that the other tests break is whole before."""
    assert _lint(tmp_path, GOOD) == []


@pytest.mark.parametrize(("rule", "old", "new"), BREAKS)
def test_a_rule_finds_what_breaks_it(tmp_path: Path, rule: str, old: str, new: str) -> None:
    """Each rule speaks up when a text breaks it."""
    assert old in GOOD
    assert any(fault.startswith(f"{rule}: ") for fault in _lint(tmp_path, GOOD.replace(old, new)))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_for_one_store_only_is_found(tmp_path: Path, form: str) -> None:
    """Each form that one of the stores refuses is named."""
    old, new = FORM_BREAKS[form]
    assert old in GOOD
    assert f"forms: {form} is not for both stores" in _lint(tmp_path, GOOD.replace(old, new))


PATHS = """\
// question: Which gaps are where?
// param: limit integer = 60    1.., at most so many paths
// returns: path path
MATCH path = (gap:CapabilityGap)-[:GAP_IN]->(:Capability)
RETURN path AS path
ORDER BY gap.id
LIMIT $limit
"""


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("", "", 0),
        ("ORDER BY gap.id\nLIMIT $limit\n", "", 1),
        ("ORDER BY gap.id\n", "", 1),
        ("LIMIT $limit", "LIMIT 10", 2),
        ("LIMIT $limit", "SKIP 1\nLIMIT $limit", 1),
        ("RETURN path", "WITH path, gap\nORDER BY gap.id\nLIMIT $limit\nRETURN path", 1),
        ("// param: limit integer = 60    1.., at most so many paths\n", "", 2),
        ("(gap:CapabilityGap)", "(gap:Run)", 0),
        ("(gap:CapabilityGap)", "(gap:Lock)", 1),
    ],
)
def test_paths_are_cut_at_the_end_by_limit_or_not_at_all(tmp_path: Path, old: str, new: str, faults: int) -> None:
    """A text that returns paths has at most one LIMIT, which is its last line, and may show a load beside elements."""
    assert old in PATHS
    found = _lint(tmp_path, PATHS.replace(old, new), "explore")
    assert len(found) == faults, found


def test_every_rule_has_a_text_that_breaks_it() -> None:
    """A rule without a breaking text could not be known to work."""
    assert {rule for rule, _, _ in BREAKS} | {"forms"} == set(RULES)


def test_strings_and_comments_are_not_read_as_cypher(tmp_path: Path) -> None:
    """What stands in a string or a comment breaks no rule."""
    assert _lint(tmp_path, GOOD.replace("= $status", "= $status OR gap.status = 'a; b /* SET $c'")) == []


def _lint(folder: Path, text: str, topic: str = "gaps") -> list[str]:
    (folder / topic).mkdir()
    (folder / topic / "all.cypher").write_text(text, encoding="utf-8")
    return lint(catalog.find(f"{topic}/all", root=folder), VOCABULARY)
