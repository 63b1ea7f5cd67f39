"""What asking a question gives: typed rows that also know the question, and turn into tables."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, make_dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar, cast, overload

from graphkb.errors import MissingExtra, UsageError
from graphkb.queries import catalog, elements, emptiness
from graphkb.spreadsheets import FORMULA, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd  # type: ignore[import-not-found, import-untyped, unused-ignore]  # optional, imported at use
    import polars as pl  # type: ignore[import-not-found, unused-ignore]  # optional, imported at use

    from graphkb.store.protocol import GraphStore, Row, Value

RowT = TypeVar("RowT")

_TYPES: Final[Mapping[catalog.TypeName, Any]] = {
    "string": str,
    "integer": int,
    "float": float,
    "boolean": bool,
    "list<string>": tuple[str, ...],
    "path": object,
}


class Asked(Protocol):
    """Whatever can be asked: a knowledge base, or any object with a store and folders of questions."""

    @property
    def store(self) -> GraphStore:
        """The store that is asked."""
        ...

    @property
    def question_folders(self) -> tuple[Path, ...]:
        """Folders of further questions, those of extensions."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Sequence[RowT], Generic[RowT]):
    """The rows of one question, in order; an immutable sequence of frozen dataclasses.

    Row attributes are snake_case; the columns of every table and JSON made of it are camelCase, as in the Cypher.
    """

    question: str
    """Name of the question, such as ``gaps/affecting_stages``."""
    text: str
    """The Cypher that was run."""
    parameters: Mapping[str, Value]
    """Every parameter of the question with its value, defaults included; elements by their ids."""
    columns: tuple[str, ...]
    rows: tuple[RowT, ...]
    truncated: bool
    """Whether ``limit`` cut rows off."""
    why: str | None = None
    """Why there are no rows, in a sentence for the user; None when there are some."""

    @overload
    def __getitem__(self, index: int) -> RowT: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[RowT, ...]: ...
    def __getitem__(self, index: int | slice) -> RowT | tuple[RowT, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[RowT]:
        return iter(self.rows)

    def __repr__(self) -> str:
        cut = ", truncated" if self.truncated else ""
        return f"<Answer {self.question}: {len(self.rows)} rows{cut}>"

    def to_dicts(self) -> list[Row]:
        """Return the rows as plain dictionaries by column name."""
        return [dict(zip(self.columns, values, strict=True)) for values in self._values()]

    def to_dict(self) -> dict[str, Value]:
        """Return question, parameters, columns, rows and truncated, ready for JSON; ``why`` too when it is empty."""
        answer: dict[str, Value] = {
            "question": self.question,
            "parameters": dict(self.parameters),
            "columns": list(self.columns),
            "rows": cast("list[Value]", self.to_dicts()),
            "truncated": self.truncated,
        }
        return answer if self.why is None else answer | {"why": self.why}

    def to_markdown(self) -> str:
        """Return a Markdown table, numbers rounded to three decimals; ``why`` under it when it is empty."""
        lines = [self.columns, ("---",) * len(self.columns)]
        lines += [tuple(_markdown_cell(value) for value in values) for values in self._values()]
        table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
        return table if self.why is None else f"{table}\n{_markdown_cell(self.why)}\n"

    def to_csv(self) -> str:
        """Return CSV with a header line; null is empty, the items of a list are joined by ``; ``.

        A text that a spreadsheet program would run as a formula stands in quotes.
        """
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_csv_cell(value) for value in values] for values in self._values())
        return file.getvalue()

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas data frame; raises :class:`~graphkb.errors.MissingExtra` if pandas is not installed."""
        return _optional("pandas").DataFrame(self._values(), columns=list(self.columns))

    def to_polars(self) -> pl.DataFrame:
        """Return a polars data frame; raises :class:`~graphkb.errors.MissingExtra` if polars is not installed."""
        frame: pl.DataFrame = _optional("polars").DataFrame(
            self._values(), schema=list(self.columns), orient="row", infer_schema_length=None
        )
        return frame

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td>{html.escape(text_of(value))}</td>' for value in values)}</tr>"
            for values in self._values()
        )
        note = f"<p>{html.escape(self.why)}</p>" if self.why else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"

    def _values(self) -> list[tuple[Value, ...]]:
        return [
            tuple(list(value) if isinstance(value, tuple) else value for value in _attributes(row)) for row in self.rows
        ]


def ask(
    kb: Asked,
    question_name: str,
    row_type: type[RowT],
    parameters: Mapping[str, object],
    *,
    why: Callable[[GraphStore, Mapping[str, Value]], str | None] | None = None,
) -> Answer[RowT]:
    """Ask a question of the catalog and return its rows as ``row_type``.

    ``why`` is called with the store and all parameters, and only when there are no rows; where it knows nothing, the
    header of the question says why. Raises :class:`~graphkb.errors.UsageError` for parameters that do not fit, a title
    that several elements have, and a text without a column of its header, and what
    :meth:`~graphkb.store.protocol.GraphStore.read` raises.
    """
    question = catalog.find(question_name, further=kb.question_folders)
    arguments = catalog.check_arguments(question, parameters)
    limit = cast("int | None", arguments.get(catalog.LIMIT))
    text = question.text_for(kb.store.name)

    def read() -> list[Row]:
        # One row more tells whether there are more.
        return kb.store.read(text, arguments if limit is None else arguments | {catalog.LIMIT: limit + 1})

    found, reason = read(), None
    if not found:
        # Only now does it matter whether the elements were named by their ids; most often they are.
        named, reason = elements.by_id(kb.store, question, arguments)
        if reason is None and named != arguments:
            arguments = named
            found = read()
    if not found and reason is None:
        reason = (why and why(kb.store, arguments)) or emptiness.reason(kb.store, question, arguments)
    return Answer(
        question=question.name,
        text=text,
        parameters=arguments,
        columns=tuple(column.name for column in question.columns),
        rows=_rows(row_type, question, found[:limit]),
        truncated=limit is not None and len(found) > limit,
        why=reason,
    )


@cache
def row_type_of(name: str, columns: tuple[catalog.Column, ...]) -> type[Any]:
    """Return a frozen dataclass with a field for each column of the question ``name``.

    Raises ValueError for columns that cannot be attributes, such as ``class``.
    """
    fields_ = [(attribute_name(column.name), _python_type(column)) for column in columns]
    called = "".join(word.capitalize() for word in re.split(r"[^A-Za-z0-9]+", name.partition("/")[2]))
    try:
        return make_dataclass(f"{called}Row", fields_, frozen=True, slots=True)
    except TypeError as error:
        raise ValueError(f"{name} cannot have such columns: {error}") from error


def attribute_name(column: str) -> str:
    """Return the row attribute that holds a column: ``gapId`` gives ``gap_id``."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", column).lower()


def text_of(value: Value) -> str:
    """Return a value as a person reads it in a table: numbers to three decimals, null empty, lists joined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return "; ".join(text_of(item) for item in value)
    return str(value)


def _rows(row_type: type[RowT], question: catalog.Question, found: list[Row]) -> tuple[RowT, ...]:
    """Return the rows as ``row_type``: once for all what is the same for each of them."""
    for column in question.columns:
        if found and column.name not in found[0]:
            raise UsageError(f"{question.path}: the header lists the column {column.name!r}, which the text lacks.")
    attributes = {attribute_name(column.name): column for column in question.columns}
    made = {name: (column.name, column.type == "float") for name, column in attributes.items()}
    return tuple(
        row_type(**{name: _typed(row[column], is_float=is_float) for name, (column, is_float) in made.items()})
        for row in found
    )


def _python_type(column: catalog.Column) -> Any:
    found = _TYPES[column.type]
    return found | None if column.nullable else found


def _typed(value: Value, *, is_float: bool) -> Any:
    """Even out what the stores leave open: whole numbers in a float column; and freeze lists."""
    if isinstance(value, list):
        return tuple(value)
    return float(value) if is_float and isinstance(value, int) else value


def _attributes(row: object) -> Iterator[Any]:
    # The bound of RowT cannot say "a dataclass" in a way that every type checker accepts.
    return (getattr(row, field.name) for field in fields(cast("Any", row)))


def _markdown_cell(value: Value) -> str:
    return re.sub(r"\s+", " ", text_of(value)).replace("\\", "\\\\").replace("|", "\\|")


def _csv_cell(value: Value) -> Value:
    told = text_of(value) if isinstance(value, list | bool) else value
    return quoted(told) if isinstance(told, str) and told.startswith(FORMULA) else told


def _optional(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(f"{module} is not installed; run `pip install {module}`.") from error
