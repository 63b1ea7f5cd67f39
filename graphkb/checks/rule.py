"""What a rule is: a header that says what is looked for, and a Cypher text or a function that finds it.

The header is that of a question (see :mod:`graphkb.queries.catalog`), with these keys beside ``question``, ``param``,
``returns``, ``note`` and ``text``::

    // severity: warning                               error, warning or info
    // requirements: S3-40, A18                        rows of the requirements that ask for it; optional
    // advice: State ...                               what to do about a finding, in one line
    // message: {title} has no {missing}.              what a finding says: columns and parameters in braces
    // covers: Journey.orgUnitTitle                    fields whose absence this rule reports, and no other; optional

The columns begin with ``kind`` and ``id``, the element that a finding is about; ``id`` is empty where it is about all
of a kind. Every other column stands in the message. Parameters are thresholds: each has a default, and a file of
settings may change it. A rule has no ``limit``, since it finds everything.
"""

from __future__ import annotations

import inspect
import string
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from graphkb.queries import catalog, header
from graphkb.queries.answer import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graphkb.model.metamodel import Metamodel
    from graphkb.queries.catalog import Parameter, Question
    from graphkb.store.protocol import GraphStore, Row, Value


class Severity(StrEnum):
    """How bad a finding is."""

    error = "error"
    warning = "warning"
    info = "info"

    @property
    def rank(self) -> int:
        """Its place among the severities, the worst first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend: the broken rule, how bad it is, and the element that it is about."""

    rule: str
    severity: str
    """``error``, ``warning`` or ``info``."""
    kind: str
    id: str
    """Empty where the finding is about all elements of the kind."""
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


class Subject(Protocol):
    """What rules look at."""

    @property
    def store(self) -> GraphStore:
        """The store."""
        ...

    @property
    def metamodel(self) -> Metamodel:
        """What kinds there are."""
        ...

    @property
    def covered(self) -> frozenset[str]:
        """Fields, as ``Kind.field``, whose absence a rule of its own reports."""
        ...


Compute: TypeAlias = "Callable[[Subject, Mapping[str, Value]], Iterable[Row]]"
"""Finds the rows of a rule that no Cypher can say; gets a value for every parameter."""

OWN_KEYS: Final = ("severity", "requirements", "advice", "message", "covers")
SETTINGS: Final = ("off", "reason", "severity")
"""What a file of settings says of a rule beside its thresholds."""
_FOREIGN_KEYS: Final = ("grain", "table", "needs", "none")
"""Keys of questions that say nothing of a rule."""
_ELEMENT: Final = ("kind", "id")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as declared."""

    name: str
    question: Question
    """What is looked for, its thresholds and columns, and its Cypher where it has any."""
    severity: Severity
    requirements: tuple[str, ...]
    """Numbers of the rows of the requirements that ask for it."""
    advice: str
    message: str
    covers: tuple[str, ...]
    compute: Compute | None
    """What finds the rows where Cypher cannot."""

    @property
    def thresholds(self) -> tuple[Parameter, ...]:
        """The parameters, each with a default."""
        return self.question.parameters

    def to_dict(self) -> dict[str, Any]:
        """Return the declaration as plain values."""
        return {
            "rule": self.name,
            "severity": self.severity.value,
            "question": self.question.question,
            "advice": self.advice,
            "requirements": list(self.requirements),
            "thresholds": [parameter.to_dict() for parameter in self.thresholds],
            "notes": list(self.question.notes),
            "cypher": self.question.text if self.compute is None else None,
        }

    def look(
        self, subject: Subject, thresholds: Mapping[str, Value] | None = None, severity: Severity | None = None
    ) -> Iterator[Finding]:
        """Yield what the rule finds, with its own thresholds and severity where none are given."""
        arguments = catalog.check_arguments(self.question, thresholds or {})
        if self.compute is not None:
            rows: Iterable[Row] = self.compute(subject, arguments)
        else:
            rows = subject.store.read(self.question.text_for(subject.store.name), arguments)
        for row in rows:
            told = {name: _told(value) for name, value in {**arguments, **row}.items()}
            yield Finding(self.name, severity or self.severity, told["kind"], told["id"], self.message.format_map(told))


def parse(path: Path, name: str, text: str, compute: Compute | None = None) -> Rule:
    """Return the rule that a header declares; ``path`` is where it stands.

    Raises ValueError with the file for a header that is not as this module documents it.
    """
    question = catalog.parse(path, f"{catalog.CHECKS}/{name}", text, also=OWN_KEYS)
    found = header.entries(
        path, text, single=("question", *_FOREIGN_KEYS, *OWN_KEYS), repeated=("param", "returns", "note", "text")
    )
    for key in ("severity", "advice", "message"):
        if key not in found:
            raise ValueError(f"{path}: the header lacks `// {key}:`")
    for key in _FOREIGN_KEYS:
        if key in found:
            raise ValueError(f"{path}: a rule has no `// {key}:`")
    severity = found["severity"][0]
    if severity not in list(Severity):
        raise ValueError(f"{path}: the severity {severity} is none of {', '.join(Severity)}")
    rule = Rule(
        name=name,
        question=question,
        severity=Severity(severity),
        requirements=_listed(found, "requirements"),
        advice=found["advice"][0],
        message=found["message"][0],
        covers=_listed(found, "covers"),
        compute=compute,
    )
    for fault in _faults(rule):
        raise ValueError(f"{path}: {fault}")
    return rule


def _faults(rule: Rule) -> Iterator[str]:
    columns = [column.name for column in rule.question.columns]
    if tuple(columns[:2]) != _ELEMENT or any(c.type != "string" or c.nullable for c in rule.question.columns[:2]):
        yield "the columns must begin with `kind string, id string`"
    for parameter in rule.thresholds:
        if parameter.required or parameter.name in (*SETTINGS, catalog.LIMIT):
            yield f"{parameter.name} is no threshold; it needs a default, and a name other than {', '.join(SETTINGS)}"
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(rule.message) if name is not None}
    except ValueError as error:
        yield f"the message cannot be read: {error}"
        return
    if unknown := sorted(named - {*columns, *(parameter.name for parameter in rule.thresholds)}):
        yield f"the message names {', '.join(unknown)}, which is neither a column nor a parameter"
    if unused := [column for column in columns if column not in (*_ELEMENT, *named)]:
        yield f"the message says nothing of the column {', '.join(unused)}"


def _listed(found: Mapping[str, list[str]], key: str) -> tuple[str, ...]:
    return tuple(found[key][0].split(", ")) if key in found else ()


def _told(value: Value) -> str:
    """Return a value as it stands in a sentence."""
    return ", ".join(map(_told, value)) if isinstance(value, list) else text_of(value)


def computed(text: str) -> Callable[[Compute], Rule]:
    """Make a function the rule of its name, declared by the header ``text``."""

    def declared(compute: Compute) -> Rule:
        return parse(Path(inspect.getfile(compute)), compute.__name__, text, compute)

    return declared
