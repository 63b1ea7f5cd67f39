"""From validated elements to a dataset: ids minted, references resolved, every problem with its place.

All records are read before any reference is resolved, so the order of files and records does not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkb.model.dataset import Dataset, EdgeKey, NodeKey
from graphkb.model.declaration import KEY, TITLE, Children, Link, Reference, fields_of, nesting_fields
from graphkb.model.encoding import compose, edge_properties_of, is_mention, properties_of, stated, title_links
from graphkb.model.metamodel import METAMODEL, POSITION
from graphkb.model.names import Hints, did_you_mean, slug
from graphkb.model.references import Named, Names, Pending
from graphkb.model.values import kind_of_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.errors import Problem
    from graphkb.model.declaration import Element, Field
    from graphkb.model.metamodel import Metamodel
    from graphkb.model.properties import Properties
    from graphkb.model.validation import Place


class Assembly:
    """Elements on their way into one dataset.

    ``elsewhere`` holds what is stored apart from this load: references may end there.
    """

    def __init__(self, elsewhere: Dataset, *, stubs: bool = True, metamodel: Metamodel = METAMODEL) -> None:
        self.metamodel: Final = metamodel
        self.dataset: Final = Dataset()
        self.elsewhere: Final = elsewhere
        self.stubs_allowed: Final = stubs
        self.problems: Final[list[Problem]] = []
        self.places: Final[dict[NodeKey | EdgeKey, Place]] = {}
        self.stub_titles: Final[dict[NodeKey, set[str]]] = {}
        self._names: Final = Names()
        self._names_elsewhere: Final = Names()
        self._pending: Final[dict[bool, list[Pending]]] = {True: [], False: []}
        """References by id, and the others."""
        self._untitled: Final[list[tuple[Element, Place]]] = []
        self._hints: Final = Hints()
        self.record_ids: Final[set[str]] = set()
        """Keys of the relationship records of this load."""
        self.records_elsewhere: Final[dict[str, EdgeKey]] = {}
        """The relationship records of other sources, by their keys."""
        self._parts: Final[dict[NodeKey, dict[NodeKey, None]]] = {}
        for key, properties in elsewhere.nodes.items():
            self._names_elsewhere.add(key, str(properties.get("title", key.id)))
        for edge in elsewhere.edges:
            self._note_part(edge)
            row = metamodel.relationship(edge.type, edge.source.label, edge.target.label) if edge.key else None
            if row and row.record:
                self.records_elsewhere[edge.key] = edge

    # Elements

    def add(self, element: Element, place: Place, owner: NodeKey | None = None) -> NodeKey | None:
        """Take up an element with everything nested in it; return its key unless it has to wait for its title."""
        title = stated(element, TITLE) or compose(element, {})
        if title is None and title_links(type(element)):
            self._untitled.append((element, place))
            return None
        identifier = stated(element, KEY) or self._mint(title, place, owner)
        return self.register(element, NodeKey(element.label, identifier), title, place) if identifier else None

    def add_untitled(self) -> None:
        """Take up the elements whose titles come from what they link to, now that those are known."""
        self._untitled.reverse()
        while self._untitled:
            element, place = self._untitled.pop()
            ends = {}
            for attribute in title_links(type(element)):
                reference = getattr(element, attribute)
                declared = next(each for each in fields_of(type(element)) if each.attribute == attribute)
                if reference is None:
                    name = f"{type(element).__name__} has no {declared.name}, which it needs."
                    self.problems.append(place.problem("missing-field", name))
                    continue
                kinds = self.metamodel.link_kinds(type(element), declared)
                if end := self.resolve(Named.by(reference, declared), kinds, place.at(declared.name)):
                    ends[attribute] = end
            if len(ends) < len(title_links(type(element))):
                continue
            title = compose(element, {attribute: self.title(end) for attribute, end in ends.items()})
            joined = "/".join(end.id for end in ends.values()) if len(ends) > 1 else None
            identifier = stated(element, KEY) or joined or self._mint(title, place, None)
            if identifier:
                self.register(element, NodeKey(element.label, identifier), title, place)

    def register(self, element: Element, key: NodeKey, title: str | None, place: Place) -> NodeKey | None:
        """Take up an element of which the id is known, with everything nested in it; None where that cannot be."""
        if key in self.places:
            at = self.places[key]
            other = f"{at.file} {at.pointer}".strip()
            message = f"{key} is defined twice; the other definition is at {other}."
            self.problems.append(place.problem("duplicate-id", message))
            return None
        if not key.id.strip():
            self.problems.append(place.problem("empty-id", f"The id of a {key.label} cannot be blank."))
            return None
        self.define(key, {"title": title or key.id} | properties_of(element), place)
        for each in nesting_fields(type(element)):
            value = getattr(element, each.attribute)
            if not value:
                continue
            if isinstance(each.role, Children):
                for index, child in enumerate(value):
                    self.add_child(key, each, child, place.at(each.name, index), index + 1)
            elif isinstance(each.role, Link):
                listed = value if each.many else (value,)
                kinds = self.metamodel.link_kinds(type(element), each)
                for index, item in enumerate(listed):
                    here = place.at(each.name, index) if each.many else place.at(each.name)
                    told: Properties = {} if each.role.read_only else {POSITION: index + 1}
                    told |= edge_properties_of(item)
                    if each.role.mark:
                        told[each.role.mark] = True
                    self._wait(Pending(each, kinds, key, Named.by(item, each), here, told))
        return key

    def _wait(self, pending: Pending) -> None:
        self._pending[pending.named.id is not None].append(pending)

    def add_child(self, owner: NodeKey, declared: Field, child: Element, place: Place, position: int) -> None:
        """Take up an element that is nested in another one, as the item of a field at a position from 1."""
        role = declared.role
        if not isinstance(role, Children):
            raise TypeError(f"{declared.name} has no children")
        if is_mention(child):
            told = {POSITION: position} | edge_properties_of(child)
            self._wait(Pending(declared, (child.label,), owner, Named(stated(child, KEY)), place, told))
        elif key := self.add(child, place, owner):
            self.join(role.type, owner, key, {POSITION: position} | edge_properties_of(child), place)

    def define(self, key: NodeKey, properties: Properties, place: Place | None) -> None:
        """Put a node into the dataset."""
        self.dataset.nodes[key] = properties
        self._names.add(key, str(properties["title"]))
        if place is not None:
            self.places[key] = place

    def declare_stub(self, key: NodeKey, title: str | None, place: Place) -> None:
        """Put in an element of which only id and title are known, unless it is defined."""
        if key in self.elsewhere.nodes:
            return
        if key not in self.dataset.nodes:
            self.define(key, {"title": title or key.id, "isStub": True}, None)
        elif title is not None and not self._is_stub(key):
            self._refuse_mismatch(key, title, place)
        self.places.setdefault(key, place)
        if not self.dataset.nodes[key].get("isStub"):
            return
        titles = self.stub_titles.setdefault(key, set())
        if title and title not in titles:
            titles.add(title)
            self._names.add(key, title)
            self.dataset.nodes[key]["title"] = min(titles)

    def _mint(self, title: str | None, place: Place, owner: NodeKey | None) -> str | None:
        if title is None:
            self.problems.append(place.problem("no-identity", "This has neither an id nor a title; it needs one."))
            return None
        minted = slug(title)
        if not minted:
            message = f"No id can be made of the title {title!r}, which has no letter or digit; give an id."
            self.problems.append(place.problem("empty-slug", message))
            return None
        return f"{owner.id}/{minted}" if owner else minted

    # References

    def title(self, key: NodeKey) -> str:
        """Return the title of a node of this load or elsewhere."""
        where = self.dataset if key in self.dataset.nodes else self.elsewhere
        return where.title(key)

    def resolve_pending(self, *, by_id: bool) -> None:
        """Turn the waiting references by id, or the others, into edges.

        Those by id come first, since they may bring along the titles by which others name the same element.
        """
        waiting = self._pending[by_id]
        waiting.reverse()
        while waiting:  # each is let go of as soon as its edge is there
            declared, kinds, owner, named, place, properties = waiting.pop()
            role = declared.role
            end: NodeKey | None
            if isinstance(role, Children):
                end = self.nested(declared.item.label, str(named.id), place)
            else:
                end = self.resolve(named, kinds, place)
            if end is None or not isinstance(role, Link | Children):
                continue
            incoming = isinstance(role, Link) and role.incoming
            source, target = (end, owner) if incoming else (owner, end)
            self.state(role.type, source, target, properties, place)

    def resolve(self, reference: Reference | Named, kinds: tuple[str, ...], place: Place) -> NodeKey | None:
        """Find the element of one of these kinds that a reference names, or make a stub of it.

        What stands for a title and is none may be an id.
        """
        if reference.kind is not None:
            kind = kind_of_domain(reference.kind)
            if kind not in kinds:
                message = f"{reference.kind!r} is no kind that can stand here.{did_you_mean(kind, kinds)}"
                self.problems.append(place.problem("wrong-kind", f"{message} Possible: {', '.join(kinds)}."))
                return None
            kinds = (kind,)
        if reference.id is not None:
            return self._resolve_id(reference.id, reference.title, kinds, place)
        if reference.title is None:
            self.problems.append(place.problem("empty-reference", "This names nothing; it needs an id or a title."))
            return None
        return self._resolve_title(reference.title, kinds, place)

    def _resolve_title(self, title: str, kinds: tuple[str, ...], place: Place) -> NodeKey | None:
        minted = slug(title)
        found = self._titled(minted, kinds) or self._identified(title, kinds)
        if not found and minted:
            found = self._identified(minted, kinds)
        if found:
            key = self._only(found, title, place)
            if key and self.stub_titles.get(key) and minted == slug(self.title(key)):
                self.declare_stub(key, title, place)
            return key
        if not minted:
            self.problems.append(place.problem("empty-slug", f"{title!r} names nothing: it has no letter or digit."))
            return None
        return self._stub(minted, title, kinds, place)

    def _resolve_id(self, identifier: str, title: str | None, kinds: tuple[str, ...], place: Place) -> NodeKey | None:
        found = self._identified(identifier, kinds)
        if not found and (title is None or slug(identifier) == identifier):
            # A title, or the id that an element would have been given for it, also names the element: people write
            # titles where ids are due, and a stub of that id may have been adopted since by an element of another id.
            found = [key for key in self._titled(slug(identifier), kinds) if not self._is_stub(key)]
        if not found:
            return self._stub(identifier, title, kinds, place)
        key = self._only(found, identifier, place)
        if key and title is not None:
            if self.dataset.nodes.get(key, {}).get("isStub"):
                self.declare_stub(key, title, place)
            else:
                self._refuse_mismatch(key, title, place)
        return key

    def knows(self, name: str, label: str) -> bool:
        """Tell whether an element of a kind has a text as its id or title."""
        return bool(self._identified(name, (label,)) or self._titled(slug(name), (label,)))

    def named(self, name: str, label: str, place: Place) -> NodeKey | None:
        """Find the element of a kind that has a text as its id or, where there is none, as its title."""
        if not self.knows(name, label):
            message = f"There is no {label} known as {name!r}.{self._hints.did_you_mean(name, self._known((label,)))}"
            self.problems.append(place.problem("unknown-reference", message))
            return None
        reference = Reference(id=name) if self._identified(name, (label,)) else Reference(title=name)
        return self.resolve(reference, (label,), place)

    def nested(self, label: str, identifier: str, place: Place) -> NodeKey:
        """Find the element that a nested record with nothing but an id names; where there is none, it is this one."""
        key = NodeKey(label, identifier)
        if key not in self.dataset.nodes and key not in self.elsewhere.nodes:
            self.define(key, {"title": identifier}, place)
        return key

    def _refuse_mismatch(self, key: NodeKey, title: str, place: Place) -> None:
        if slug(title) != slug(self.title(key)):
            message = f"{key} has the title {self.title(key)!r}, not {title!r}; correct the id or the title."
            self.problems.append(place.problem("reference-mismatch", message))

    def _titled(self, minted: str, kinds: tuple[str, ...]) -> list[NodeKey]:
        titles = (self._names.by_title, self._names_elsewhere.by_title)
        found = {key: None for known in titles for kind in kinds for key in known.get((kind, minted), ())}
        return self._defined(found)

    def _defined(self, found: Iterable[NodeKey]) -> list[NodeKey]:
        """Return which of several elements a name means: those that are defined, or if none is, all of them."""
        return [key for key in found if not self._is_stub(key)] or list(found)

    def _identified(self, identifier: str, kinds: tuple[str, ...]) -> list[NodeKey]:
        both = self._names.by_id.get(identifier, []) + self._names_elsewhere.by_id.get(identifier, [])
        return list(dict.fromkeys(key for key in both if key.label in kinds))

    def _is_stub(self, key: NodeKey) -> bool:
        where = self.dataset if key in self.dataset.nodes else self.elsewhere
        return bool(where.nodes[key].get("isStub"))

    def _only(self, found: list[NodeKey], name: str, place: Place) -> NodeKey | None:
        if len(found) == 1:
            return found[0]
        candidates = "; ".join(sorted(f"{key.label} {key.id} ({self.title(key)})" for key in found))
        message = f"{name!r} can be any of: {candidates}. Name it by kind and id."
        self.problems.append(place.problem("ambiguous-reference", message))
        return None

    def _stub(self, identifier: str, title: str | None, kinds: tuple[str, ...], place: Place) -> NodeKey | None:
        name = title or identifier
        if len(kinds) > 1:
            hint = self._hints.did_you_mean(name, self._known(kinds))
            message = f"Nothing is known as {name!r}.{hint} To refer to it all the same, say which kind it is:"
            self.problems.append(place.problem("unknown-reference", f"{message} {', '.join(kinds)}."))
            return None
        if not self.metamodel.may_be_stub(kinds[0]) or not self.stubs_allowed:
            message = f"There is no {kinds[0]} known as {name!r}.{self._hints.did_you_mean(name, self._known(kinds))}"
            self.problems.append(place.problem("unknown-reference", message))
            return None
        key = NodeKey(kinds[0], identifier)
        self.declare_stub(key, title, place)
        return key

    def _known(self, kinds: tuple[str, ...]) -> Iterator[str]:
        for key in (*self.dataset.nodes, *self.elsewhere.nodes):
            if key.label in kinds:
                yield from (self.title(key), key.id)

    # Edges

    def state(self, type_: str, source: NodeKey, target: NodeKey, properties: Properties, place: Place) -> None:
        """Put in an edge that stands outside relationship records; what a record holds is stated there alone."""
        record = properties.get("relationshipID")
        if record in self.record_ids and type_ != "PARTICIPATES_IN":
            message = (
                f"The relationshipID {record!r} is that of a relationship record; state this {type_} in the record."
            )
            self.problems.append(place.problem("record-form", message))
        else:
            self.join(type_, source, target, properties, place)

    def join(self, type_: str, source: NodeKey, target: NodeKey, properties: Properties, place: Place) -> None:
        """Put in an edge, with these properties as its own; one that is stated several times must be stated alike."""
        row = self.metamodel.relationship(type_, source.label, target.label)
        if row is None:
            message = f"A {source.label} cannot be joined to a {target.label} by {type_}."
            self.problems.append(place.problem("wrong-relationship", message))
            return
        if source == target and type_ != "NEXT_STAGE":
            self.problems.append(place.problem("self-reference", f"{source} is joined to itself by {type_}."))
            return
        key = EdgeKey(type_, source, target, str(properties.get(row.key, "")) if row.key else "")
        known = self.dataset.edges.get(key)
        if known is None:
            self.dataset.edges[key] = properties
            self.places[key] = place
            self._note_part(key)
            return
        position = min((each[POSITION] for each in (known, properties) if POSITION in each), default=None)
        for name, value in properties.items():
            if name != POSITION and known.setdefault(name, value) != value:
                message = f"{key} has {name} {known[name]!r} in another place, and {value!r} here."
                self.problems.append(place.problem("contradiction", message))
        if position is not None:
            known[POSITION] = position

    def _note_part(self, edge: EdgeKey) -> None:
        if edge.type == "HAS_STAGE":
            self._parts.setdefault(edge.source, {})[edge.target] = None

    def part_titled(self, whole: NodeKey, label: str, title: str, place: Place) -> NodeKey | None:
        """Find a stage by its title (or id) within a journey or value stream, or make a stub of it there."""
        parts = self._parts.get(whole, {})
        named = [part for part in parts if part.id == title or slug(self.title(part)) == slug(title)]
        if named := self._defined([part for part in named if part.id == title] or named):
            found = self._only(sorted(named), title, place)
            if found and self._is_stub(found):
                # Whoever names a stage that nobody defines says too that it is one of this journey.
                self.join("HAS_STAGE", whole, found, {}, place)
            return found
        if not slug(title):
            self.problems.append(place.problem("empty-slug", f"{title!r} names nothing: it has no letter or digit."))
            return None
        key = NodeKey(label, f"{whole.id}/{slug(title)}")
        if not self.stubs_allowed:
            message = f"{whole} has no stage {title!r}.{did_you_mean(title, map(self.title, parts))}"
            self.problems.append(place.problem("unknown-reference", message))
            return None
        self.declare_stub(key, title, place)
        self.join("HAS_STAGE", whole, key, {}, place)
        return key
