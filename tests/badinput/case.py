"""What a bad file is, how it is loaded, and what must be told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Content: TypeAlias = "bytes | Callable[[], bytes]"
"""What a file holds; made when it is needed where it is large."""

USAGE: Final = "usage"
"""Stands among rules for a call that cannot be carried out as written."""


@dataclass(frozen=True, slots=True)
class Case:
    """Files that are loaded together, and the rules that they break; none where they are harmless after all."""

    name: str
    """Format, colon, fault."""
    files: Mapping[str, Content]
    rules: frozenset[str] = frozenset()
    mapping: str = ""
    """The one of the files that is the mapping."""
    named: tuple[str, ...] = ()
    """The files that are named to the load; without any, all but the mapping are."""
    declared: tuple[str, ...] = ()
    """How tables are said to be written."""
    act: str = "load"
    """What is done with the files: ``load``, ``guess``, or a misdeed to try the guard with."""
    placed: bool = True
    """Whether every problem has a place within its file."""

    @property
    def loaded(self) -> tuple[str, ...]:
        """The files that are named to the load."""
        return self.named or tuple(name for name in self.files if name != self.mapping)

    @property
    def is_small(self) -> bool:
        """Whether the files were made with the case, and so are none that take long to read."""
        return not any(map(callable, self.files.values()))

    def contents(self) -> dict[str, bytes]:
        """Return the files."""
        return {name: each() if callable(each) else each for name, each in self.files.items()}


def case(  # noqa: PLR0913  # a row of a table of cases
    name: str,
    files: Mapping[str, Content],
    rules: str,
    *,
    placed: bool = True,
    mapping: str = "",
    named: tuple[str, ...] = (),
    declared: tuple[str, ...] = (),
    act: str = "load",
) -> Case:
    """Return a case of which the rules are written as words."""
    return Case(name, files, frozenset(rules.split()), mapping, named, declared, act, placed)


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as it came back."""

    file: str
    line: int | None
    pointer: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a guarded load led to."""

    seconds: float = 0.0
    peak: int = 0
    """Bytes of memory taken beyond what the process had before."""
    problems: tuple[Told, ...] = ()
    """The problems, or the first thousand of them."""
    broken: tuple[str, ...] = ()
    """Rules of all problems."""
    usage: str = ""
    """Message of a call that cannot be carried out."""
    fault: str = ""
    """A traceback, or why there is no outcome."""
    touched: tuple[str, ...] = ()
    """What was opened, written or called that should not have been."""
    notes: tuple[str, ...] = ()

    @property
    def rules(self) -> frozenset[str]:
        """The rules that were broken."""
        return frozenset(self.broken) | ({USAGE} if self.usage else set())
