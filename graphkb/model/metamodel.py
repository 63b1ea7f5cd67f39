"""The metamodel: which kinds and relationship kinds exist, in order, checked when it is built."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from graphkb.model import (
    activation,
    capabilities,
    content,
    customer_relationships,
    customers,
    happy_paths,
    journeys,
    markets,
    measures,
    offerings,
    operations,
    organization,
    research,
    responses,
    roadmaps,
    strategies,
)
from graphkb.model.declaration import (
    KEY,
    ON_EDGE,
    REFERENCE_FIELDS,
    TITLE,
    Children,
    Field,
    Flattened,
    Link,
    Reified,
    fields_of,
    key_field,
)
from graphkb.model.names import json_name
from graphkb.model.properties import Property
from graphkb.model.relations import EVERYTHING, RelationshipKind
from graphkb.model.relationship_table import RELATIONSHIPS
from graphkb.model.soundness import (
    RESERVED_LISTS,
    build_faults,
    edge_faults,
    kind_faults,
    kinds_by_label,
    outdated_fields,
    row_faults,
    value_faults,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.model.declaration import Element, Record, RelationshipRecord

ELEMENT: Final = "Element"
"""The second label of every node that a file describes."""
BOOKKEEPING: Final = frozenset({"sources", "createdRun", "changedRun"})
"""Properties that a load keeps for itself; they are in no answer, count or export."""
MARKS: Final = frozenset({"isStub", "isDerived", "derivedFrom"})
"""Properties that tell how an element or edge came about, beside what was said of it."""
POSITION: Final = "sequenceNumber"
"""Property of an edge that comes from a list: its place in the list, from 1."""
STATED_TITLE: Final = "statedTitle"
"""Property of an edge that comes from a record: the title by which the record names the far end, word for word."""
INCONSISTENT: Final = "the metamodel is inconsistent:\n"
"""What an exception says before it names the faults, one a line."""
RESERVED: Final = frozenset({"name", "type", "label", "node_type", "nid"})
"""Names that a node's property must not have, since the embedded engine computes them."""


class Metamodel:
    """Kinds and relationship kinds, with the look-ups that follow from them.

    Of several classes with one label, that which is a subclass of the others is the kind. A field of ``base`` reads
    what it reads there, and edges of further rows need no field, as any edge can be stated in a list of its own.
    Raises :class:`TypeError` naming every inconsistency when it is built.
    """

    def __init__(
        self,
        kinds: Iterable[type[Element]],
        relationships: Iterable[RelationshipKind],
        base: Metamodel | None = None,
    ) -> None:
        self._base: Final = base
        self._declared: Final = tuple(kinds)
        self.kinds: Final = kinds_by_label(self._declared)
        self.relationships: Final = tuple(relationships)
        self.written: Final[int] = base.written if base else len(self.relationships)
        """How many rows, from the first, have a field that writes their edges."""
        self.labels: Final = frozenset(self.kinds)
        self.types: Final = frozenset(row.type for row in self.relationships)
        self.records: Final[dict[str, type[RelationshipRecord]]] = {
            row.record.list_name: row.record for row in self.relationships if row.record
        }
        self.lists: Final = {kind.list_name: kind for kind in (*self.kinds.values(), *self.forms) if kind.list_name}
        self.stub_lists: Final = {stub_list_name(kind): kind for kind in self.kinds.values()}
        self._rows: Final = {
            type_: tuple(row for row in self.relationships if row.type == type_) for type_ in self.types
        }
        self._joins: Final[dict[tuple[str, str, str], RelationshipKind | None]] = {}
        self._link_kinds: Final[dict[tuple[type[Record], str], tuple[str, ...]]] = {}
        self._id_names: Final[dict[tuple[type[Record], str], str]] = {}
        self._writers: Final = self._find_writers()
        if faults := list(self._faults()):
            raise TypeError(INCONSISTENT + "\n".join(faults))

    def extended(self, kinds: Iterable[type[Element]], relationships: Iterable[RelationshipKind] = ()) -> Metamodel:
        """Return this metamodel with further kinds and rows; a subclass of a kind with its label takes its place.

        What could be read before is read as before. Raises :class:`TypeError` naming every inconsistency.
        """
        kinds, rows = tuple(kinds), tuple(relationships)
        wider = Metamodel((*self._declared, *kinds), (*self.relationships, *rows), self)
        if faults := list(build_faults((*kinds, *(row.record or row.properties for row in rows)))):
            raise TypeError(INCONSISTENT + "\n".join(faults))
        return wider

    def relationship(self, type_: str, source: str, target: str) -> RelationshipKind | None:
        """Return the row for an edge of this type between elements of these kinds."""
        ends = (type_, source, target)
        if ends not in self._joins:
            rows = (row for row in self._rows.get(type_, ()) if row.joins(source, target))
            self._joins[ends] = next(rows, None)
        return self._joins[ends]

    def link_kinds(self, model: type[Record], field: Field) -> tuple[str, ...]:
        """Return the kinds that may stand at the other end of a link field."""
        asked = (model, field.attribute)
        if asked not in self._link_kinds:
            self._link_kinds[asked] = self._find_link_kinds(model, field)
        return self._link_kinds[asked]

    def _find_link_kinds(self, model: type[Record], field: Field) -> tuple[str, ...]:
        role = field.role
        if not isinstance(role, Link):
            raise TypeError(f"{field.name} is no link")
        if role.kinds:
            return role.kinds
        own = _label(model)
        rows = [row for row in self.rows_read_by(model, field) if row.type == role.type]
        return tuple(
            label
            for label in self.kinds
            if any(row.joins(*((label, own) if role.incoming else (own, label))) for row in rows)
        )

    def rows_read_by(self, model: type[Record], field: Field) -> tuple[RelationshipKind, ...]:
        """Return the rows that a link field follows; further rows change nothing in fields that were there before."""
        if self._base and self._base.declares(model, field):
            return self._base.rows_read_by(model, field)
        return self.relationships

    def declares(self, model: type[Record], field: Field) -> bool:
        """Tell whether a field is declared here, be it that a subclass in the place of its own has taken it over."""
        owners = (*self.kinds.values(), *self.records.values(), *self.forms)
        known = (each for each in owners if issubclass(model, each) and _label(model) == _label(each))
        return any(field in fields_of(each) for each in known)

    def id_name(self, model: type[Record], field: Field) -> str:
        """Return the name that the id has in an object of a link field."""
        asked = (model, field.attribute)
        if asked not in self._id_names:
            kinds = self.link_kinds(model, field) if isinstance(field.role, Link) else ()
            named = isinstance(field.role, Link) and field.role.id_name
            self._id_names[asked] = named or (self.key_name(kinds[0]) if len(kinds) == 1 else "id")
        return self._id_names[asked]

    def key_name(self, label: str) -> str:
        """Return the name of the id in the records of a kind."""
        key = key_field(self.kinds[label])
        return key.name if key else "id"

    def edge_fields(self, row: RelationshipKind) -> tuple[Field, ...]:
        """Return the fields that become properties of an edge."""
        declared = fields_of(row.record or row.properties)
        return tuple(
            field
            for field in declared
            if field.role is KEY or (isinstance(field.role, Property) and field.attribute not in REFERENCE_FIELDS)
        )

    def edge_property_names(self, row: RelationshipKind) -> frozenset[str]:
        """Return the names of all properties that edges of a row can have, marks included."""
        names = {name for field in self.edge_fields(row) for name in edge_names(field)}
        return frozenset(names | MARKS | {POSITION} | ({STATED_TITLE} if row.record else set()))

    def may_be_stub(self, label: str) -> bool:
        """Tell whether an element may be known by id and title only: not where it must belong to another one."""
        return not any(
            (row.per_target[0] and label in row.targets) or (row.per_source[0] and label in row.sources)
            for row in self.relationships
        )

    def second_labels(self, label: str, properties: Mapping[str, Any]) -> dict[str, bool]:
        """Return the further labels that these properties decide on, each with whether a node with them has it."""
        return {
            second: properties[name] == value
            for second, (name, value) in self.kinds[label].second_labels.items()
            if name in properties
        }

    def labels_due(self, label: str, properties: Mapping[str, Any]) -> list[str]:
        """Return the further labels that a node with these properties has."""
        return [second for second, has in self.second_labels(label, properties).items() if has]

    def property_names(self, label: str) -> frozenset[str]:
        """Return the names of all properties that elements of a kind can have, marks included."""
        forms = [self.kinds[label], *(form for form in self.forms if form.label == label)]
        names = {name for form in forms for field in fields_of(form) for name in graph_names(field)}
        return frozenset(names | {name for form in forms for name in form.constants} | MARKS | {"id", "title"})

    @functools.cached_property
    def forms(self) -> tuple[type[Element], ...]:
        """Return the further record shapes of kinds, as nested in other records."""
        models: list[type[Record]] = [*self.kinds.values(), *self.records.values()]
        nested = (field.item for model in models for field in fields_of(model))
        found = (item for item in nested if item and _label(item) and not self._is_kind(item))
        return tuple(dict.fromkeys(found))

    def _is_kind(self, item: type[Record]) -> bool:
        """Tell whether a model is a kind, or was until another class took its place."""
        kind = self.kinds.get(_label(item))
        return kind is not None and issubclass(kind, item)

    def _faults(self) -> Iterator[str]:
        kinds = tuple(self.kinds.values())
        names = [*RESERVED_LISTS, *map(stub_list_name, kinds), *self.records]
        names += [each.list_name for each in (*kinds, *self.forms) if each.list_name]
        yield from (f"the list name {name!r} is used twice" for name in sorted(set(names)) if names.count(name) > 1)
        for row in self.relationships:
            for label in row.sources + row.targets:
                if (label,) != EVERYTHING and label not in self.kinds:
                    yield f"{row.type} names the unknown kind {label}"
            used = {name for field in self.edge_fields(row) for name in edge_names(field)}
            taken = used & (BOOKKEEPING | MARKS)
            yield from (f"{row.type} uses the reserved property {each!r}" for each in sorted(taken))
        for kind in self._declared:
            yield from kind_faults(kind, self.kinds[kind.label])
        for kind in (*kinds, *self.forms):
            yield from self._kind_faults(kind)
        yield from outdated_fields(self)
        yield from row_faults(self)

    def _kind_faults(self, kind: type[Element]) -> Iterator[str]:
        name = kind.__name__
        if not (kind.__doc__ or "").strip():
            yield f"{name} has no definition"
        if kind.list_name and not key_field(kind):
            yield f"{name} has no key"
        used: list[str] = []
        for field in fields_of(kind):
            used += graph_names(field)
            if isinstance(field.role, Link | Children):
                yield from edge_faults(self, kind, field)
        yield from (f"{name} uses the property {each!r} twice" for each in sorted(set(used)) if used.count(each) > 1)
        taken = (RESERVED | BOOKKEEPING | MARKS).intersection(used)
        yield from (f"{name} uses the reserved property {each!r}" for each in sorted(taken))
        yield from value_faults(name, fields_of(kind))

    def writers(self, type_: str, source: str, target: str) -> tuple[tuple[str, Field], ...]:
        """Return the fields that write an edge: pairs of the kind in whose record it stands and the field."""
        return tuple(self._writers.get((type_, source, target), ()))

    def _find_writers(self) -> dict[tuple[str, str, str], list[tuple[str, Field]]]:
        found: dict[tuple[str, str, str], list[tuple[str, Field]]] = {}
        for label, kind in self.kinds.items():
            for field in fields_of(kind):
                role = field.role
                if isinstance(role, Children):
                    found.setdefault((role.type, label, field.item.label), []).append((label, field))
                elif isinstance(role, Link) and not role.read_only:
                    for other in self.link_kinds(kind, field):
                        ends = (other, label) if role.incoming else (label, other)
                        found.setdefault((role.type, *ends), []).append((label, field))
        return found

    def reified(self, record: type[RelationshipRecord]) -> tuple[Field, ...]:
        """Return the fields of a record that hold nested elements."""
        return tuple(field for field in fields_of(record) if isinstance(field.role, Reified))


def _label(model: type[Record]) -> str:
    return getattr(model, "label", "")


def stub_list_name(kind: type[Element]) -> str:
    """Return the name of the list that holds the elements of a kind that are only referred to."""
    return kind.stub_list_name or f"referenced{kind.list_name[:1].upper()}{kind.list_name[1:]}"


def edge_names(field: Field) -> tuple[str, ...]:
    """Return the names of the edge properties that a field becomes."""
    return field.role.names(field.name) if isinstance(field.role, Property) else (field.name,)


def graph_names(field: Field) -> tuple[str, ...]:
    """Return the names of the node properties that a field becomes."""
    role = field.role
    if role is KEY:
        return ("id",)
    if role is TITLE:
        return ("title",)
    if role is ON_EDGE:
        return ()
    if isinstance(role, Flattened):
        return tuple(name for inner in fields_of(field.item) for name in group_names(role, inner))
    return role.names(field.name) if isinstance(role, Property) else ()


def group_property(group: Flattened, inner: Field) -> Property:
    """Return the property that a field of a flattened group becomes."""
    role = inner.role
    if not isinstance(role, Property):
        raise TypeError(f"{inner.name}: a group holds properties only")
    prefixed = f"{group.prefix}{inner.name[:1].upper()}{inner.name[1:]}" if group.prefix else inner.name
    return type(role)(role.graph_name or prefixed)


def group_names(group: Flattened, inner: Field) -> tuple[str, ...]:
    """Return the property names of a field of a flattened group."""
    return group_property(group, inner).names(inner.name)


def field_named(model: type[Record], attribute: str) -> Any:
    """Return the declared field of an attribute, or None."""
    return next((field for field in fields_of(model) if field.name == json_name(attribute)), None)


METAMODEL: Final = Metamodel(
    kinds=(
        customers.CustomerSegment,
        customers.Persona,
        customers.Need,
        customer_relationships.CustomerRelationship,
        customer_relationships.RelationshipEvent,
        customers.Risk,
        customers.Opportunity,
        journeys.Journey,
        journeys.JourneyStage,
        journeys.Touchpoint,
        journeys.StageExperience,
        happy_paths.Milestone,
        happy_paths.TriggerPoint,
        happy_paths.HappyPath,
        happy_paths.FlowObservation,
        activation.DropOffSegment,
        activation.BusinessCase,
        activation.ActivationPlan,
        activation.ActivationAction,
        organization.Channel,
        content.Content,
        capabilities.Capability,
        capabilities.CapabilityGap,
        capabilities.ValueStream,
        capabilities.ValueStreamStage,
        operations.CapabilityAssessment,
        operations.Process,
        operations.Asset,
        operations.Requirement,
        offerings.Product,
        offerings.Service,
        offerings.CompetitiveAlternative,
        strategies.Strategy,
        strategies.Initiative,
        responses.Trigger,
        responses.Rationale,
        responses.StrategicIntent,
        responses.StrategicResponse,
        roadmaps.Roadmap,
        roadmaps.RoadmapItem,
        measures.PerformanceIndicator,
        measures.Measurement,
        organization.OrgUnit,
        organization.Role,
        organization.Stakeholder,
        organization.Policy,
        markets.Market,
        markets.IdealCustomerProfile,
        markets.ProfileCriterion,
        markets.Account,
        research.Evidence,
        research.Review,
        research.DataSource,
    ),
    relationships=RELATIONSHIPS,
)
"""The kinds and relationship kinds of graphkb."""
