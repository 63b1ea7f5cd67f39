"""The metamodel for people, as a page and as lines: what exists, how it is written in files, and what it becomes."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.declaration import Flattened, Link, fields_of
from graphkb.model.meanings import definition_of
from graphkb.model.metamodel import METAMODEL
from graphkb.model.relations import EVERYTHING
from graphkb.model.schema import fields_described, schema_dict, without_nested

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkb.model.metamodel import Metamodel
    from graphkb.model.relations import RelationshipKind

MOST_BOXES: Final = 24
"""Most boxes of a picture that can be taken in."""
FEW: Final = 3
"""Most kinds at one end of a relationship that have a box each; more share one."""
LISTED: Final = 6
"""Most kinds that stand in a cell of a table."""
FEW_WORDS: Final = 8
"""Most suggested texts that stand in a table."""

_INTRODUCTION: Final = """\
# The metamodel

Made from the declarations in `graphkb/model/` by `graphkb schema --format markdown`. `--format json` prints the same
for programs, and [graphkb.schema.json](graphkb.schema.json) checks files while they are written. Names of fields and
values of the customer domain follow the Orthogramic Metamodel; see [NOTICE](../NOTICE).

A file is an object of lists, such as `journeys` or `customerSegments`, and a list holds records. In the tables of
fields:

- **becomes** says what a field is in the graph: a property of the node, or an edge. What names another element is its
  title, or an object with its id or `title` and the properties of the edge, which the table of relationships lists.
- **required** fields belong to a complete record. A record loads without them, as long as it has an id or a title.
- One item may stand where a list is due, and names that start with `_` are remarks.
"""
_RELATIONSHIPS: Final = """
A relationship runs from its source to its target. *Per target* is how many may end at one target, *per source* how many
may start at one source. Any of them can be stated in the list `relationships` too, as an object of `type`, `from`, `to`
and `properties`, unless it has a record form below.
"""
_RECORDS: Final = """
Four relationships have a record form: a list of their own, whose records name both ends and may hold nested objects.
"""
_NESTED: Final = """
What stands in records only, in place of a record of a list.
"""


def schema_page(metamodel: Metamodel = METAMODEL) -> str:
    """Return the page, in Markdown."""
    schema = schema_dict(metamodel)
    kinds = {each["label"]: each for each in schema["kinds"]}
    return "\n".join(
        [
            _INTRODUCTION,
            *_domains(metamodel, kinds),
            "## Relationships",
            _RELATIONSHIPS,
            *_relationships(schema["relationships"]),
            "## Relationship records",
            _RECORDS,
            *(line for each in schema["records"] for line in _record(each)),
            "## Nested objects",
            _NESTED,
            *_nested_objects(metamodel),
        ]
    )


def schema_text(metamodel: Metamodel = METAMODEL) -> str:
    """Return kinds and records with their fields, and the relationships, as lines for a terminal."""
    schema = schema_dict(metamodel)
    lines: list[str] = []
    for name, models in (("label", schema["kinds"]), ("type", schema["records"])):
        for model in models:
            lines.append(f"{model[name]}, list {model['list']}: {model['definition']}")
            fields = without_nested(model["fields"])
            widths = [max(len(str(field[column])) for field in fields) for column in ("name", "becomes")]
            for field in fields:
                graph = ", ".join(map(_short, field["graphName"]))
                values = [] if field["becomes"] == "link" else [_type(field)]
                told = (field["name"].ljust(widths[0]), field["becomes"].ljust(widths[1]), graph, *values)
                lines.append(f"  {'  '.join(told)}")
            lines.append("")
    ends = ((_kinds(row["from"]), row["type"], _kinds(row["to"])) for row in schema["relationships"])
    return "\n".join([*lines, "relationships", *(f"  {' '.join(each)}" for each in ends), ""])


def _domains(metamodel: Metamodel, kinds: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield a chapter for each module that declares kinds: a picture, then the kinds."""
    modules = dict.fromkeys(kind.__module__ for kind in metamodel.kinds.values())
    for module in modules:
        own = [kind.label for kind in metamodel.kinds.values() if kind.__module__ == module]
        heading = re.split(r"[./\\]", module.removesuffix(".py"))[-1].replace("_", " ").capitalize()
        said = (sys.modules[module].__doc__ or "").strip().partition("\n")[0].removeprefix(f"{heading}: ")
        yield f"## {heading}\n"
        yield f"{said[:1].upper()}{said[1:]}\n"
        yield from _picture(own, metamodel)
        for model in metamodel.lists.values():
            if model.__module__ == module:
                yield from _kind(kinds[model.__name__])


# Pictures


def _picture(own: list[str], metamodel: Metamodel) -> Iterator[str]:
    """Yield a picture of kinds, their relationships and their neighbors; say in words what is too much for it."""
    drawn = {row: list(_arrows(row, own, metamodel)) for row in metamodel.relationships}
    arrows: dict[tuple[str, str], list[str]] = {}
    boxes = dict.fromkeys(own)
    beyond: list[str] = []
    for row, pairs in sorted(drawn.items(), key=lambda each: _distance(each[1], own, metamodel)):
        inner = [pair for pair in pairs if {*pair} <= {*own}]
        needed = dict.fromkeys(box for pair in pairs for box in pair)
        if len(boxes | needed) > MOST_BOXES:
            beyond.append(f"{_kinds(row.sources)} `{row.type}` {_kinds(row.targets)}")
        else:
            boxes, inner = boxes | needed, pairs
        for pair in inner:
            arrows.setdefault(pair, []).append(row.type)
    yield "```mermaid"
    yield "flowchart LR"
    yield from (f"  {box}{_caption(box)}" for box in boxes)
    yield from (f"  {source} -->|{', '.join(types)}| {target}" for (source, target), types in arrows.items())
    if neighbors := [box for box in boxes if box not in own]:
        yield "  classDef neighbor stroke-dasharray: 4 3"
        yield f"  class {','.join(neighbors)} neighbor"
    yield "```\n"
    if beyond:
        yield f"Beyond the picture: {'; '.join(beyond)}.\n"


def _distance(pairs: list[tuple[str, str]], own: list[str], metamodel: Metamodel) -> tuple[int, bool]:
    """Return how late a relationship is drawn: among the kinds, to neighbors, to several kinds that share a box."""
    ends = {box for pair in pairs for box in pair if box not in own}
    shared = any(box not in metamodel.kinds for box in ends)
    return 2 if shared else 1 if ends else 0, all(source not in own for source, _ in pairs)


def _arrows(row: RelationshipKind, own: list[str], metamodel: Metamodel) -> Iterator[tuple[str, str]]:
    """Yield the pairs of boxes that a relationship joins, where one of them is a kind of the picture."""
    sources, targets = (_boxes(row.type, several, own) for several in (row.sources, row.targets))
    for source in sources:
        for target in targets:
            joined = source not in metamodel.kinds or target not in metamodel.kinds or row.joins(source, target)
            if joined and (source in own or target in own):
                yield source, target


def _boxes(type_: str, several: tuple[str, ...], own: list[str]) -> list[str]:
    """Return the boxes of the kinds at one end: those of the picture, and others singly or together."""
    if several == EVERYTHING:
        return ["any_kind"]
    others = [label for label in several if label not in own]
    together = [f"{type_}_{len(others)}_kinds"]
    return [label for label in several if label in own] + (others if len(others) <= FEW else together)


def _caption(box: str) -> str:
    return f'["{" ".join(box.split("_")[-2:])}"]' if "_" in box else ""


# Tables


def _kind(described: Mapping[str, Any]) -> Iterator[str]:
    form = "" if described["label"] == described["nodeLabel"] else f" Its nodes are labeled {described['nodeLabel']}."
    yield f"### {described['label']}\n"
    yield f"{described['definition']}{form} List `{described['list']}`, key `{described['key']}`.\n"
    yield from _fields(described["fields"])


def _nested_objects(metamodel: Metamodel) -> Iterator[str]:
    """Yield the tables of what stands within records only, groups of properties aside."""
    models = (*metamodel.lists.values(), *metamodel.records.values())
    held = [field for model in models for field in fields_of(model)]
    nested = dict.fromkeys(field.item for field in held if not isinstance(field.role, Link | Flattened))
    for model in nested:
        if model and model not in metamodel.lists.values():
            label = getattr(model, "label", "")
            yield f"### {model.__name__}\n"
            yield f"{definition_of(model)}{f' Its nodes are labeled {label}.' if label else ''}\n"
            yield from _fields(list(fields_described(model, metamodel)))


def _record(described: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {described['list']}\n"
    yield f"{described['definition']} Becomes `{described['type']}`, key `{described['key']}`.\n"
    yield from _fields(described["fields"])


def _fields(fields: list[dict[str, Any]]) -> Iterator[str]:
    rows = (
        (
            f"`{field['name']}`",
            _type(field),
            ", ".join(f"`{_short(name)}`" for name in field["graphName"]),
            "yes" if field["required"] else "",
            field["meaning"],
        )
        for field in without_nested(fields)
    )
    yield from _table(("field", "type", "becomes", "required", "meaning"), rows)


def _relationships(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield from _table(
        ("type", "from", "to", "reads", "per target", "per source", "properties"),
        (
            (
                f"`{row['type']}`",
                _kinds(row["from"]),
                _kinds(row["to"]),
                row["reads"],
                row["perTarget"],
                row["perSource"],
                "<br>".join(f"`{each['name']}` ({_type(each)}): {each['meaning']}" for each in row["properties"]),
            )
            for row in rows
        ),
    )


def _type(field: Mapping[str, Any]) -> str:
    """Return the type of a field with its range; of texts that are suggested, the first ones."""
    if field.get("becomes") == "link":
        return "links" if field["type"].startswith("list") else "link"
    kept, suggests, known = str(field["type"]).partition(", such as ")
    words = known.split(", ")
    more = f" and {len(words) - FEW_WORDS} more" if len(words) > FEW_WORDS else ""
    least, greatest = field.get("range", (None, None))
    bounds = "" if least is None else f" from {least}" if greatest is None else f" from {least} to {greatest}"
    return f"{kept}{suggests}{', '.join(words[:FEW_WORDS])}{more}{bounds}"


def _short(graph_name: str) -> str:
    """Return what a field becomes, with the number of kinds in place of a long list of them."""
    return re.sub(r"\(([^)]*)\)", lambda found: f"({_alternatives(found[1])})", graph_name)


def _alternatives(labels: str) -> str:
    several = labels.split("|")
    return labels if len(several) <= LISTED else f"{len(several)} kinds"


def _kinds(labels: Iterable[str]) -> str:
    return ", ".join("any kind" if label == "*" else label for label in labels)


def _table(columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
    yield ""
