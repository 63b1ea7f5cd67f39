"""ZIP archives that may come from anywhere: checked before anything of them is unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from graphkb.errors import DataError

if TYPE_CHECKING:
    from graphkb.model.validation import Place

MAX_UNPACKED: Final = 256 * 1024 * 1024
"""Most bytes of all members together."""
MAX_MEMBERS: Final = 10_000
MAX_RATIO: Final = 200
"""How many times larger than its packed form a member may be, once it is larger than ``SMALL``."""
SMALL: Final = 4 * 1024 * 1024


def open_archive(content: bytes, place: Place, what: str) -> zipfile.ZipFile:
    """Open an archive that unpacks to a reasonable size; ``what`` names it in messages, such as ``workbook``.

    Raises :class:`~graphkb.errors.DataError` for one that does not, and :class:`zipfile.BadZipFile` for what is none.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    members = archive.infolist()
    unpacked = sum(each.file_size for each in members)
    swollen = any(each.file_size > max(SMALL, MAX_RATIO * each.compress_size) for each in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or swollen:
        told = f"{len(members)} members of {unpacked / 1024 / 1024:,.0f} MiB unpacked"
        raise DataError([place.problem("too-large", f"The {what} holds more than can be read: {told}.")])
    return archive
