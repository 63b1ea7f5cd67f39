"""Paths into plain values: ``a.b`` for a key within a key, ``a[]`` for every item of a list, ``a[0]`` for one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

Steps: TypeAlias = tuple[str | int, ...]
"""Keys and indices that lead from the top of a file to a value."""

MAX_PATH: Final = 2000
"""Most characters of a path in a mapping, and about as many of those that are told of a file."""

_ITEM: Final = re.compile(r"\[(\d{0,9})\]\.?")
_INDEX: Final = re.compile(r"\[\d+\]")


class Passage(str):
    """Text of a document, of which the items of its lists are the items."""

    __slots__ = ("items",)
    items: list[str]

    @classmethod
    def of(cls, text: str, items: Iterable[str]) -> Passage:
        """Return a text with its items."""
        passage = cls(text)
        passage.items = list(items)
        return passage


def find(value: Any, path: str, at: Steps = ()) -> Iterator[tuple[Any, Steps]]:
    """Yield every value that a path leads to, with the steps to it; a key that holds dots or brackets is found too."""
    if not path:
        yield value, at
        return
    if isinstance(value, dict) and path in value:
        yield value[path], (*at, path)
        return
    if item := _ITEM.match(path):
        listed = value.items if isinstance(value, Passage) else value
        if isinstance(listed, list):
            chosen = listed if not item[1] else listed[int(item[1]) : int(item[1]) + 1]
            for index, each in enumerate(chosen, int(item[1] or 0)):
                yield from find(each, path[item.end() :], (*at, index))
        return
    if isinstance(value, dict):
        for end in (index for index in range(len(path) - 1, 0, -1) if path[index] in ".["):
            if path[:end] in value:
                yield from find(value[path[:end]], path[end:].removeprefix("."), (*at, path[:end]))
                return


def join(path: str, further: str) -> str:
    """Return the path that goes on with another one."""
    return path + further if not path or not further or further.startswith("[") else f"{path}.{further}"


def text_of(value: Any) -> str:
    """Return a single value as trimmed text; nothing, and what is no single value, is empty."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every single value that is not empty; the items of a list have the same path.

    A path that is very long leads no further in, so that all values at its end have the same one.
    """
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, path if len(path) > MAX_PATH else join(path, str(key)[:MAX_PATH]))
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, path if len(path) > MAX_PATH else f"{path}[]")
    elif text_of(value):
        yield path


def general(path: str) -> str:
    """Return a path with every item in the place of one, and without brackets at its end."""
    return _INDEX.sub("[]", path).removesuffix("[]")


def is_within(path: str, several: AbstractSet[str]) -> bool:
    """Tell whether a leaf's path is one of several general paths, or leads on from one."""
    ends = [len(path), *(index for index in range(1, len(path)) if path[index] in ".[")]
    return any(path[:end] in several for end in ends)
