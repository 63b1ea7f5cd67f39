"""Where extensions come from, and what is said of one that cannot be used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import graphkb
from graphkb.errors import UsageError
from graphkb.extensions import NAMES, find_extensions
from graphkb.model.metamodel import METAMODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

KIND: Final = '''
from typing import ClassVar
from graphkb.model.declaration import Element, Key, Title

class {label}(Element):
    """A thing of a sort of its own."""
    list_name: ClassVar[str] = "{label}s"
    thing_id: Key | None = None
    title: Title | None = None

KINDS = ({label},)
'''
QUESTION: Final = """\
// question: Which things are there?
// grain: one row a thing
// returns: thingId string
MATCH (thing:Thing)
RETURN thing.id AS thingId
ORDER BY thingId
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The current folder, which is on Python's path as well; modules imported from it are forgotten afterwards."""
    before = set(sys.modules)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def put(path: str, text: str) -> Path:
    """Write a file and return its path."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def refusal(*names: str | Path) -> str:
    """Return what is said of extensions that cannot be used."""
    with pytest.raises(UsageError) as caught:
        assert find_extensions(names).metamodel
    return str(caught.value)


# Where they come from


def test_without_extensions_everything_is_as_it_is() -> None:
    """The metamodel is that of the package, and there are no further questions."""
    found = find_extensions()
    assert (found.extensions, found.question_folders) == ((), ())
    assert found.metamodel is METAMODEL


def test_a_module_is_named_by_its_dotted_name_or_a_file_by_its_path() -> None:
    """Both bring their kinds; several may be named."""
    put("shelves/__init__.py", "")
    put("shelves/kinds.py", KIND.format(label="Shelf"))
    path = put("elsewhere/book.py", KIND.format(label="Book"))
    found = find_extensions(["shelves.kinds", path])
    assert [each.name for each in found.extensions] == ["shelves.kinds", str(path)]
    assert list(found.metamodel.kinds)[-2:] == ["Shelf", "Book"]


def test_what_is_named_twice_counts_once() -> None:
    """However its path is spelled."""
    path = put("book.py", KIND.format(label="Book"))
    found = find_extensions(["book.py", path.absolute(), "./book.py"])
    assert [each.name for each in found.extensions] == ["book.py"]
    assert find_extensions("book.py") == found
    assert "Book" in found.metamodel.kinds


def test_two_files_of_one_name_are_two_modules() -> None:
    """A file stands in nobody's place, not even in that of a module of Python."""
    first = put("one/json.py", KIND.format(label="Shelf"))
    second = put("two/json.py", KIND.format(label="Book"))
    found = find_extensions([first, second])
    assert {"Shelf", "Book"} <= found.metamodel.labels
    assert sys.modules["json"].__file__ not in {str(first.resolve()), str(second.resolve())}


def test_a_relative_folder_of_questions_starts_at_the_module() -> None:
    """Not at the current folder; a path that is whole stays as it is."""
    put("a/texts/things/all.cypher", QUESTION)
    relative = put("a/things.py", 'QUESTIONS = "texts"')
    absolute = put("b/things.py", f"from pathlib import Path\nQUESTIONS = Path({str(Path('a/texts').absolute())!r})")
    assert find_extensions([relative]).question_folders == (Path("a/texts").absolute(),)
    assert find_extensions([absolute]).question_folders == (Path("a/texts").absolute(),)


def test_a_knowledge_base_has_what_its_extensions_bring() -> None:
    """Named when it is opened; another one that is open has nothing of it."""
    path = put("book.py", KIND.format(label="Book"))
    records = put("books.yaml", "Books: [{title: Emma}]")
    with graphkb.open(":memory:", extensions=[path]) as kb, graphkb.open(":memory:") as other:
        assert kb.load([records], source="books").created.nodes == 1
        assert kb.stats()["nodes"] == {"Book": 1}
        assert [problem.rule for problem in other.plan([records], source="books").problems] == ["unknown-list"]


# What is said of one that cannot be used


def test_a_file_that_is_not_there() -> None:
    """The message says where it was looked for, and which one may be meant."""
    put("regions.py", "KINDS = ()")
    assert refusal("region.py") == (
        f"There is no extension region.py: {Path('region.py').absolute()} is no file. Did you mean 'regions.py'?"
    )


def test_a_module_that_is_not_there() -> None:
    """The message says where it was looked for, and which file may be meant."""
    said = refusal("nosuch.kinds")
    assert said.startswith(
        "There is no extension nosuch.kinds: no module nosuch.kinds is installed or on Python's path"
    )
    assert said.endswith("A file is named by its path, ending in .py.")
    put("lib/nosuch.py", "KINDS = ()")
    assert refusal("lib.nosuch.kinds").endswith("ending in .py.")
    put("src/kinds/mine.py", "KINDS = ()")
    assert refusal("src.kinds.nosuch.mine").startswith("There is no extension src.kinds.nosuch.mine: ")


def test_a_module_that_is_a_file_of_the_current_folder(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The command line has that folder not on its path, so the message names the file."""
    put("books.py", KIND.format(label="Book"))
    monkeypatch.setattr(sys, "path", [each for each in sys.path if each not in ("", str(home))])
    assert refusal("books").endswith("Did you mean the file books.py?")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import nosuch", "No module named 'nosuch'"),
        ("from graphkb.model.relations import rows", "cannot import name 'rows' from 'graphkb.model.relations'"),
        ("x = = 1", "invalid syntax (book.py, line 1)"),
        ("raise RuntimeError('boom')", "RuntimeError: boom"),
        ("from pathlib import Path\nPath('data.csv').open()", "FileNotFoundError: "),
        ("import sys\nsys.exit(0)", "SystemExit: 0"),
    ],
)
def test_a_module_that_cannot_be_imported(text: str, said: str) -> None:
    """The message keeps what Python says, and a mended module is read anew."""
    path = put("book.py", text)
    assert refusal(path).startswith(f"The extension book.py cannot be imported: {said}")
    path.write_text("KINDS = ()  # mended, and of another length", encoding="utf-8")
    assert [each.name for each in find_extensions([path]).extensions] == ["book.py"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("KIND = ()", "book.py is no extension: it has none of KINDS, RELATIONSHIPS, QUESTIONS."),
        ("KINDS = 3", "KINDS of the extension book.py is no tuple, but 3."),
        ("KINDS = ('Book',)", "KINDS of the extension book.py holds 'Book'; it holds only subclasses of Element."),
        ("RELATIONSHIPS = [1]", "RELATIONSHIPS of the extension book.py holds 1; it holds only what `row` returns."),
        ("QUESTIONS = 3", "QUESTIONS of the extension book.py is 3, where the path of a folder is due."),
    ],
)
def test_a_module_that_is_no_extension(text: str, said: str) -> None:
    """The message says which name holds what it should not."""
    assert refusal(put("book.py", text)) == said


def test_a_folder_of_questions_that_is_not_there() -> None:
    """The message names the folder that was looked for."""
    path = put("a/book.py", 'QUESTIONS = "texts"')
    assert refusal(path) == f"QUESTIONS of the extension {path} names {Path('a/texts').absolute()}, which is no folder."


def test_everything_in_which_a_metamodel_does_not_fit_is_told_at_once() -> None:
    """With the name of the extension, or of all that take part."""
    one = put("one.py", KIND.format(label="Market"))
    two = put("two.py", 'from graphkb.model.relations import row\nRELATIONSHIPS = [row("Sock", "FITS", "Shoe", "So.")]')
    head, *faults = refusal(one, two).splitlines()
    assert head == "The metamodel cannot be extended by one.py and two.py:"
    assert faults[:2] == ["FITS names the unknown kind Sock", "FITS names the unknown kind Shoe"]
    assert faults[2].startswith(f"Market of graphkb.model.markets and Market of {one.resolve()} are both called Market")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("KINDS", "from __future__ import annotations\nKINDS", "from __future__ imports must occur at the beginning"),
        ("Title | None", "'Titel | None'", "NameError: name 'Titel' is not defined"),
        ("Key | None", "KINDS", "NameError: name 'KINDS' is not defined"),
    ],
)
def test_a_declaration_that_python_refuses(old: str, new: str, said: str) -> None:
    """What is wrong shows when the extension is found, not in the middle of a load."""
    assert said in refusal(put("book.py", KIND.format(label="Book").replace(old, new)))


def test_a_field_that_cannot_be_validated() -> None:
    """It is told when the extension is found, not in the middle of a load."""
    text = KIND.format(label="Book").replace(
        "title: Title | None", "title: Annotated[object.__class__, JsonText()] | None"
    )
    text = "from typing import Annotated\nfrom graphkb.model.properties import JsonText\nclass Odd: pass\n" + text
    said = refusal(put("book.py", text.replace("object.__class__", "Odd")))
    assert "\nBook cannot be validated: Unable to generate pydantic-core schema for" in said


# Questions


def test_every_fault_of_the_questions_is_told_at_once() -> None:
    """Each with its file; a name has one question."""
    put("one/q/things/all.cypher", QUESTION)
    put("two/q/things/all.cypher", QUESTION)
    put("two/q/gaps/unfunded.cypher", QUESTION)
    put("two/q/things/bad.cypher", QUESTION.replace("// grain: one row a thing", "// grain one row"))
    put("two/q/things/key.cypher", QUESTION.replace("thingId", "class"))
    put("two/q/things/less.cypher", QUESTION.replace("// returns", "// param: limit string    all\n// returns"))
    put("two/q/stray.cypher", QUESTION)
    Path("two/q/things/odd.cypher").write_bytes(b"\xff")
    one, two = put("one/one.py", 'QUESTIONS = "q"'), put("two/two.py", 'QUESTIONS = "q"')
    folder, taken = Path("two/q").absolute(), "already; give the file another name."
    assert refusal(one, two).splitlines() == [
        f"{folder}/stray.cypher lies in no folder; a question is <topic>/<name>.cypher.",
        f"{folder}/gaps/unfunded.cypher: the question gaps/unfunded is one of graphkb {taken}",
        f"{folder}/things/all.cypher: the question things/all is one of {one} {taken}",
        f"{folder}/things/bad.cypher:2: not a line of the header: // grain one row",
        f"{folder}/things/key.cypher: things/key cannot have such columns: Field names must not be keywords: 'class'",
        f"{folder}/things/less.cypher: limit is of type integer",
        f"{folder}/things/odd.cypher: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
    ]


RULE = """\
// question: Which things are heavy?
// severity: info
// advice: Lighten them.
// message: {title} is heavy.
// returns: kind string, id string, title string
MATCH (thing:Thing)
RETURN
  'Thing' AS kind,
  thing.id AS id,
  thing.title AS title
ORDER BY id
"""


def test_every_fault_of_the_rules_is_told_at_once() -> None:
    """Each with its file; a name has one rule, and one of the package is taken."""
    put("one/q/checks/heavy.cypher", RULE)
    put("two/q/checks/heavy.cypher", RULE)
    put("two/q/checks/stub.cypher", RULE)
    put("two/q/checks/bad.cypher", RULE.replace("// advice: Lighten them.\n", ""))
    one, two = put("one/one.py", 'QUESTIONS = "q"'), put("two/two.py", 'QUESTIONS = "q"')
    folder, taken = Path("two/q/checks").absolute(), "already; give the file another name."
    assert refusal(one, two).splitlines() == [
        f"{folder}/bad.cypher: the header lacks `// advice:`",
        f"{folder}/heavy.cypher: the rule heavy is one of {one} {taken}",
        f"{folder}/stub.cypher: the rule stub is one of graphkb {taken}",
    ]


def test_the_names_of_an_extension_are_documented() -> None:
    """On the page and in the docstring of the module."""
    page = (Path(graphkb.__file__).parents[1] / "docs" / "extending.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"\n{name} = " in page
        assert f"    {name} = " in (sys.modules["graphkb.extensions"].__doc__ or "")
