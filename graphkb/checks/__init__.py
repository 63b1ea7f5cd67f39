"""What is wrong or incomplete in what a store holds: named rules, each with what to do about what it finds.

A rule is a file ``cypher/checks/<rule>.cypher``, or where Cypher cannot say it a function of this package; both are
declared by a header, see :mod:`graphkb.checks.rule`. A new file or declaration is a new rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from graphkb.checks import cardinality, circles, completeness, duplicates
from graphkb.checks.rule import Finding, Rule, Severity, parse
from graphkb.checks.settings import Setting, read_settings
from graphkb.errors import UsageError
from graphkb.queries import catalog

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import GraphStore

__all__ = ["Checked", "Finding", "Report", "Rule", "Severity", "check", "find", "rules", "rules_in"]

_COMPUTED: Final = tuple(
    each
    for module in (cardinality, circles, completeness, duplicates)
    for each in vars(module).values()
    if isinstance(each, Rule)
)


class Checked(Protocol):
    """Whatever can be checked: a knowledge base, or any object with these members."""

    @property
    def store(self) -> GraphStore:
        """The store."""
        ...

    @property
    def metamodel(self) -> Metamodel:
        """What kinds there are."""
        ...

    @property
    def question_folders(self) -> tuple[Path, ...]:
        """Folders of extensions, whose ``checks`` hold further rules."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, and by which rules."""

    findings: tuple[Finding, ...]
    """By rule, then severity, kind and id."""
    rules: tuple[Rule, ...]
    """Those that were held against the store."""
    off: Mapping[str, str]
    """The rules that the settings switch off, each with the reason."""


def rules(*, further: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Return every rule by name; ``further`` are the folders of extensions, laid out as the shipped one."""
    found = [*_shipped(), *(rule for place in further for rule in rules_in(place))]
    return tuple(sorted(found, key=lambda rule: rule.name))


def rules_in(place: Path) -> tuple[Rule, ...]:
    """Return the rules that the files under a folder declare.

    Raises ValueError with the file for a header that is not as :mod:`graphkb.checks.rule` documents it.
    """
    paths = sorted((place / catalog.CHECKS).glob("*.cypher"))
    return tuple(parse(path, path.stem, path.read_text(encoding="utf-8")) for path in paths)


@cache
def _shipped() -> tuple[Rule, ...]:
    return (*rules_in(catalog.folder()), *_COMPUTED)


def find(names: Iterable[str], *, further: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Return the rules of these names, or all where none is named.

    Raises :class:`~graphkb.errors.UsageError` for unknown names, with the nearest of each.
    """
    known = {rule.name: rule for rule in rules(further=further)}
    asked = list(dict.fromkeys(names))
    unknown = [name for name in asked if name not in known]
    if unknown:
        told = (f"There is no rule {name!r}.{catalog.nearest(name, list(known))}" for name in unknown)
        raise UsageError("\n".join([*told, "See `graphkb check --explain`."]))
    return tuple(known[name] for name in asked or known)


def check(kb: Checked, names: Iterable[str] = (), *, config: str | os.PathLike[str] | None = None) -> Report:
    """Hold rules against what a store holds: all of them, or those named.

    ``config`` is a file of settings (see :mod:`graphkb.checks.settings`). Raises
    :class:`~graphkb.errors.UsageError` for unknown rules and for a file with anything wrong in it, and
    :class:`~graphkb.errors.StoreError`.
    """
    known = rules(further=kb.question_folders)
    asked = find(names, further=kb.question_folders)
    settings = {} if config is None else read_settings(Path(config), known)
    subject = _Subject(kb.store, kb.metamodel, frozenset(name for rule in known for name in rule.covers))
    findings: list[Finding] = []
    held = tuple(rule for rule in asked if settings.get(rule.name, Setting()).off is None)
    for rule in held:
        setting = settings.get(rule.name, Setting())
        findings += rule.look(subject, setting.thresholds, setting.severity)
    off = {rule.name: reason for rule in asked if (reason := settings.get(rule.name, Setting()).off)}
    return Report(tuple(sorted(findings)), held, off)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What rules look at."""

    store: GraphStore
    metamodel: Metamodel
    covered: frozenset[str]
