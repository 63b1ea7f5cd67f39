"""What a cell of a table says: one value, or several between separators, as people type them and exports write them.

Text stands as it is. Quotes around a text, those within doubled, keep what would else be read in another way: blanks at
its ends, an empty text, a text that looks like a number where a number is possible too, the separator in a list, and
what a spreadsheet program would run as a formula. What has a shape of its own, such as an object, is JSON.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from graphkb.model.values import EXACT
from graphkb.sources.mapping.paths import text_of
from graphkb.sources.mapping.targets import parsed
from graphkb.sources.text import parse_json
from graphkb.spreadsheets import FORMULA, quoted

if TYPE_CHECKING:
    from graphkb.sources.delimited import Dialect
    from graphkb.sources.mapping.targets import Slot

COMMA: Final = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+")
"""A number with a decimal comma, and possibly points between thousands."""
THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
"""A number with points between thousands, where decimals stand behind a comma."""
NUMBERS: Final = frozenset({int, float})
_SWITCHES: Final = {
    **dict.fromkeys(("true", "yes", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "vero", "sì"), True),
    **dict.fromkeys(("false", "no", "falsch", "nein", "faux", "non", "falso"), False),
}
"""Words for true and false, among them those that spreadsheet programs write in other languages."""
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"', re.DOTALL)


class Unreadable(ValueError):
    """A cell that says nothing that its column can hold; the message tells why."""


# Reading


def read_cell(value: Any, slot: Slot, dialect: Dialect, *, plain: bool) -> Any:
    """Return the value of a cell, or the list of its values where the field holds several; None for nothing.

    ``plain`` says that the table holds text only, so that what looks like a number is one. Raises :class:`Unreadable`.
    """
    if not isinstance(value, str) or not slot.many:
        return _one(value, slot, dialect, plain=plain)
    text = value.strip()
    if dict in slot.takes and text.startswith("["):
        return _json(text)
    items = (_one(each, slot, dialect, plain=True) for each in _split(text, dialect.separator))
    return [each for each in items if each is not None] or None


def read_items(value: Any, slot: Slot, dialect: Dialect) -> list[Any]:
    """Return the values that one field has in several objects, one behind the other; None where an object has none.

    What is more than a single value is JSON in quotes. Raises :class:`Unreadable`.
    """
    texts = _split(value.strip(), dialect.separator) if isinstance(value, str) else [value]
    return [_item(each, slot, dialect) for each in texts]


def _item(text: Any, slot: Slot, dialect: Dialect) -> Any:
    told = unquoted(text) if isinstance(text, str) and _is_complex(slot) else None
    return _json(told) if told and told.startswith(('"', "[", "{")) else _one(text, slot, dialect, plain=True)


def _is_complex(slot: Slot) -> bool:
    """Tell whether a field of an object in a list can hold more than a single value."""
    return slot.many or slot.inside is not None or slot.takes == {dict}


def _one(value: Any, slot: Slot, dialect: Dialect, *, plain: bool) -> Any:
    if not isinstance(value, str):
        return text_of(value) if slot.takes == {str} else value
    if not (text := value.strip()):
        return None
    told = unquoted(text)
    if told is not None:
        return told if str in slot.takes else _typed(told, slot, dialect)
    if dict in slot.takes and text.startswith(("[", "{")):
        return _json(text)
    return text if str in slot.takes and not plain else _typed(text, slot, dialect)


def _typed(text: str, slot: Slot, dialect: Dialect) -> Any:
    if NUMBERS & slot.takes and dialect.decimal == "," and (COMMA.fullmatch(text) or THOUSANDS.fullmatch(text)):
        text = text.replace(".", "").replace(",", ".")
    if bool in slot.takes and text.casefold() in _SWITCHES:
        return _SWITCHES[text.casefold()]
    found = parsed(text, slot.takes - {str})
    # A number that cannot be kept exactly is told where values are checked; rounding would hide it.
    return int(text) if isinstance(found, float) and abs(found) > EXACT and text.lstrip("+-").isdigit() else found


def _json(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError as error:
        raise Unreadable(f"The cell holds no JSON: {error}.") from error


def _split(text: str, separator: str) -> list[str]:
    """Return the items of a list, quotes kept; separators and line breaks in quotes are none."""
    items: list[str] = []
    start = at = 0
    while at < len(text):
        if text[at] == '"' and not text[start:at].strip() and (found := _QUOTED.match(text, at)):
            at = found.end()
        elif text[at] in (separator, "\n"):
            items.append(text[start:at].strip())
            start = at = at + 1
        else:
            at += 1
    return [*items, text[start:].strip()]


def unquoted(text: str) -> str | None:
    """Return what stands in quotes, or None for a text that is not in quotes as a whole."""
    return text[1:-1].replace('""', '"') if _QUOTED.fullmatch(text) else None


# Writing


def write_cell(value: Any, slot: Slot, *, plain: bool) -> Any:
    """Return the value of a field as a cell from which it is read again; None for nothing.

    A spreadsheet's numbers are floats, so a whole number that a float cannot hold is text.
    """
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict | list) for each in value)):
        return _dumped(value)
    if isinstance(value, list):
        return ";".join(_written(each, slot) for each in value) or None
    if isinstance(value, str):
        return quoted(value) if _misread(value, slot, plain=plain) else value
    return text_of(value) if plain or (isinstance(value, int) and abs(value) > EXACT) else value


def write_items(values: list[Any], slot: Slot) -> str:
    """Return the values that one field has in several objects as a cell; None stands where an object has none."""
    return ";".join(_written(each, slot, items=True) for each in values)


def _written(value: Any, slot: Slot, *, items: bool = False) -> str:
    if value is None:
        return ""
    told = isinstance(value, str) and items and _is_complex(slot) and value.startswith(('"', "[", "{"))
    if told or isinstance(value, dict | list):
        return quoted(_dumped(value))
    if not isinstance(value, str):
        return text_of(value)
    return quoted(value) if _misread(value, slot, plain=True) or ";" in value or "\n" in value else value


def _misread(text: str, slot: Slot, *, plain: bool) -> bool:
    """Tell whether a text without quotes would be read in another way, or run."""
    other = slot.takes - {str}
    shaped = (dict in slot.takes or slot.inside is not None) and text.startswith(("[", "{"))
    typed = plain and bool(other) and (parsed(text, other) is not text or _is_special(text))
    run = plain and text.startswith(FORMULA)
    return text.strip() != text or not text or text.startswith('"') or shaped or typed or run


def _is_special(text: str) -> bool:
    """Tell whether a text may be read as a number or a truth value in tables of other makes."""
    return bool(COMMA.fullmatch(text) or THOUSANDS.fullmatch(text)) or text.casefold() in _SWITCHES


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
