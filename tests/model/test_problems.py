"""Every rule that input can break: the problem names the rule, the place, and the nearest right name."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from graphkb.errors import DataError
from tests.model.reading import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TESTS: Final = Path(__file__).resolve().parent.parent
PACKAGE: Final = TESTS.parent / "graphkb"
SPEAKING: Final = ("model", "sources", "sync")
"""Folders of the package that find problems."""


class Case(NamedTuple):
    """A file that breaks one rule once: what is found, where, and what the message says."""

    claim: str
    text: str
    rule: str
    pointer: str
    line: int
    says: str
    options: dict[str, bool] = {}  # noqa: RUF012  # never changed


STAGE: Final = """
journeys:
- journeyTitle: Open an account
  journeyStages:
  - Identify
"""
RECORD: Final = """
customerCapabilityRelationships:
- relationshipID: R-1
  customerSegmentID: families
  title: Identity proofing
"""

CASES: Final = (
    Case(
        "an unknown list", "capabilites:\n- title: A\n",
        "unknown-list", "/capabilites", 1, "Did you mean 'capabilities'?",
    ),
    Case("a document that is a list", "- title: A\n", "document-shape", "", 1, "object of lists"),
    Case(
        "a list that is text", "capabilities: none\n",
        "document-shape", "/capabilities", 1, "holds a list of records, not the text 'none'",
    ),
    Case("a record that is text", "capabilities:\n- A\n", "record-shape", "/capabilities/0", 2, "the text 'A'"),
    Case("a record that is nothing", "capabilities:\n-\n", "record-shape", "/capabilities/0", 2, "nothing"),
    Case(
        "an unknown field", "capabilities:\n- title: A\n  maturitylevl: 3\n",
        "unknown-field", "/capabilities/0/maturitylevl", 3, "Did you mean 'maturityLevel'?",
    ),
    Case(
        "an unknown field of a group", "customerSegments:\n- title: A\n  customerLifetimeValue:\n    curency: CHF\n",
        "unknown-field", "/customerSegments/0/customerLifetimeValue/curency", 4, "Did you mean 'currency'?",
    ),
    Case(
        "an unknown field of a link",
        "capabilities:\n- title: A\n  dependsOn:\n  - dependencytype: Critical\n    title: B\n",
        "unknown-field", "/capabilities/0/dependsOn/0/dependencytype", 4, "Did you mean 'dependencyType'?",
    ),
    Case(
        "the name of a property in place of the field", "products:\n- title: A\n  dependenciesText: B\n",
        "unknown-field", "/products/0/dependenciesText", 3, "Did you mean 'dependencies'?",
    ),
    Case(
        "an unknown field of a stated relationship",
        "relationships:\n- type: OWNS\n  from: U\n  to: {kind: Capability, title: A}\n  propertys: {}\n",
        "unknown-field", "/relationships/0/propertys", 5, "'propertys'",
    ),
    Case(
        "an end that is missing in a record", "customerCapabilityRelationships:\n- relationshipID: R\n  title: A\n",
        "missing-field", "/customerCapabilityRelationships/0/customerSegmentID", 2, "customerSegmentID is missing",
    ),
    Case(
        "an experience without its stage", "personas:\n- title: P\nstageExperiences:\n- personaID: p\n",
        "missing-field", "/stageExperiences/0", 4, "has no stageID",
    ),
    Case(
        "a pair of stages with one stage",
        "customerValueStreamRelationships:\n- relationshipID: R\n  customerJourneyID: j\n  title: V\n"
        "  touchpoints:\n  - journeyStage: A\n",
        "missing-field", "/customerValueStreamRelationships/0/touchpoints/0", 6, "valueStreamStage is missing",
    ),
    Case(
        "a word outside of a closed list", "capabilities:\n- title: A\n  criticality: Hihg\n",
        "wrong-value", "/capabilities/0/criticality", 3, "Did you mean 'High'?",
    ),
    Case(
        "a word far from all of a closed list", "capabilities:\n- title: A\n  criticality: 0\n",
        "wrong-value", "/capabilities/0/criticality", 3, "It is one of: Critical, High, Medium, Low",
    ),
    Case(
        "a month that does not exist", "initiatives:\n- title: A\n  startDate: 2025-13\n",
        "wrong-value", "/initiatives/0/startDate", 3, "startDate cannot be '2025-13'",
    ),
    Case(
        "a score above its range", "capabilities:\n- title: A\n  customerPriority: 6\n",
        "out-of-range", "/capabilities/0/customerPriority", 3, "is 6, but must be at most 5",
    ),
    Case(
        "a score below its range", "capabilities:\n- title: A\n  customerPriority: 0\n",
        "out-of-range", "/capabilities/0/customerPriority", 3, "is 0, but must be at least 1",
    ),
    Case(
        "a number where text is due", "capabilities:\n- title: 2025\n",
        "wrong-type", "/capabilities/0/title", 2, 'Put it in quotes: "2025"',
    ),
    Case(
        "text where a truth value is due", "customerSegments:\n- title: A\n  isPriority: yes\n",
        "wrong-type", "/customerSegments/0/isPriority", 3, "true or false is due",
    ),
    Case(
        "a fraction where a whole number is due", "capabilities:\n- title: A\n  maturityLevel: 2.5\n",
        "wrong-type", "/capabilities/0/maturityLevel", 3, "a whole number is due",
    ),
    Case(
        "a list where an object is due", "personas:\n- title: A\n  demographicAttributes: [x]\n",
        "wrong-type", "/personas/0/demographicAttributes", 3, "an object is due",
    ),
    Case(
        "one id for two elements", "capabilities:\n- title: Identity proofing\n- title: identity-proofing\n",
        "duplicate-id", "/capabilities/1", 3, "1.yaml /capabilities/0",
    ),
    Case(
        "one id for two records", RECORD + RECORD.split("\n", 2)[2],
        "duplicate-id", "/customerCapabilityRelationships/1/relationshipID", 6, "1.yaml",
    ),
    Case(
        "one id for a stated gap and a nested one",
        RECORD + "  gapAssessment: Too slow\ncapabilityGaps:\n- gapID: gap-R-1\n  title: G\n  capabilityID: c\n",
        "duplicate-id", "/customerCapabilityRelationships/0/gapAssessment", 6, "defined twice",
    ),
    Case("a blank id", "capabilities:\n- capabilityID: ' '\n", "empty-id", "/capabilities/0", 2, "cannot be blank"),
    Case(
        "an element without id and title", "capabilities:\n- purpose: A\n",
        "no-identity", "/capabilities/0", 2, "neither an id nor a title",
    ),
    Case(
        "a title without letters", "capabilities:\n- title: '...'\n",
        "empty-slug", "/capabilities/0", 2, "No id can be made of the title '...'",
    ),
    Case(
        "a reference without letters", "capabilities:\n- title: A\n  parent: '?'\n",
        "empty-slug", "/capabilities/0/parent", 3, "'?' names nothing",
    ),
    Case(
        "a reference to what must be defined", STAGE + "needs:\n- title: N\n  arisesAt: [Identity]\n",
        "unknown-reference", "/needs/0/arisesAt/0", 8, "Did you mean 'Identify'?",
    ),
    Case(
        "a reference that could be of several kinds", "personas:\n- title: P\n  designFocus:\n  - Account\n",
        "unknown-reference", "/personas/0/designFocus/0", 4, "say which kind it is: Journey, Product, Service",
    ),
    Case(
        "a reference to something unknown without stubs",
        "capabilities:\n- title: Identity proofing\n- title: B\n  parent: Identity profing\n",
        "unknown-reference", "/capabilities/1/parent", 4, "Did you mean 'Identity proofing'?", {"stubs": False},
    ),
    Case(
        "a stage that a journey does not have, without stubs",
        STAGE
        + "valueStreams:\n- title: V\n  valueStreamStages: [Verify]\ncustomerValueStreamRelationships:\n"
        + "- relationshipID: R\n  customerJourneyID: open-an-account\n  title: V\n"
        + "  touchpoints: [{journeyStage: Identfy, valueStreamStage: Verify}]\n",
        "unknown-reference", "/customerValueStreamRelationships/0/touchpoints/0/journeyStage", 13,
        "Did you mean 'Identify'?", {"stubs": False},
    ),
    Case(
        "a title of two elements",
        "capabilities:\n- title: Advice\nservices:\n- title: Advice\nchannels:\n- title: C\n"
        "strategies:\n- title: S\n  dependsOn: [Advice]\n",
        "ambiguous-reference", "/strategies/0/dependsOn/0", 9, "Capability advice (Advice); Service advice (Advice)",
    ),
    Case(
        "an id and a title of two elements",
        "capabilities:\n- title: A\n- title: B\n  dependsOn:\n  - {kind: Capability, id: a, title: B}\n",
        "reference-mismatch", "/capabilities/1/dependsOn/0", 5, "has the title 'A', not 'B'",
    ),
    Case(
        "a kind that cannot stand there", "initiatives:\n- title: I\n  improves: [{kind: Capabilty, title: A}]\n",
        "wrong-kind", "/initiatives/0/improves/0", 3, "Did you mean 'Capability'?",
    ),
    Case(
        "a reference that names nothing", "capabilities:\n- title: A\n  dependsOn: [{dependencyType: Critical}]\n",
        "empty-reference", "/capabilities/0/dependsOn/0", 3, "it needs an id or a title",
    ),
    Case(
        "an edge stated in two ways",
        "initiatives:\n- title: I\n  closes: [{gapID: g, expectedShare: 50}, {gapID: g, expectedShare: 40}]\n"
        "capabilityGaps:\n- {gapID: g, title: G, capabilityID: c}\n",
        "contradiction", "/initiatives/0/closes/1", 3, "expectedShare 50.0 in another place, and 40.0 here",
    ),
    Case(
        "an edge to itself", "capabilities:\n- title: A\n  parent: A\n",
        "self-reference", "/capabilities/0/parent", 3, "joined to itself by PARENT_OF",
    ),
    Case(
        "a stage of no journey", "journeyStages:\n- stageName: S\n",
        "cardinality", "/journeyStages/0", 2, "has none, where exactly one HAS_STAGE ends at it",
    ),
    Case(
        "a capability with two parents",
        "capabilities:\n- title: A\n  parent: B\n- title: C\n  child: [A]\n",
        "cardinality", "/capabilities/0", 2, "has 2, where at most one PARENT_OF ends at it",
    ),
    Case(
        "a definition among references", "referencedCapabilities:\n- title: A\n  purpose: P\n",
        "more-than-a-reference", "/referencedCapabilities/0/purpose", 3, "put it into capabilities",
    ),
    Case(
        "a stated relationship that has a record form",
        "relationships:\n"
        "- {type: SUPPORTED_BY, from: {kind: CustomerSegment, title: S}, to: {kind: Capability, title: C}}\n",
        "record-form", "/relationships/0/type", 2, "customerCapabilityRelationships",
    ),
    Case(
        "an unknown relationship type", "relationships:\n- {type: OWN, from: U, to: {kind: Capability, title: C}}\n",
        "unknown-type", "/relationships/0/type", 2, "Did you mean 'OWNS'?",
    ),
    Case(
        "a stated relationship without ends", "relationships:\n- {type: OWNS, from: U}\n",
        "record-shape", "/relationships/0", 2, "type, from, to",
    ),
    Case(
        "ends that no row of the table joins",
        "relationships:\n- {type: PARENT_OF, from: {kind: Capability, title: C}, to: {kind: Service, title: S}}\n",
        "wrong-relationship", "/relationships/0", 2, "A Capability cannot be joined to a Service by PARENT_OF",
    ),
    Case(
        "an incomplete record in a strict load", "roles:\n- roleID: R\n",
        "incomplete", "/roles/0", 2, "Role has no title", {"strict": True},
    ),
    Case(
        "an incomplete nested record in a strict load",
        "performanceIndicators:\n- title: A\n  description: B\n  statusHistory: [{date: '2025', comment: C}]\n",
        "incomplete", "/performanceIndicators/0/statusHistory/0", 4, "Measurement has no value", {"strict": True},
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.claim}")
def test_a_broken_rule_is_told_with_its_place_and_what_would_be_right(case: Case) -> None:
    """The problem has rule, file, pointer and line, and its message helps; nothing else is found."""
    (problem,) = problems_of(case.text, **case.options)
    assert (problem.rule, problem.file, problem.pointer, problem.line) == (
        case.rule,
        "1.yaml",
        case.pointer,
        case.line,
    )
    assert case.says in problem.message
    assert str(problem).startswith(f"1.yaml:{case.line} ")
    assert str(problem).endswith(f"[{case.rule}]")


def test_what_is_incomplete_loads_unless_the_load_is_strict() -> None:
    """A record without a field that a complete one has is no problem by itself."""
    assert problems_of("roles:\n- roleID: R\n") == ()


def test_all_problems_of_all_files_are_told_at_once() -> None:
    """Faults of documents, records, references and the whole are found in one go, in the order of files and lines."""
    one = "capabilites: []\ncapabilities:\n- {title: A, maturityLevel: 7, colour: red}\n- {title: B, parent: B}\n"
    two = "journeyStages:\n- stageName: S\ninitiatives:\n- {title: I, status: Done, budget: much}\n- no record\n"
    found = DataError(problems_of(one, two)).problems
    assert [(problem.file, problem.line, problem.rule) for problem in found] == [
        ("1.yaml", 1, "unknown-list"),
        ("1.yaml", 3, "unknown-field"),
        ("1.yaml", 3, "out-of-range"),
        ("1.yaml", 4, "self-reference"),
        ("2.yaml", 2, "cardinality"),
        ("2.yaml", 4, "wrong-type"),
        ("2.yaml", 4, "wrong-value"),
        ("2.yaml", 5, "record-shape"),
    ]
    assert str(DataError(found)).startswith("8 problems; nothing was written.\n1.yaml:1 /capabilites ")


def _rules_in(source: ast.AST) -> Iterator[str]:
    """Yield the names of the rules that code reports: of ``Problem`` and of ``Place.problem``."""
    for node in ast.walk(source):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        position = {"problem": 0, "Problem": 2}.get(name)
        rule = node.args[position] if position is not None and len(node.args) > position else None
        if isinstance(rule, ast.Constant) and isinstance(rule.value, str):
            yield rule.value


def _constants(source: ast.AST) -> Iterator[str]:
    return (each.value for each in ast.walk(source) if isinstance(each, ast.Constant) and isinstance(each.value, str))


RULES: Final = sorted(
    {
        rule
        for folder in SPEAKING
        for path in (PACKAGE / folder).glob("*.py")
        for rule in _rules_in(ast.parse(path.read_text(encoding="utf-8")))
    }
)


def test_the_guard_finds_rules_in_each_room_that_has_some() -> None:
    """The guard below looks at what it should look at."""
    assert {"unknown-field", "cardinality", "duplicate-key", "out-of-range"} <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_test(rule: str) -> None:
    """A rule that the package reports is named by a test of the room that reports it."""
    named = {
        constant
        for folder in SPEAKING
        for path in (TESTS / folder).glob("test_*.py")
        for constant in _constants(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert rule in named, f"add a test that breaks the rule {rule}"
