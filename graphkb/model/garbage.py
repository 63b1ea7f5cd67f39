"""Pauses Python's collector of cycles while a great many values are made that hold none."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_collection() -> Iterator[None]:
    """Let nothing be searched for cycles meanwhile; as a decorator, while the function runs.

    The collector looks at all values again and again as they become more, which of 100,000 elements takes a third of
    the time. What is no longer referred to is freed at once all the same, cycles afterwards.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
