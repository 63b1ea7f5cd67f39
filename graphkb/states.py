"""States of the graph, to be asked and compared: what a store holds, and what files say."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import StoreUnavailable, UsageError
from graphkb.exports.backup import MANIFEST
from graphkb.knowledge_base import open_knowledge_base
from graphkb.model.metamodel import METAMODEL
from graphkb.store import Py2neoGraph

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from graphkb.knowledge_base import KnowledgeBase
    from graphkb.model.metamodel import Metamodel


def open_state(  # noqa: PLR0913  # what a store can be told
    target: str | os.PathLike[str] | Py2neoGraph,
    *,
    username: str | None = None,
    password: str | None = None,
    database: str = "neo4j",
    metamodel: Metamodel = METAMODEL,
    extensions: Iterable[str | os.PathLike[str]] = (),
) -> KnowledgeBase:
    """Open what a store holds or files say, to be asked and compared; close it, or use it as a context manager.

    ``target`` is a store, as for :func:`graphkb.open` but one that is there, or a file or folder as for a load, such
    as an export, or the folder of a backup. Files are read into memory, as a load into an empty store would: what they
    only refer to is a stub, and what is written to the result is lost.

    Raises :class:`~graphkb.errors.StoreUnavailable` for a store that is not there, and
    :class:`~graphkb.errors.UsageError` and :class:`~graphkb.errors.DataError` for files that cannot be loaded.
    """
    text = str(target)
    path = None if isinstance(target, Py2neoGraph) or "://" in text or text == ":memory:" else Path(text)
    try:
        if path and path.suffix == ".kgl" and not path.exists():
            raise StoreUnavailable(f"There is no store at {path}; `graphkb --db {path} load` would make one.")
        is_backup = path is not None and (path / MANIFEST).is_file()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    files = path if path and path.suffix != ".kgl" else None
    with ExitStack() as stack:
        kb = stack.enter_context(
            open_knowledge_base(
                ":memory:" if files else target,
                username=username,
                password=password,
                database=database,
                metamodel=metamodel,
                extensions=extensions,
            )
        )
        if files and is_backup:
            kb.restore(files)
        elif files:
            kb.load([files], source="files")
        stack.pop_all()
        return kb
