"""The archive of favorites that Neo4j Browser imports: every text, in a folder for each topic."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from graphkb.browser.runnable import runnable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import Value

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of an archive; the same texts always give the same bytes


def favorites(texts: Iterable[tuple[Question, Mapping[str, Value]]]) -> bytes:
    """Return a ZIP archive of texts with their values; the Browser takes folders and first lines for names."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for question, values in texts:
            entry = zipfile.ZipInfo(f"graphkb {question.name}.cypher", _EARLIEST)
            archive.writestr(entry, runnable(question, values), zipfile.ZIP_DEFLATED)
    return content.getvalue()
