"""A workbook to fill in: a sheet for each kind, whose header says what its cells mean and may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from graphkb.errors import UsageError
from graphkb.exports.workbook import add_names, dress, new_workbook, saved, sheet_titles
from graphkb.model.annotations import limits, type_name
from graphkb.model.declaration import (
    KEY,
    ON_EDGE,
    REFERENCE_FIELDS,
    STAGE_PAIRS,
    TITLE,
    Children,
    Element,
    Flattened,
    Link,
    Reified,
    fields_of,
    text_field,
)
from graphkb.model.encoding import title_links
from graphkb.model.governance import Evidenced, LivingDocument
from graphkb.model.meanings import definition_of, meaning_of
from graphkb.model.metamodel import METAMODEL, POSITION
from graphkb.model.names import did_you_mean
from graphkb.model.properties import JsonText, Property
from graphkb.model.relations import EXACTLY_ONE
from graphkb.sources.sheets import START_SHEET
from graphkb.sources.tables import owner_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl import Workbook

    from graphkb.model.declaration import Field, Record, RelationshipRecord
    from graphkb.model.metamodel import Metamodel

USUAL: Final = (
    "CustomerSegment",
    "Persona",
    "Journey",
    "JourneyStage",
    "Touchpoint",
    "StageExperience",
    "Capability",
    "CapabilityGap",
    "ValueStream",
    "ValueStreamStage",
    "Product",
    "Service",
    "Strategy",
    "Initiative",
    "OrgUnit",
    "Channel",
    "customerCapabilityRelationships",
    "customerValueStreamRelationships",
    "customerProductServiceRelationships",
    "customerStrategyRelationships",
)
"""What a template has sheets for where nothing else is asked."""
ROWS: Final = 1000
"""Rows for which choices and limits are set."""
WIDE: Final = 30
"""Width of columns for titles and descriptions, in characters."""
NARROW: Final = 14
INLINE: Final = 250
"""Most characters of a list of choices that stands within a cell's rule; longer ones have a sheet of their own."""
CHOICES_SHEET: Final = "_Choices"

_NEEDED: Final = PatternFill("solid", fgColor="FFE08A")
_WANTED: Final = PatternFill("solid", fgColor="FFF6D8")
_OTHER: Final = PatternFill("solid", fgColor="E8EEF4")
_RECORD: Final = PatternFill("solid", fgColor="E4E4E4")
_ORDER: Final = (_NEEDED, _WANTED, _OTHER, _RECORD)
_ABOUT_RECORDS: Final = frozenset(LivingDocument.__annotations__ | Evidenced.__annotations__)
"""Fields that say something of the record rather than of what it describes."""
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_SEVERAL: Final = "Several values stand in one cell, with ; between them."
_ITEMS: Final = "Of several, this is one for each, in the same order, with ; between them."

_ADVICE: Final = {
    "Rows": "Each row of a sheet is one element. Sheets and columns that you do not need may be deleted.",
    "Names": "An element is named by its title or its id. An id that is left empty is made of the title.",
    "Meaning": "Point at the head of a column: a note says what belongs there. Cells with choices have a list.",
    "Several values": "They stand in one cell with ; between them. A value with a ; in it stands in double quotes.",
    "Remarks": "Sheets and columns whose name begins with _ are not read, nor is this page.",
    "Load it": "graphkb load FILE.xlsx --source NAME --dry-run shows what would change, and problems with their "
    "cells. Without --dry-run it is loaded.",
}
"""What the first page tells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    name: str
    meaning: str
    fill: PatternFill = _OTHER
    annotation: Any = None
    """Type of a single value, where the cell holds one; its choices and limits are set as rules of the cells."""


def template(kinds: Sequence[str] = USUAL, metamodel: Metamodel = METAMODEL) -> bytes:
    """Return a workbook with a sheet for each of some kinds or lists of records, ready to be filled in and loaded.

    Raises :class:`~graphkb.errors.UsageError` for a name that is none.
    """
    sheets = _sheets(kinds, metamodel)
    titles = {name: title for title, name in sheet_titles(sheets).items()}
    book = new_workbook()
    _explain(book, {titles[name]: (model, owner) for name, (model, owner) in sheets.items()})
    inside = {model for model, owner in sheets.values() if owner}
    for name, (model, owner) in sheets.items():
        sheet = book.create_sheet(titles[name])
        columns = [*([_owner(owner)] if owner else ()), *columns_of(model, metamodel, inside)]
        # What a row needs stands on the left, and what is about the record itself is folded on the right.
        columns.sort(key=lambda column: _ORDER.index(column.fill))
        for index, column in enumerate(columns, 1):
            _head(sheet, index, column)
            if rule := _rule(column, book):
                sheet.add_data_validation(rule)
                rule.add(f"{get_column_letter(index)}2:{get_column_letter(index)}{ROWS}")
        dress(sheet, [max(len(column.name), WIDE if column.fill is _WANTED else NARROW) for column in columns])
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    add_names(book, sheets)
    return saved(book)


def _head(sheet: Any, index: int, column: Column) -> None:
    """Write the head of a column with what it means."""
    cell = sheet.cell(1, index, column.name)
    cell.comment = Comment(column.meaning, "graphkb", height=110, width=320)
    cell.fill = column.fill
    dimension = sheet.column_dimensions[get_column_letter(index)]
    if column.annotation is None or "text" in type_name(column.annotation):
        # As text, a program does not make a day of 2026-05 or drop the zeros in front of an id.
        dimension.number_format = "@"
    if column.fill is _RECORD:
        dimension.outlineLevel, dimension.hidden = 1, True


Sheets = dict[str, "tuple[type[Record], type[Element] | None]"]
"""Models of rows by the name of their table, each with the kind in whose records they are nested, if any."""


def _sheets(kinds: Sequence[str], metamodel: Metamodel) -> Sheets:
    """Return the sheets of kinds; one that must belong to another kind is nested in it, where that has a sheet too."""
    known: dict[str, type[Element | RelationshipRecord]] = {
        **metamodel.kinds,
        **metamodel.lists,
        **metamodel.records,
    }
    for name in kinds:
        if name not in known:
            hint = did_you_mean(name, known) or " See `graphkb schema`."
            raise UsageError(f"There is no kind or list {name!r}.{hint}")
    models = dict.fromkeys(known[name] for name in kinds)
    found: Sheets = {}
    for model in models:
        owned = [
            (kind, field.name, field.role.type)
            for kind in metamodel.lists.values()
            for field in fields_of(kind)
            if isinstance(field.role, Children) and field.item is model and kind in models and kind is not model
        ]
        if owned and _belongs(model, owned[0][2], metamodel):
            kind, field_name, _ = owned[0]
            found[f"{kind.list_name}.{field_name}"] = model, kind
        else:
            found[model.list_name] = model, None
    return found


def _belongs(model: Any, type_: str, metamodel: Metamodel) -> bool:
    """Tell whether each element of a kind is a part of another one by edges of a type."""
    rows = (row for row in metamodel.relationships if row.type == type_)
    return any(row.per_target == EXACTLY_ONE and model.label in row.targets for row in rows)


def _owner(kind: type[Element]) -> Column:
    return Column(owner_column(kind), f"Id or title of the {kind.label} that this row belongs to.", _NEEDED)


def columns_of(model: type[Record], metamodel: Metamodel, inside: set[type[Record]]) -> Iterator[Column]:
    """Yield the columns in which people fill in a record; what is in ``inside`` has a sheet of its own."""
    for field in fields_of(model):
        role = field.role
        if isinstance(role, Flattened) or (isinstance(role, Reified) and not field.many):
            yield from _parts(field, "")
        elif isinstance(role, Reified) or role is STAGE_PAIRS:
            yield from _parts(field, _ITEMS)
        elif isinstance(role, Link) and not role.read_only:
            yield from _link(model, field, role, metamodel)
        elif isinstance(role, Children) and field.item not in inside and text_field(field.item):
            yield Column(field.name, f"{meaning_of(model, field.attribute)} {_SEVERAL}", _fill(model, field))
        elif not isinstance(role, Link | Children | JsonText):
            yield _plain(model, field)


def _plain(model: type[Record], field: Field) -> Column:
    meaning = meaning_of(model, field.attribute)
    optional = field.role is KEY and not model.model_fields[field.attribute].is_required()
    told = "May be left empty: it is then made of the title." if optional else _kind_of_value(field)
    annotation = None if field.many or field.role is KEY else field.annotation
    return Column(field.name, f"{meaning} {told}", _fill(model, field), annotation)


def _fill(model: type[Record], field: Field) -> PatternFill:
    """Return the color that tells how much a row needs a column."""
    links = title_links(model) if issubclass(model, Element) else ()
    if model.model_fields[field.attribute].is_required() or field.attribute in links:
        return _NEEDED
    if field.expected or field.role in (KEY, TITLE):
        return _WANTED
    return _RECORD if field.attribute in _ABOUT_RECORDS else _OTHER


def _parts(field: Field, note: str) -> Iterator[Column]:
    """Yield a column for each plain field of what a field holds."""
    for inner in fields_of(field.item):
        plain = isinstance(inner.role, Property) or inner.role in (TITLE, ON_EDGE)
        if plain and not isinstance(inner.role, JsonText) and not (note and inner.many):
            meaning = f"{meaning_of(field.item, inner.attribute)} {_kind_of_value(inner)} {note}".strip()
            annotation = None if note or inner.many else inner.annotation
            yield Column(f"{field.name}.{inner.name}", meaning, annotation=annotation)


def _link(model: type[Record], field: Field, role: Link, metamodel: Metamodel) -> Iterator[Column]:
    """Yield the columns that name other elements, with those of the properties that the edges carry."""
    kinds = metamodel.link_kinds(model, field)
    several, note = (_SEVERAL, _ITEMS) if field.many and not role.scalar else ("", "")
    named = f"Title or id of {' or '.join(kinds)}."
    meaning = f"{meaning_of(model, field.attribute)} {named} {several}".strip()
    carried = [
        each
        for each in fields_of(field.item)
        if each.attribute not in REFERENCE_FIELDS and each.name != POSITION and not each.many
    ]
    if role.scalar or (not carried and len(kinds) == 1):
        yield Column(field.name, meaning, _fill(model, field))
        return
    yield Column(f"{field.name}.title", meaning, _fill(model, field))
    if len(kinds) > 1:
        yield Column(f"{field.name}.{role.kind_name}", f"Kind of the other element: {', '.join(kinds)}. {note}".strip())
    for each in carried:
        told = f"{meaning_of(field.item, each.attribute)} {_kind_of_value(each)} {note}".strip()
        yield Column(f"{field.name}.{each.name}", told, annotation=None if note else each.annotation)


def _kind_of_value(field: Field) -> str:
    told = type_name(field.annotation)
    return f"{told[:1].upper()}{told[1:]}.{f' {_SEVERAL}' if field.many else ''}"


def _rule(column: Column, book: Workbook) -> DataValidation | None:
    """Return the rule that offers choices and keeps to limits, if there are any."""
    if column.annotation is None:
        return None
    found = limits(column.annotation)
    if type_name(column.annotation) == "true or false":
        found = {"values": ["TRUE", "FALSE"]}
    if "values" in found:
        rule = DataValidation("list", formula1=_choices(list(map(str, found["values"])), book), allow_blank=True)
        rule.error = f"{column.name} is one of the listed values."
    elif "range" in found and None not in found["range"]:
        low, high = found["range"]
        kind: Literal["whole", "decimal"] = "whole" if "integer" in type_name(column.annotation) else "decimal"
        rule = DataValidation(kind, operator="between", formula1=str(low), formula2=str(high), allow_blank=True)
        rule.error = f"{column.name} is a number from {low} to {high}."
    else:
        return None
    rule.errorTitle, rule.showErrorMessage = "Not possible here", True
    return rule


def _choices(values: list[str], book: Workbook) -> str:
    """Return the formula of a list of choices; one that is long, or has commas in it, stands in a hidden sheet."""
    joined = ",".join(values)
    if len(joined) <= INLINE and not any("," in each or '"' in each for each in values):
        return f'"{joined}"'
    if CHOICES_SHEET not in book.sheetnames:
        book.create_sheet(CHOICES_SHEET).sheet_state = "hidden"
    sheet = book[CHOICES_SHEET]
    index = 1
    while sheet.cell(1, index).value is not None:
        if [sheet.cell(row, index).value for row in range(1, len(values) + 2)] == [*values, None]:
            break
        index += 1
    for row, value in enumerate(values, 1):
        sheet.cell(row, index, value)
    letter = get_column_letter(index)
    return f"={CHOICES_SHEET}!${letter}$1:${letter}${len(values)}"


def _explain(book: Workbook, sheets: Sheets) -> None:
    """Write the page that says how to fill in the others."""
    sheet = book.create_sheet(START_SHEET)
    lines = [
        ("How to fill in this workbook", ""),
        *_ADVICE.items(),
        ("", ""),
        ("Strong yellow", "A row cannot do without the column."),
        ("Light yellow", "A complete row has the column. An id or a title it must have."),
        ("Grey", "About the record itself, such as when it was reviewed; these columns are folded away."),
        ("", ""),
        *((title, _sentence(model, owner)) for title, (model, owner) in sheets.items()),
    ]
    for number, (name, text) in enumerate(lines, 1):
        sheet.cell(number, 1, name).font = Font(bold=True, size=14 if number == 1 else 11)
        cell = sheet.cell(number, 2, text)
        cell.alignment = _WRAPPED
        if fill := {"Strong yellow": _NEEDED, "Light yellow": _WANTED, "Grey": _RECORD}.get(name):
            sheet.cell(number, 1).fill = fill
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 36, 110


def _sentence(model: type[Record], owner: type[Element] | None) -> str:
    told = definition_of(model)
    return f"{told} Each belongs to a {owner.label}, which the first column names." if owner else told
