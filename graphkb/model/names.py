"""Names: how an attribute is spelled in files, and how titles become ids."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_A_WORD = re.compile(r"[\W_]+")
_LAST_WORD = {"id": "ID", "ids": "IDs"}


def json_name(attribute: str) -> str:
    """Return the name that a Python attribute has in files: ``customer_segment_id`` is ``customerSegmentID``."""
    first, *rest = attribute.split("_")
    if not rest:
        return first
    *middle, last = rest
    return "".join([first, *(word.capitalize() for word in middle), _LAST_WORD.get(last, last.capitalize())])


def holds_ids(name: str) -> bool:
    """Tell whether bare text in a link field of this name, as it stands in files, is an id; elsewhere it is a title."""
    return name.endswith(("ID", "IDs", "Reference", "References"))


def in_files(label: str) -> str:
    """Return the name by which files call one element of a kind: ``JourneyStage`` is ``journeyStage``."""
    return f"{label[0].lower()}{label[1:]}"


def slug(title: str) -> str:
    """Return the form in which titles are compared and of which ids are minted.

    NFKC-normalized and casefolded; every run of anything but letters and digits of any script is one ``-``.
    A title without letters and digits has an empty slug.
    """
    if title.isascii():  # nearly every title is, and nothing of it is to be normalized
        folded = title.lower()
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    return _NOT_A_WORD.sub("-", folded).strip("-")


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the nearest candidate, or nothing where none is near."""
    known = tuple(candidates)
    # What is several times as long is near to none of them; it is not compared, since it may be very long.
    return _hint(name, known) if len(name) <= 3 * max(map(len, known), default=0) else ""


MAX_COMPARED: Final = 100_000
"""Names that are looked at in all for the hints of one load."""


class Hints:
    """Hints at the nearest of many names, as long as not too many were looked at: every hint looks at all of them."""

    def __init__(self) -> None:
        self._compared = 0

    def did_you_mean(self, name: str, candidates: Iterable[str]) -> str:
        """Return `` Did you mean 'x'?``, or nothing where no candidate is near or too many names were looked at."""
        if self._compared > MAX_COMPARED:
            return ""
        known = tuple(candidates)
        self._compared += len(known)
        return did_you_mean(name, known)


@functools.lru_cache(maxsize=256)
def _hint(name: str, candidates: tuple[str, ...]) -> str:
    """Return the hint; one mistake is often made in every record of a file."""
    spellings = {candidate.casefold(): candidate for candidate in candidates}
    near = difflib.get_close_matches(name.casefold(), spellings, n=1)
    return f" Did you mean {spellings[near[0]]!r}?" if near else ""
