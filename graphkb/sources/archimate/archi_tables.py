"""The three tables that Archi exports: elements, relations and properties, each file with its header."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from graphkb.errors import DataError
from graphkb.model.validation import Place
from graphkb.sources.archimate.model import (
    Concept,
    Relation,
    concept_id,
    concept_type,
    model_of,
    one_line,
    paragraphs,
    placed,
    property_list,
)
from graphkb.sources.archimate.recognition import COLUMNS, TABLE_NAME, is_archi_table
from graphkb.sources.delimited import MAX_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.errors import Problem
    from graphkb.sources.archimate.model import Model
    from graphkb.sources.reading import InputFile

_DELIMITERS: Final = ",;\t"
_MODEL: Final = "ArchimateModel"
"""Type of the row that is the model itself."""


def table_model(file: InputFile) -> Model | None:
    """Return the model of which a file holds the elements; None for a table that belongs to such a file beside it.

    Raises :class:`~graphkb.errors.DataError` for a table beside which the elements are missing.
    """
    named = TABLE_NAME.fullmatch(file.path.name)
    if named is None or not is_archi_table(file):
        message = "The file is none of Archi's tables: *elements.csv, *relations.csv and *properties.csv."
        raise DataError([file.place.problem("not-a-model", message)])
    beside = {table: file.beside.get(f"{named['prefix']}{table}.csv") for table in COLUMNS}
    found = {table: each for table, each in beside.items() if each and is_archi_table(each)}
    if named["table"] != "elements":
        if "elements" not in found:
            missing = f"{named['prefix']}elements.csv"
            message = f"The table belongs to a model of which {missing} is missing; load both, or their folder."
            raise DataError([file.place.problem("missing-file", message)])
        return None
    return _model(file, found.get("relations"), found.get("properties"))


def _model(elements: InputFile, relations: InputFile | None, properties: InputFile | None) -> Model:
    notes = ["Archi's tables hold no views."]
    held: dict[str, list[tuple[str, str]]] = {}
    for row, _ in _rows(properties, "properties", notes):
        held.setdefault(row["ID"], []).append((row["Key"], row["Value"]))
    name = ""
    read: list[Concept] = []
    for row, line in _rows(elements, "elements", notes):
        if row["Type"] == _MODEL:
            name = row["Name"]
        else:
            read.append(_concept(row, elements, "element", line, held))
    joined: list[Relation] = []
    for row, line in _rows(relations, "relations", notes):
        common = _concept(row, relations or elements, "relation", line, held)
        ends = concept_id(row["Source"]), concept_id(row["Target"])
        fields = {each: getattr(common, each) for each in Concept.__dataclass_fields__}
        joined.append(Relation(**fields, source=ends[0], target=ends[1]))
    return model_of(name, read, joined, (), notes)


def _rows(file: InputFile | None, table: str, notes: list[str]) -> Iterator[tuple[dict[str, str], int]]:
    """Yield the rows of a table that hold something, with their lines; the names of all columns are there."""
    if file is None:
        notes.append(f"There is no table of {table} beside the elements.")
        return
    text = _decoded(file, notes)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    # Archi itself reads cells with blanks behind their quotes, so quotes are not taken strictly.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    empty = dict.fromkeys((*COLUMNS[table], "Specialization"), "")
    header: list[str] = []
    problems: list[Problem] = []
    line, here = 1, file.place
    limit = csv.field_size_limit(MAX_CELL)
    try:
        for cells in reader:
            values = [_unhidden(each) for each in cells]
            here = Place(str(file.path), "", {"": line})
            if not header:
                header = values
            elif any(values[len(header) :]):
                problems.append(here.problem("row-shape", f"The row has more cells than the {len(header)} columns."))
            elif any(values):
                yield empty | dict(zip(header, values, strict=False)), line
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError([Place(str(file.path), "", {"": line}).problem("syntax", f"No table: {error}.")]) from error
    finally:
        csv.field_size_limit(limit)
    if text.count('"') % 2:
        problems.append(here.problem("syntax", "No table: a quote is not closed, or not doubled within quotes."))
    if problems:
        raise DataError(problems)


def _decoded(file: InputFile, notes: list[str]) -> str:
    """Return the text of a table, which Archi writes in UTF-8 or in the encoding of Windows."""
    try:
        return file.content.decode(file.dialect.encoding or "utf-8-sig")
    except UnicodeDecodeError:
        notes.append(f"{file.path.name} is not UTF-8, so read as Windows-1252.")
        return file.content.decode("cp1252", errors="replace")


def _unhidden(cell: str) -> str:
    """Return a cell without the ``=" "`` by which Archi can keep spreadsheet programs from trimming it."""
    text = cell.strip()
    return text[2:-1].strip() if text.startswith('="') and text.endswith('"') else text


def _concept(
    row: dict[str, str], file: InputFile, what: str, line: int, held: dict[str, list[tuple[str, str]]]
) -> Concept:
    identifier = concept_id(row["ID"])
    return Concept(
        id=identifier,
        type=concept_type(row["Type"]),
        name=one_line(row["Name"]),
        documentation=paragraphs(row["Documentation"]),
        specialization=one_line(row["Specialization"]),
        properties=property_list(held.get(row["ID"], ()) if row["ID"] else ()),
        place=placed(str(file.path), f"{what} {identifier!r}", line),
    )
