"""Files and folders: which are read, in which order, and what is told of those that cannot be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from graphkb.errors import UsageError
from graphkb.sources import MAX_BYTES, read_paths

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.errors import Problem

TEXT: Final = (".json", ".yaml", ".yml")
"""Suffixes of the formats that hold whole documents of records."""


def _capability(path: Path, title: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".json":
        path.write_text(json.dumps({"capabilities": [{"title": title}]}), encoding="utf-8")
    else:
        path.write_text(f"capabilities:\n- title: {title}\n", encoding="utf-8")
    return path


def _titles(*paths: Path) -> list[str]:
    reading = read_paths(paths)
    assert reading.problems == []
    return [record.content["title"] for record in reading.records]


def _fault(path: Path, max_bytes: int = MAX_BYTES) -> Problem:
    reading = read_paths([path], max_bytes=max_bytes)
    (problem,) = reading.problems
    assert reading.records == []
    assert problem.file == str(path)
    return problem


@pytest.mark.parametrize("suffix", [*TEXT, *map(str.upper, TEXT)])
def test_a_file_is_read_by_its_suffix(tmp_path: Path, suffix: str) -> None:
    """Each suffix has a reader, in any case."""
    path = _capability(tmp_path / f"bank{suffix}", "A")
    reading = read_paths([path])
    assert reading.problems == []
    (record,) = reading.records
    assert (record.list_name, record.content) == ("capabilities", {"title": "A"})
    assert (record.place.file, record.place.pointer) == (str(path), "/capabilities/0")


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    """Files of a folder, of its folders too, come in the order of their paths."""
    for name in ("b.json", "a.yaml", "c/z.yml", "c/a.json"):
        _capability(tmp_path / name, name)
    assert _titles(tmp_path) == ["a.yaml", "b.json", "c/a.json", "c/z.yml"]


def test_hidden_and_other_files_of_a_folder_are_passed_over(tmp_path: Path) -> None:
    """What begins with a dot, or has no known suffix, is not read."""
    _capability(tmp_path / "a.json", "A")
    _capability(tmp_path / ".hidden.json", "B")
    _capability(tmp_path / ".git" / "c.json", "C")
    (tmp_path / "README.md").write_text("Notes.", encoding="utf-8")
    assert _titles(tmp_path) == ["A"]


def test_a_folder_inside_a_hidden_one_is_read_when_it_is_named(tmp_path: Path) -> None:
    """Only what is hidden within the named folder is passed over."""
    _capability(tmp_path / ".data" / "a.json", "A")
    assert _titles(tmp_path / ".data") == ["A"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    """A file and the folder around it do not state everything twice."""
    path = _capability(tmp_path / "a.json", "A")
    assert _titles(path, tmp_path, tmp_path / "." / "a.json") == ["A"]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    """UTF-8 is read with and without a byte order mark."""
    plain, marked = tmp_path / "a.json", tmp_path / "b.yaml"
    plain.write_bytes('{"capabilities": [{"title": "Zürich 顧客"}]}'.encode())
    marked.write_bytes("capabilities:\n- title: Zürich 顧客\n".encode("utf-8-sig"))
    assert _titles(plain, marked) == ["Zürich 顧客"] * 2


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_a_problem(tmp_path: Path, encoding: str) -> None:
    """Text that is not UTF-8 is refused, not guessed."""
    path = tmp_path / "a.yaml"
    path.write_bytes("capabilities:\n- title: Zürich\n".encode(encoding))
    problem = _fault(path)
    assert problem.rule == "encoding"
    assert "Save it as UTF-8" in problem.message


def test_a_file_that_is_too_large_is_a_problem(tmp_path: Path) -> None:
    """A file beyond the limit is refused before it is parsed; one at the limit is read."""
    path = _capability(tmp_path / "a.json", "A")
    size = path.stat().st_size
    assert read_paths([path], max_bytes=size).problems == []
    problem = _fault(path, max_bytes=size - 1)
    assert problem.rule == "too-large"
    assert "split it" in problem.message


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses is told with the reason of the system."""
    path = _capability(tmp_path / "a.json", "A")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    problem = _fault(path)
    assert problem.rule == "unreadable"
    assert "Permission denied" in problem.message


def test_problems_of_one_file_do_not_hide_another(tmp_path: Path) -> None:
    """A broken file is told; the others are read all the same."""
    broken = tmp_path / "a.json"
    broken.write_text("{", encoding="utf-8")
    _capability(tmp_path / "b.yaml", "B")
    reading = read_paths([tmp_path])
    assert [(problem.file, problem.rule) for problem in reading.problems] == [(str(broken), "syntax")]
    assert [record.content["title"] for record in reading.records] == ["B"]


def test_a_path_that_does_not_exist_is_a_wrong_call(tmp_path: Path) -> None:
    """The message names the path."""
    with pytest.raises(UsageError, match="no file or folder"):
        read_paths([tmp_path / "nowhere.json"])


def test_a_file_of_an_unknown_format_is_a_wrong_call(tmp_path: Path) -> None:
    """The message names the nearest suffix that can be loaded."""
    path = tmp_path / "a.jsn"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"'\.jsn' cannot be loaded\. Did you mean '\.json'\?"):
        read_paths([path])


def test_a_folder_without_a_file_to_read_is_a_wrong_call(tmp_path: Path) -> None:
    """A folder of other files is not an empty load, which would delete everything."""
    (tmp_path / "README.md").write_text("Notes.", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no file to load"):
        read_paths([tmp_path])
