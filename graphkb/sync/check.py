"""What is wrong or incomplete in what a store holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from graphkb.model.declaration import Children, Flattened, Link, fields_of
from graphkb.model.metamodel import METAMODEL, edge_names, graph_names

if TYPE_CHECKING:
    from graphkb.model.dataset import Dataset, NodeKey
    from graphkb.model.declaration import Field
    from graphkb.model.metamodel import Metamodel


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend: the broken rule, how bad it is, and the element that it is about."""

    rule: str
    severity: str
    """``error``, ``warning`` or ``info``."""
    kind: str
    id: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def check_dataset(data: Dataset, metamodel: Metamodel = METAMODEL) -> list[Finding]:
    """Return a finding for each stub, and for each field that a complete element or edge has and one here lacks."""
    joined: set[tuple[NodeKey, str, bool]] = set()
    for edge in data.edges:
        joined |= {(edge.source, edge.type, False), (edge.target, edge.type, True)}
    findings = []
    for key, properties in data.nodes.items():
        if properties.get("isDerived"):
            continue
        if properties.get("isStub"):
            message = f"{key} ({data.title(key)}) is referred to, but nobody defines it."
            findings.append(Finding("stub", "info", key.label, key.id, message))
            continue
        for declared in fields_of(metamodel.kinds[key.label]):
            if declared.expected and not _has(key, declared, properties, joined):
                message = f"{key} ({data.title(key)}) has no {declared.name}."
                findings.append(Finding("incomplete", "warning", key.label, key.id, message))
    for edge, properties in data.edges.items():
        row = metamodel.relationship(edge.type, edge.source.label, edge.target.label)
        for declared in metamodel.edge_fields(row) if row and not properties.get("isDerived") else ():
            if declared.expected and not any(name in properties for name in edge_names(declared)):
                message = f"{edge} has no {declared.name}."
                findings.append(Finding("incomplete", "warning", edge.source.label, edge.source.id, message))
    return sorted(findings)


def _has(key: NodeKey, declared: Field, properties: dict[str, Any], joined: set[tuple[NodeKey, str, bool]]) -> bool:
    role = declared.role
    if isinstance(role, Link):
        return (key, role.type, role.incoming) in joined
    if isinstance(role, Children | Flattened):
        return isinstance(role, Flattened) or (key, role.type, False) in joined
    names = graph_names(declared)
    return any(name in properties or name == "id" for name in names) and not (
        names == ("title",) and properties.get("title") == key.id
    )
