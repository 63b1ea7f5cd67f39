"""Which of their fields elements have: the rule about incomplete records, and the share of what is filled.

The Cypher is made from the declarations; every name in it is one of the metamodel.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from graphkb.checks.rule import computed
from graphkb.errors import UsageError
from graphkb.model.declaration import KEY, ON_EDGE, Children, Link, fields_of
from graphkb.model.metamodel import edge_names, graph_names
from graphkb.model.relations import any_of
from graphkb.queries.catalog import nearest
from graphkb.sync.state import kind_among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graphkb.checks.rule import Subject
    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import GraphStore, Row, Value

DEFINED: Final = "coalesce(n.isStub, false) = false AND coalesce(n.isDerived, false) = false"
"""What somebody described: neither a stub nor derived."""

READ_LACKING: Final = """MATCH (n:{kind})
WHERE {defined}
WITH n, {lacking} AS fields
WHERE size(fields) > 0
RETURN labels(n) AS kinds, n.id AS id, fields AS fields, coalesce(n.title, n.id) AS element"""
READ_LACKING_EDGES: Final = """MATCH (n{sources})-[r:{type}]->(m{targets})
WHERE coalesce(r.isDerived, false) = false
WITH n, m, {lacking} AS fields
WHERE size(fields) > 0
RETURN labels(n) AS kinds, n.id AS id, fields AS fields,
  '(' + coalesce(n.title, n.id) + ')-[{type}]->(' + coalesce(m.title, m.id) + ')' AS element"""
COUNT_FILLED: Final = """MATCH (n:{kind})
WHERE {defined}
WITH n{has}
RETURN count(n) AS elements{sums}"""


@computed(
    """\
// question: Which elements and links lack a field that a complete record has?
// severity: warning
// advice: Fill the field in; `load --strict` refuses records that are not complete.
// message: {element} has no {field}.
// note: the fields are those that docs/metamodel.md lists as required; a link is found at the element where it begins
// note: fields of which a rule of their own speaks, such as the owner, are left to it
// returns: kind string, id string, element string, field string
"""
)
def incomplete(subject: Subject, _: Mapping[str, Value]) -> Iterator[Row]:
    """Yield each expected field that an element or edge lacks and that no other rule reports."""
    # One text of many parts: a server takes several seconds to get ready for as many texts.
    for row in subject.store.read("\nUNION ALL\n".join(_texts(subject.metamodel, subject.covered))):
        for field in cast("list[str]", row["fields"]):
            kind = kind_among(row["kinds"], subject.metamodel)
            yield {"kind": kind, "id": row["id"], "element": row["element"], "field": field}


def _texts(metamodel: Metamodel, covered: Collection[str]) -> Iterator[str]:
    for label, kind in metamodel.kinds.items():
        has = {
            field.name: _has(label, field, metamodel)
            for field in fields_of(kind)
            if field.expected and f"{label}.{field.name}" not in covered
        }
        if has:
            yield READ_LACKING.format(kind=label, defined=DEFINED, lacking=_lacking(has))
    for relationship in metamodel.relationships:
        has = {
            field.name: _any_of("r", edge_names(field))
            for field in metamodel.edge_fields(relationship)
            if field.expected
        }
        if has:
            yield READ_LACKING_EDGES.format(
                type=relationship.type,
                sources=any_of(relationship.sources),
                targets=any_of(relationship.targets),
                lacking=_lacking(has),
            )


@dataclass(frozen=True, slots=True)
class Filled:
    """How many elements of a kind have a field."""

    field: str
    expected: bool
    """Whether a complete record has it."""
    filled: int
    of: int

    @property
    def share(self) -> float:
        """The part of the elements that have it, from 0 to 1."""
        return self.filled / self.of


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete the records of one kind are."""

    kind: str
    elements: int
    """How many are counted: neither those only referred to nor those derived."""
    fields: tuple[Filled, ...]

    @property
    def score(self) -> float | None:
        """The mean of the shares of its expected fields, from 0 to 1; None where none is expected."""
        shares = [field.share for field in self.fields if field.expected]
        return sum(shares) / len(shares) if shares else None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, shares and score rounded to four places."""
        score = self.score
        return {
            "kind": self.kind,
            "elements": self.elements,
            "score": None if score is None else round(score, 4),
            "fields": [{**asdict(field), "share": round(field.share, 4)} for field in self.fields],
        }


def completeness(store: GraphStore, metamodel: Metamodel, kind: str | None = None) -> tuple[Completeness, ...]:
    """Return how complete the records of each kind are, or those of one, in the order of the metamodel.

    Kinds without elements are left out. Raises :class:`~graphkb.errors.UsageError` for an unknown kind, and
    :class:`~graphkb.errors.StoreError`.
    """
    if kind is not None and kind not in metamodel.kinds:
        raise UsageError(f"There is no kind {kind!r}.{nearest(kind, list(metamodel.kinds))} See `graphkb schema`.")
    found = (_completeness(store, metamodel, label) for label in ([kind] if kind else metamodel.kinds))
    return tuple(each for each in found if each.elements)


def _completeness(store: GraphStore, metamodel: Metamodel, label: str) -> Completeness:
    # The key is always there, and what stands on the edge to an element is no field of it.
    fields = [field for field in fields_of(metamodel.kinds[label]) if field.role not in (KEY, ON_EDGE)]
    columns = {f"f{number}": field for number, field in enumerate(fields)}
    has = "".join(f", {_has(label, field, metamodel)} AS {column}" for column, field in columns.items())
    sums = "".join(f", sum(CASE WHEN {column} THEN 1 ELSE 0 END) AS {column}" for column in columns)
    (row,) = store.read(COUNT_FILLED.format(kind=label, defined=DEFINED, has=has, sums=sums))
    elements = cast("int", row["elements"])
    counted = (
        Filled(field.name, field.expected, cast("int", row[column] or 0), elements) for column, field in columns.items()
    )
    return Completeness(label, elements, tuple(counted))


def _has(label: str, field: Field, metamodel: Metamodel) -> str:
    """Return the condition that an element ``n`` of a kind has a field."""
    role = field.role
    if isinstance(role, Children):
        return f"EXISTS {{ (n)-[:{role.type}]->(:{field.item.label}) }}"
    if isinstance(role, Link):
        other = any_of(metamodel.link_kinds(metamodel.kinds[label], field))
        return f"EXISTS {{ (n){'<' * role.incoming}-[:{role.type}]-{'>' * (not role.incoming)}({other}) }}"
    names = graph_names(field)
    # A record that gives its id only has no title of its own.
    return "(n.title IS NOT NULL AND n.title <> n.id)" if names == ("title",) else _any_of("n", names)


def _any_of(variable: str, names: Iterable[str]) -> str:
    return f"({' OR '.join(f'{variable}.{name} IS NOT NULL' for name in names)})"


def _lacking(has: Mapping[str, str]) -> str:
    return " + ".join(f"CASE WHEN {condition} THEN [] ELSE ['{name}'] END" for name, condition in has.items())
