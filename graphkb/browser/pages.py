"""All that is served to Neo4j Browser, made of the metamodel, the texts in ``cypher/`` and what a store holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from graphkb.browser.favorites import favorites
from graphkb.browser.guide import guide
from graphkb.browser.links import Place, links_page
from graphkb.browser.runnable import choices, first_look
from graphkb.browser.serving import Page
from graphkb.browser.style import style_sheet
from graphkb.errors import GraphKBError, UsageError
from graphkb.queries import catalog

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from graphkb.model.metamodel import Metamodel
    from graphkb.store.protocol import GraphStore

STYLE: Final = "graphkb.grass"
GUIDE: Final = "guide.html"
FAVORITES: Final = "graphkb-favorites.zip"

_ADVERTISED: Final = "server.http.advertised_address"
_COMMANDS: Final = "browser.post_connect_cmd"
_SETTINGS: Final = f"""SHOW SETTINGS YIELD name, value
WHERE name IN ['{_ADVERTISED}', '{_COMMANDS}']
RETURN name, value"""
_USUAL_PORT: Final = "7474"


def pages(
    store: GraphStore, metamodel: Metamodel, *, further: Sequence[Path], place: Place, base: str
) -> dict[str, Page]:
    """Return everything by its path; ``base`` is the address under which it is going to be served.

    ``further`` are the folders of questions of extensions. Style and guide say nothing of the store, and may be read by
    the Browser; links and favorites name its elements, and are for this machine's people only.
    """
    every = (*catalog.explorations(further=further), *catalog.questions(further=further))
    wanted = {parameter.kinds for text in every for parameter in text.parameters if parameter.required}
    elements = {kinds: choices(store, kinds) for kinds in sorted(wanted) if kinds}
    texts = [(text, first_look(store, text, elements)) for text in every]
    names = {"guide_name": GUIDE, "style_name": STYLE, "favorites_name": FAVORITES}
    links = links_page(texts, elements, place, base=base, **names)
    archive = favorites(texts)
    addresses = {"style": f"{base}/{STYLE}", "links": f"{base}/", "server": place.server}
    return {
        "/": Page(links.encode(), "text/html; charset=utf-8"),
        f"/{FAVORITES}": Page(archive, "application/zip"),
        f"/{STYLE}": Page(style_sheet(metamodel).encode(), "text/plain; charset=utf-8", shared=True),
        f"/{GUIDE}": Page(guide(addresses).encode(), "text/html; charset=utf-8", shared=True),
    }


def find_browser(store: GraphStore, user: str | None) -> Place:
    """Return where the Browser of a server stands: on the server's host, at the port that its settings name.

    Raises :class:`~graphkb.errors.UsageError` for an embedded store, which has none.
    """
    _, separator, address = store.name.rpartition("://")
    if not separator:
        raise UsageError(
            f"Neo4j Browser shows what a server holds, and {store.name} is a file of one person. Start a server, load "
            "into it, and name it by --db: docker compose up --detach --wait, or make neo4j."
        )
    try:
        stated = {str(row["name"]): str(row["value"] or "") for row in store.read(_SETTINGS)}
    except GraphKBError:
        # A server may keep its settings to itself.
        stated = {}
    port = stated.get(_ADVERTISED, "").rpartition(":")[2] or _USUAL_PORT
    host = urlsplit(f"//{address}").hostname or "localhost"
    server = store.name.removeprefix("py2neo+")
    return Place(f"http://{host}:{port}/browser/", server, user, stated.get(_COMMANDS, ""))
