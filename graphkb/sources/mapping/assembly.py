"""From one row to the content of a record: each field's value found, converted and put where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from graphkb.sources.mapping.paths import Steps, find, text_of
from graphkb.sources.mapping.targets import converted, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.sources.mapping.language import Entry, Origin
    from graphkb.sources.mapping.targets import Slot, Slots


MAX_PARTS: Final = 100
"""Most parts of a number such as 1.2.3 that count."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values, the steps to it, and its place among the rows from 1."""

    value: Any
    steps: Steps
    position: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value for a record, and the steps to where it stands."""

    value: Any
    steps: Steps


Node: TypeAlias = "Leaf | list[Node] | dict[str, Node]"
"""Content of a record of which every value knows where it stands."""


class Uneven(ValueError):
    """Columns that make up one list have different numbers of values; the message names them."""

    def __init__(self, message: str, leaf: Leaf) -> None:
        super().__init__(message)
        self.leaf = leaf


def plain(node: Node) -> Any:
    """Return the values alone."""
    if isinstance(node, Leaf):
        return node.value
    if isinstance(node, list):
        return [plain(each) for each in node]
    return {name: plain(each) for name, each in node.items()}


def leaf_at(node: Node, pointer: str) -> Leaf | None:
    """Return the value at a JSON pointer, or the first one near it."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and name.isdigit() and int(name) < len(node):
            node = node[int(name)]
        elif isinstance(node, dict) and name in node:
            node = node[name]
    while not isinstance(node, Leaf):
        inside = node if isinstance(node, list) else list(node.values())
        if not inside:
            return None
        node = inside[0]
    return node


def selects(part: Entry | Origin, value: Any) -> bool | None:
    """Tell whether a row is taken: None for one that is left out on purpose."""
    if any(set(texts).intersection(_texts(value, column)) for column, texts in part.skip.items()):
        return None
    return all(set(texts).intersection(_texts(value, column)) for column, texts in part.only.items())


def _texts(value: Any, column: str) -> list[str]:
    return [text_of(each) for each, _ in find(value, column)] or [""]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the fields of a part of a mapping are filled, looked up once for all rows."""

    filled: tuple[tuple[Origin, tuple[Slot, ...]], ...]
    parted: Mapping[str, Slot]
    """Fields that are given in parts."""
    needing: frozenset[str]
    """Of these, those of which a part comes from the row: where it has none, constants alone make nothing."""

    @classmethod
    def of(cls, fields: Mapping[str, Origin], slots: Slots) -> _Plan:
        """Look up what the fields of a mapping fill."""
        filled = tuple((origin, resolve(slots, name)) for name, origin in fields.items())
        parted = {path[0].name: path[0] for _, path in filled if len(path) > 1}
        from_row = {path[0].name for origin, path in filled if not origin.is_constant}
        return cls(filled, parted, frozenset(parted) & from_row)


class Assembler:
    """Builds the records of one entry from the rows that it takes of one file, or what is nested in a record."""

    def __init__(self, rows: list[Row], plans: dict[int, _Plan] | None = None) -> None:
        self.rows = rows
        self._numbered: dict[str, dict[tuple[str, ...], Row]] = {}
        self._plans: dict[int, _Plan] = {} if plans is None else plans

    def build(self, fields: Mapping[str, Origin], slots: Slots, row: Row) -> dict[str, Node]:
        """Return the content of a record, without the fields for which the row has nothing.

        Raises :class:`Uneven` where columns that make up one list do not go together.
        """
        plan = self._plans.get(id(fields))
        if plan is None:
            plan = self._plans[id(fields)] = _Plan.of(fields, slots)
        tree: dict[str, Node] = {}
        found: set[str] = set()
        for origin, path in plan.filled:
            node = self._value(origin, row, path)
            if node is not None:
                branch: Any = tree
                for slot in path[:-1]:
                    branch = branch.setdefault(slot.name, {})
                branch[path[-1].name] = node
                if not origin.is_constant:
                    found.add(path[0].name)
        for name in plan.needing - found:
            tree.pop(name, None)
        return {
            name: _gathered(node, plan.parted[name]) if name in plan.parted else node for name, node in tree.items()
        }

    def _value(self, origin: Origin, row: Row, path: tuple[Slot, ...]) -> Node | None:
        slot = path[-1]
        if origin.fields:
            return self._objects(origin, row, slot)
        if origin.column is None:
            value = row.position if origin.position else origin.value
            return Leaf(converted(value, slot), row.steps)
        found = [Leaf(converted(value, slot), steps) for value, steps in self._found(origin, origin.column, row)]
        many = any(each.many for each in path)
        if len(found) > 1 and slot.inside is None and str in slot.takes and not many:
            return Leaf("\n".join(text_of(each.value) for each in found), found[0].steps)
        is_list = len(found) > 1 or (many and origin.split is not None) or (slot.many and slot.inside is None)
        return (list(found) if is_list else found[0]) if found else None

    def _objects(self, origin: Origin, row: Row, slot: Slot) -> Node | None:
        rows = [
            Row(value, steps, position)
            for position, (value, steps) in enumerate(find(row.value, origin.rows or "", row.steps), 1)
            if selects(origin, value)
        ]
        nested = Assembler(rows, self._plans)
        built = [nested.build(origin.fields, slot.inside or {}, each) for each in rows]
        needed = {name.partition(".")[0] for name, each in origin.fields.items() if not each.is_constant}
        filled: list[Node] = [each for each in built if each and (not needed or not needed.isdisjoint(each))]
        if not filled:
            return None
        return filled[0] if len(filled) == 1 and not slot.many else filled

    def _found(self, origin: Origin, column: str, row: Row) -> Iterator[tuple[Any, Steps]]:
        """Yield the values of a column: split, trimmed, replaced, prefixed, and none that is empty."""
        source = row if origin.numbering is None else self._above(origin.numbering, row)
        for value, steps in _items(source.value, column, source.steps) if source else ():
            for part in value.split(origin.split) if origin.split and isinstance(value, str) else [value]:
                trimmed = (part.strip() or None) if isinstance(part, str) else part
                found = origin.values.get(text_of(part), trimmed)
                if origin.prefix and isinstance(found, str | int | float):
                    found = f"{origin.prefix}{text_of(found)}"
                if isinstance(found, list):
                    yield from ((each, steps) for each in found)
                elif found is not None:
                    yield found, steps

    def _above(self, numbering: str, row: Row) -> Row | None:
        """Return the nearest row above in a numbering."""
        if numbering not in self._numbered:
            known: dict[tuple[str, ...], Row] = {}
            for each in self.rows:
                known.setdefault(_number(each, numbering), each)
            self._numbered[numbering] = known
        number, known = _number(row, numbering), self._numbered[numbering]
        shorter = (number[:end] for end in range(len(number) - 1, 0, -1))
        return next((known[each] for each in shorter if each in known), None)


def _items(value: Any, path: str, steps: Steps) -> Iterator[tuple[Any, Steps]]:
    """Yield what a path leads to; a list at its end is its items."""
    for each, at in find(value, path, steps):
        if isinstance(each, list):
            yield from ((item, (*at, index)) for index, item in enumerate(each))
        else:
            yield each, at


def _number(row: Row, numbering: str) -> tuple[str, ...]:
    """Return the parts of a row's number; ``1``, ``1.`` and ``1.0`` are one number."""
    parts = [part.strip() for part in _texts(row.value, numbering)[0].split(".", MAX_PARTS)]
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return tuple(parts)


def _gathered(node: Node, slot: Slot) -> Node:
    """Turn the parts of a list's items into items: what is a list itself gives one to each, the rest goes to all."""
    if not isinstance(node, dict):
        return node
    inside = slot.inside or {}
    parts = {name: _gathered(each, inside[name]) for name, each in node.items()}
    if not slot.many:
        return dict(parts)
    lists = {name: each for name, each in parts.items() if isinstance(each, list) and not inside[name].many}
    counts = {name: len(each) for name, each in lists.items()}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{count} of {name}" for name, count in counts.items())
        leaf = leaf_at(next(iter(lists.values())), "")
        raise Uneven(f"The items of {slot.name} cannot be put together: there are {told}.", leaf or Leaf(None, ()))
    items = range(max(counts.values(), default=1))
    return [{name: lists[name][index] if name in lists else each for name, each in parts.items()} for index in items]
