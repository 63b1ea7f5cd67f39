"""The catalog: where question files are found, how they are read, and what their parameters take."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

import pytest

from graphkb.errors import UsageError
from graphkb.model.customer_relationships import CustomerRelationship
from graphkb.model.journeys import JourneyStage
from graphkb.queries import catalog

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic.fields import FieldInfo

    from graphkb.queries.catalog import Question

FILE = """\
// question: Which things are there?
// grain: one row a thing
// param: owner string    id of a unit
// param: phase string? = null    phase, or null for all
// param: decay float = 0.5    0..1, share
// param: rated boolean = false    only rated ones
// param: kinds list<string> = []    kinds to leave out
// param: limit integer = 1000    1.., at most so many rows
// returns: thingId string, thing string
// returns: rating float?
// note: for tests
MATCH (thing:Capability)
RETURN 1
"""


@pytest.fixture
def question(tmp_path: Path) -> Question:
    """Give a question with a parameter of each type."""
    return _written(tmp_path, FILE)


@pytest.mark.parametrize("place", ["cypher", "graphkb/_cypher"])
def test_the_files_are_found_in_a_checkout_and_in_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """A checkout keeps them beside the package, a wheel inside it."""
    (tmp_path / place).mkdir(parents=True)
    monkeypatch.setattr(catalog, "__file__", str(tmp_path / "graphkb" / "queries" / "catalog.py"))
    assert catalog.folder() == tmp_path / place


def test_a_file_is_read_with_its_header(question: Question) -> None:
    """Name, question, grain, typed parameters and typed columns come from the file."""
    assert (question.name, question.topic) == ("things/all", "things")
    assert question.question == "Which things are there?"
    assert question.grain == "one row a thing"
    assert question.notes == ("for tests",)
    assert [(c.name, c.type, c.nullable) for c in question.columns] == [
        ("thingId", "string", False),
        ("thing", "string", False),
        ("rating", "float", True),
    ]
    assert [p.type_text for p in question.parameters] == [
        "string",
        "string?",
        "float",
        "boolean",
        "list<string>",
        "integer",
    ]
    assert question.text == FILE


def test_a_question_lists_itself(question: Question) -> None:
    """A parameter that must be given has no default in the listing, one that may be left out has."""
    listing = question.to_dict()
    assert list(listing) == ["name", "topic", "question", "parameters", "columns", "cypher"]
    assert listing["columns"] == ["thingId", "thing", "rating"]
    assert isinstance(listing["parameters"], list)
    assert listing["parameters"][:2] == [
        {"name": "owner", "type": "string", "meaning": "id of a unit"},
        {"name": "phase", "type": "string?", "meaning": "phase, or null for all", "default": None},
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// note: for tests", "// author: somebody", r"all\.cypher:11: not a line of the header: // author"),
        ("// note: for tests", "// for tests", r"all\.cypher:11: not a line of the header"),
        ("MATCH", "MATCH\n// note: too late\n", r"all\.cypher:13: not a line of the header"),
        ("// grain: one row a thing", "// question: again", r"a second `// question:`"),
        ("// grain: one row a thing\n", "", r"the header lacks `// grain:`"),
        ("// note: for tests", "// reason: none", r"`reason` is for \.embedded\.cypher files"),
        ("owner string    id", "owner string id", r"not `name type"),
        ("owner string", "owner text", r"owner has the unknown type text"),
        ("thingId string", "thingId", r"not `column type"),
        ("decay float = 0.5", "decay float = 2.5", r"the default of decay must be from 0 to 1"),
        ("decay float = 0.5", "decay float = half", r"the default of decay is no JSON: half"),
        ("limit integer = 1000", 'limit string = "all"', r"limit is of type integer"),
        ("rated boolean = false", "rated boolean = 0", r"the default of rated must be of type boolean"),
    ],
)
def test_a_header_that_is_not_as_documented_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A wrong header names file, line and what is wrong."""
    assert old in FILE
    with pytest.raises(ValueError, match=message):
        _written(tmp_path, FILE.replace(old, new))


def test_a_second_text_serves_the_embedded_store_and_says_why(tmp_path: Path) -> None:
    """A sibling for the embedded store is read with its question, and is no question itself."""
    (tmp_path / "things").mkdir()
    (tmp_path / "things" / "all.embedded.cypher").write_text("// reason: slow otherwise\nMATCH", encoding="utf-8")
    question = _written(tmp_path, FILE)
    assert question.embedded_text == "// reason: slow otherwise\nMATCH"
    assert catalog.names(root=tmp_path) == ("things/all",)


def test_a_second_text_without_a_reason_is_refused(tmp_path: Path) -> None:
    """A sibling must say why one text does not serve both stores."""
    (tmp_path / "things").mkdir()
    (tmp_path / "things" / "all.embedded.cypher").write_text("MATCH", encoding="utf-8")
    with pytest.raises(ValueError, match="`// reason:`"):
        _written(tmp_path, FILE)


@pytest.mark.parametrize(
    ("name", "parameter", "field"),
    [
        ("stages/weakest", "phase", JourneyStage.model_fields["engagement_phase"]),
        ("segments/relationships_at_risk", "status", CustomerRelationship.model_fields["loyalty_status"]),
    ],
)
def test_the_values_of_a_parameter_are_those_of_the_metamodel(name: str, parameter: str, field: FieldInfo) -> None:
    """A value that no element can have is a wrong call, and every other is none."""
    question = catalog.find(name)
    with pytest.raises(UsageError, match=f"{parameter} of {name} must be one of") as refused:
        catalog.check_arguments(question, {parameter: "nonsense"})
    (values,) = (get_args(each) for each in get_args(field.annotation) if get_args(each))
    assert f"one of {', '.join(values)}, not 'nonsense'" in str(refused.value)
    for value in values:
        assert catalog.check_arguments(question, {parameter: value})[parameter] == value


def test_no_shipped_question_needs_a_second_text() -> None:
    """One text serves both stores, so far in every question."""
    assert [question.name for question in catalog.questions() if question.embedded_text is not None] == []


def test_an_unknown_question_names_the_nearest() -> None:
    """A misspelt name, or one without its topic, leads to the right one."""
    with pytest.raises(UsageError, match="Did you mean gaps/affecting_stages"):
        catalog.find("gaps/affecting_stage")
    with pytest.raises(UsageError, match="Did you mean gaps/unfunded"):
        catalog.find("unfunded")
    with pytest.raises(UsageError, match=r"There is no question '\.\./secret'\. See"):
        catalog.find("../secret")


def test_texts_that_return_paths_are_no_questions() -> None:
    """What is for looking at is listed apart from what is asked."""
    assert {question.topic for question in catalog.explorations()} == {"explore"}
    assert "explore" not in {question.topic for question in catalog.questions()}


def test_left_out_parameters_take_their_defaults(question: Question) -> None:
    """Every parameter has a value, in the header's order."""
    assert catalog.check_arguments(question, {"owner": "ops"}) == {
        "owner": "ops",
        "phase": None,
        "decay": 0.5,
        "rated": False,
        "kinds": [],
        "limit": 1000,
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, r"things/all needs owner; give it as owner=\.\.\."),
        ({"owner": "a", "limits": 3}, r"no parameter 'limits'\. Did you mean limit\?"),
        ({"owner": "a", "zzz": 3}, r"no parameter 'zzz'\. It takes owner, phase"),
        ({"owner": None}, r"owner of things/all must be of type string, not None \(id of a unit\)"),
        ({"owner": 3}, r"must be of type string"),
        ({"owner": "a", "phase": 3}, r"must be of type string\?"),
        ({"owner": "a", "decay": "0.5"}, r"must be of type float"),
        ({"owner": "a", "decay": True}, r"must be of type float"),
        ({"owner": "a", "decay": math.nan}, r"must be of type float"),
        ({"owner": "a", "decay": 1.5}, r"must be from 0 to 1, not 1\.5"),
        ({"owner": "a", "limit": 1.0}, r"must be of type integer"),
        ({"owner": "a", "limit": True}, r"must be of type integer"),
        ({"owner": "a", "limit": 0}, r"must be at least 1"),
        ({"owner": "a", "rated": 1}, r"must be of type boolean"),
        ({"owner": "a", "kinds": "x"}, r"must be of type list<string>"),
        ({"owner": "a", "kinds": ["x", 1]}, r"must be of type list<string>"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(question: Question, given: dict[str, object], message: str) -> None:
    """Unknown, missing, mistyped and out-of-range parameters are wrong calls, said with their meaning."""
    with pytest.raises(UsageError, match=message):
        catalog.check_arguments(question, given)


def test_whole_numbers_serve_as_floats(question: Question) -> None:
    """A float parameter takes 1 and passes 1.0 on, so that both stores compute alike."""
    decay = catalog.check_arguments(question, {"owner": "a", "decay": 1})["decay"]
    assert (decay, type(decay)) == (1.0, float)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("ops", "owner", "ops"),
        ('"ops"', "owner", "ops"),
        ("42", "owner", "42"),
        ("true", "owner", "true"),
        ("null", "phase", None),
        ("0.25", "decay", 0.25),
        ("true", "rated", True),
        ("7", "limit", 7),
        ('["a", "b"]', "kinds", ["a", "b"]),
    ],
)
def test_values_on_the_command_line_are_json_or_else_text(
    question: Question, text: str, name: str, value: object
) -> None:
    """Text is read as JSON; where a string is wanted, what is not a JSON string stays as it was typed."""
    assert catalog.parse_arguments(question, {"owner": "x", name: text})[name] == value


def test_text_that_does_not_fit_is_refused(question: Question) -> None:
    """A word where a number is due, and an unknown name, are wrong calls."""
    with pytest.raises(UsageError, match="limit of things/all must be of type integer, not 'many'"):
        catalog.parse_arguments(question, {"owner": "x", "limit": "many"})
    with pytest.raises(UsageError, match="no parameter 'ownr'"):
        catalog.parse_arguments(question, {"ownr": "x"})


def _written(root: Path, text: str) -> Question:
    (root / "things").mkdir(exist_ok=True)
    (root / "things" / "all.cypher").write_text(text, encoding="utf-8")
    return catalog.find("things/all", root=root)
