"""Gives cases to guarded processes, and takes up what comes of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import graphkb
from tests.badinput.case import Outcome, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.badinput.case import Case

ROOT: Final = Path(__file__).resolve().parent.parent.parent
SECONDS: Final = 20.0
"""Time that a load may take."""
SECRET: Final = "what nobody may read"  # noqa: S105  # no password
_KNOWN: Final = {"capabilities": [{"title": "Known", "parent": "Other"}]}

WHOLE: Final = frozenset(
    {"encoding", "too-large", "not-a-workbook", "not-a-model", "document-type", "missing-file", "document-shape"}
)
"""Rules that a file as a whole can break."""
LENGTH: Final = 2100
"""Most characters of a message."""


class Runner:
    """A guarded process, and a store in a file that it loads into."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "secret.txt").write_text(SECRET, encoding="utf-8")
        known = root / "known.json"
        known.write_text(json.dumps(_KNOWN), encoding="utf-8")
        self.store = root / "graph.kgl"
        with graphkb.open(self.store) as kb:
            kb.load([known], source="known")
        self.stored = self.store.read_bytes()
        self._numbers = count(1)
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-X", "utf8", "-m", "tests.badinput.guard"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def outcome(self, case: Case, seconds: float = SECONDS) -> Outcome:
        """Load a case in a process of its own."""
        return self.outcomes([case], seconds)[-1]

    def outcomes(self, cases: Sequence[Case], seconds: float = SECONDS) -> list[Outcome]:
        """Load cases one after the other in one process; what is changed on the disk is one outcome more.

        Where problems are due, the load goes into the store in a file, which must not change; else into memory.
        """
        folders = [self._written(each) for each in cases]
        before = self._listing()
        try:
            stores = (str(self.store) if each.rules else ":memory:" for each in cases)
            loads = [_request(*each) for each in zip(cases, folders, stores, strict=True)]
            found = [_outcome(each) for each in self._answer({"loads": loads, "seconds": seconds})]
            changed = sorted(before ^ self._listing())
            if self.store.read_bytes() != self.stored:
                changed.append("the store")
                self.store.write_bytes(self.stored)
            return [*found, Outcome(fault=f"changed on the disk: {', '.join(changed)}")] if changed else found
        finally:
            for folder in folders:
                shutil.rmtree(folder)

    def _answer(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        asking, answering = self._process.stdin, self._process.stdout
        if asking is None or answering is None:
            raise RuntimeError("the guarded process has no pipes")
        asking.write(json.dumps(request) + "\n")
        asking.flush()
        answer: list[dict[str, Any]] = json.loads(answering.readline())
        return answer

    def _written(self, case: Case) -> Path:
        folder = self.root / f"case-{next(self._numbers)}"
        folder.mkdir()
        for name, content in case.contents().items():
            (folder / name).write_bytes(content)
        return folder

    def _listing(self) -> set[str]:
        return {str(path.relative_to(self.root)) for path in self.root.rglob("*")}


def _request(case: Case, folder: Path, store: str) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "named": case.loaded,
        "mapping": case.mapping,
        "declared": case.declared,
        "act": case.act,
        "store": store,
    }


def _outcome(told: dict[str, Any]) -> Outcome:
    problems = tuple(Told(*each) for each in told.get("problems", ()))
    lists: dict[str, Any] = {name: tuple(told.get(name, ())) for name in ("touched", "notes", "broken")}
    return Outcome(**(told | lists | {"problems": problems}))


def misbehavior(case: Case, outcome: Outcome) -> Iterable[str]:
    """Yield what is wrong with an outcome, whatever the case."""
    if outcome.fault:
        yield outcome.fault
    if outcome.touched:
        yield f"touched {', '.join(outcome.touched)}"
    for each in outcome.problems:
        if case.placed and not (each.line or each.pointer) and each.rule not in WHOLE:
            yield f"has no place: {each}"
        if Path(each.file).name not in case.files:
            yield f"names the file {each.file!r}: {each}"
    yield from _unreadable((*(each.message for each in outcome.problems), outcome.usage, *outcome.notes))


def _unreadable(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if len(text) > LENGTH:
            yield f"is told at too great length: {text[:300]}"
        if "\n" in text or SECRET in text:
            yield f"is no sentence, or one that nobody may read: {text[:300]!r}"
