"""The guide that Neo4j Browser plays beside its editor: eight slides through the shipped example."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkb.browser.runnable import runnable
from graphkb.queries import catalog

if TYPE_CHECKING:
    from collections.abc import Mapping

_SLIDES: Final = Path(__file__).with_name("guide.html")

_PLACE: Final = re.compile(r"\{(?P<name>[a-z_/]+)(?P<arguments>(?: [a-z_]+=\S+?)*)\}")


def guide(addresses: Mapping[str, str]) -> str:
    """Return the guide as the HTML that Neo4j Browser's ``:guide`` reads.

    ``{topic/name key=value}`` in ``guide.html`` becomes the text of that question with these values, which a click puts
    into the editor; ``{name}`` the address of that name.
    """

    def filled(place: re.Match[str]) -> str:
        name = place["name"]
        if "/" not in name:
            return escape(addresses[name])
        question = catalog.find(name)
        given = dict(each.split("=", 1) for each in place["arguments"].split())
        text = runnable(question, catalog.parse_arguments(question, given))
        return f'<pre class="code runnable pre-scrollable">{escape(text)}</pre>'

    return _PLACE.sub(filled, _SLIDES.read_text(encoding="utf-8"))
