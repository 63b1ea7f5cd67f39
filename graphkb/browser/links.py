"""The page of links: each opens Neo4j Browser with a text in its editor, for each element that it can start from."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from graphkb.browser.runnable import arguments, runnable, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkb.browser.runnable import Choice
    from graphkb.queries.catalog import Question

_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>graphkb in Neo4j Browser</title>
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
  h1 {{ font-size: 1.6rem; }} h2 {{ margin-top: 2.5rem; border-bottom: 1px solid #ccc; }}
  section {{ margin: 1.2rem 0; }} h3 {{ margin: 0; font-size: 1rem; }} p {{ margin: .2rem 0; }}
  a {{ color: #0b5cad; }} .from a {{ display: inline-block; margin: 0 .9rem .2rem 0; }}
  code {{ background: #f1f1f1; padding: 0 .3em; }}
</style>
<h1>Look around in Neo4j Browser</h1>
<p>Each link opens the Browser with a text in its editor; press the play button there. First:</p>
<ol>
  <li><a href="{guide}" target="neo4j-browser">Open the guide</a>, which walks through the shipped example and brings
      the colors (command <code>:style {base}/{style_name}</code>).</li>
  <li>Save <a href="{favorites_name}" download>{favorites_name}</a> and drop the file onto the Browser: every text is
      then among its favorites. The Browser adds and never replaces: delete the old folders before the next time.</li>
</ol>
{topics}
</html>
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where Neo4j Browser stands, and which server it is to talk to."""

    browser: str
    """Address of the Browser, such as ``http://localhost:7474/browser/``."""
    server: str
    """Address of the server, such as ``bolt://localhost:7687``."""
    user: str | None = None
    """Who signs in; none where the server asks nobody."""

    def link(self, command: str, argument: str) -> str:
        """Return the address that opens the Browser with ``edit`` and a text, or ``guide`` and its address."""
        scheme, _, host = self.server.partition("://")
        signing_in = {
            "dbms": f"{scheme}://{self.user}@{host}" if self.user else self.server,
            "preselectAuthMethod": "NATIVE" if self.user else "NO_AUTH",
        }
        return f"{self.browser}?{urlencode({**signing_in, 'cmd': command, 'arg': argument}, quote_via=quote)}"


def links_page(  # noqa: PLR0913  # what a page is made of, each with a name
    texts: Iterable[Question],
    elements: Mapping[tuple[str, ...], Sequence[Choice]],
    place: Place,
    *,
    base: str,
    guide_name: str,
    style_name: str,
    favorites_name: str,
) -> str:
    """Return the page, in HTML: a section for each text, grouped by topic.

    ``base`` is the address under which guide, style and favorites are served.
    """
    topics = [
        f"<h2>{escape(topic.capitalize())}</h2>\n{''.join(_section(text, elements, place) for text in group)}"
        for topic, group in groupby(texts, key=lambda text: text.topic)
    ]
    return _PAGE.format(
        guide=escape(place.link("guide", f"{base}/{guide_name}")),
        base=escape(base),
        style_name=style_name,
        favorites_name=favorites_name,
        topics="".join(topics),
    )


def _section(text: Question, elements: Mapping[tuple[str, ...], Sequence[Choice]], place: Place) -> str:
    wanted = [parameter for parameter in text.parameters if parameter.required]
    values = arguments(text, elements)
    if len(wanted) == 1:
        starts = {each.title: values | {wanted[0].name: each.id} for each in elements.get(wanted[0].kinds, ())}
    else:
        starts = {"open" if not wanted else " and ".join(str(values[each.name]) for each in wanted): values}
    links = [
        f'<a href="{escape(place.link("edit", runnable(text, given)))}" target="neo4j-browser">{escape(name)}</a>'
        for name, given in starts.items()
    ]
    return (
        f'<section id="{escape(text.name)}"><h3>{escape(title(text))}</h3><p>{escape(text.question)}</p>'
        f'<p class="from">{" ".join(links) or "The store holds nothing that this could start from."}</p></section>\n'
    )
