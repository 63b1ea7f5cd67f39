"""Questions of extensions: asked by name with rows made of the header, or by a function of the user's own."""

from __future__ import annotations

import typing
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import pytest

from graphkb.errors import UsageError
from graphkb.queries import ask_rows, catalog, function, gaps
from graphkb.queries.answer import ask
from graphkb.store import Statement, open_store
from tests.queries.conftest import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkb.queries.answer import Answer, Asked

TEXT: Final = """\
// question: How heavy is each thing?
// grain: one row a thing
// param: least float = 0    0.., only things of at least this weight
// param: limit integer = 1000    1.., at most so many rows
// returns: thingId string, weight float, parts list<string>, note string?, rated boolean, count integer
MATCH (thing:Thing)
WHERE thing.weight >= $least
RETURN
  thing.id AS thingId,
  thing.weight AS weight,
  thing.parts AS parts,
  thing.note AS note,
  thing.weight > 1 AS rated,
  1 AS count
ORDER BY thingId
LIMIT $limit
"""


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[Knowledge]:
    """A store with two things, and a folder with questions about them."""
    (tmp_path / "things").mkdir()
    (tmp_path / "explore").mkdir()
    (tmp_path / "things" / "by-weight.cypher").write_text(TEXT, encoding="utf-8")
    unlimited = TEXT.replace("// param: limit integer = 1000    1.., at most so many rows\n", "")
    (tmp_path / "things" / "all.cypher").write_text(unlimited.replace("LIMIT $limit\n", ""), encoding="utf-8")
    (tmp_path / "things" / "wrong.cypher").write_text(TEXT.replace("AS note", "AS remark"), encoding="utf-8")
    path = "// question: Where is it?\n// returns: path path\nMATCH path = (:Thing)\nRETURN path\n"
    (tmp_path / "explore" / "thing.cypher").write_text(path, encoding="utf-8")
    store = open_store(":memory:")
    for identifier, weight in (("a", 1.0), ("b", 2.5)):
        properties = f"{{id: '{identifier}', weight: {weight}, parts: ['x', 'y']}}"
        store.write([Statement(f"CREATE (:Thing {properties})")])
    yield Knowledge(store, (tmp_path,))
    store.close()


def test_rows_are_frozen_and_typed_as_the_header_says(kb: Knowledge) -> None:
    """Attributes are snake_case, lists are tuples, and what may be null may be None."""
    answer = ask_rows(kb, "things/by-weight", {})
    row = answer[0]
    assert (row.thing_id, row.weight, row.parts, row.note, row.rated, row.count) == (
        "a",
        1.0,
        ("x", "y"),
        None,
        False,
        1,
    )
    assert [(field.name, field.type) for field in fields(row)] == [
        ("thing_id", str),
        ("weight", float),
        ("parts", tuple[str, ...]),
        ("note", typing.Optional[str]),  # noqa: UP045  # as the dataclass has it
        ("rated", bool),
        ("count", int),
    ]
    assert type(row).__name__ == "ByWeightRow"
    with pytest.raises(AttributeError):
        row.weight = 2.0
    assert ask_rows(kb, "things/by-weight", {}) == answer


def test_parameters_are_checked_and_rows_are_limited(kb: Knowledge) -> None:
    """As in the questions of the package."""
    assert [row.thing_id for row in ask_rows(kb, "things/by-weight", {"least": 2})] == ["b"]
    cut = ask_rows(kb, "things/by-weight", {"limit": 1})
    assert (len(cut), cut.truncated) == (1, True)
    with pytest.raises(UsageError, match="Did you mean least"):
        ask_rows(kb, "things/by-weight", {"lest": 2})
    assert ask_rows(kb, "things/by-weight", {"least": 99}).why == "There are rows, but none is left by least=99.0."


def test_a_question_needs_no_limit(kb: Knowledge) -> None:
    """Then it has all rows."""
    answer = ask_rows(kb, "things/all", {})
    assert (len(answer), answer.truncated, answer.parameters) == (2, False, {"least": 0})


def test_a_function_of_ones_own_gives_its_own_rows(kb: Knowledge) -> None:
    """It calls what those of the package call."""

    @dataclass(frozen=True)
    class Weight:
        thing_id: str
        weight: float
        parts: tuple[str, ...]
        note: str | None
        rated: bool
        count: int

    def by_weight(kb: Asked, *, least: float = 0) -> Answer[Weight]:
        return ask(kb, "things/by-weight", Weight, {"least": least}, why=lambda _store, _given: "Nothing is so heavy.")

    assert by_weight(kb, least=2)[0] == Weight("b", 2.5, ("x", "y"), None, rated=True, count=1)
    assert by_weight(kb, least=99).why == "Nothing is so heavy."


def test_a_text_without_a_column_of_its_header_is_a_wrong_call(kb: Knowledge) -> None:
    """The message names the file and the column."""
    with pytest.raises(UsageError, match=r"wrong\.cypher: the header lists the column 'note', which the text lacks"):
        ask_rows(kb, "things/wrong", {})


def test_questions_of_extensions_stand_beside_those_of_the_package(kb: Knowledge) -> None:
    """For whoever has the folder; for all others there is no such question."""
    shipped = catalog.names()
    further = kb.question_folders
    mine = {"explore/thing", "things/all", "things/by-weight", "things/wrong"}
    assert set(catalog.names(further=further)) == {*shipped, *mine}
    assert [each.name for each in catalog.questions(further=further)] == sorted(
        each for each in {*shipped, *mine} if not each.startswith("explore/")
    )
    assert {each.name for each in catalog.explorations(further=further)} >= {"explore/thing"}
    assert function("gaps/unfunded", further=further) is gaps.unfunded
    with pytest.raises(UsageError, match="There is no question 'things/all'"):
        ask_rows(Knowledge(kb.store), "things/all", {})
    with pytest.raises(UsageError, match="Did you mean things/all"):
        ask_rows(kb, "things/al", {})
    with pytest.raises(UsageError, match="returns paths, not rows"):
        ask_rows(kb, "explore/thing", {})


def test_the_package_s_question_is_asked_where_an_extension_has_one_of_its_name(kb: Knowledge, tmp_path: Path) -> None:
    """Opening refuses such an extension; a folder that was changed since takes nothing over."""
    (tmp_path / "gaps").mkdir()
    (tmp_path / "gaps" / "unfunded.cypher").write_text(TEXT, encoding="utf-8")
    assert catalog.find("gaps/unfunded", further=kb.question_folders) == catalog.find("gaps/unfunded")
    assert ask_rows(kb, "gaps/unfunded", {}).columns == gaps.unfunded(kb).columns
