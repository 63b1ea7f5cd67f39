"""The page of links: each opens Neo4j Browser with a text in its editor, for each element that it can start from."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from graphkb.browser.runnable import MOST_CHOICES, NOBODY, runnable, title
from graphkb.queries.catalog import EXPLORE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkb.browser.runnable import Choice
    from graphkb.queries.catalog import Question
    from graphkb.store.protocol import Value

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
  a {{ color: #0b5cad; }} .from a, nav a {{ display: inline-block; margin: 0 .9rem .2rem 0; }}
  code {{ background: #f1f1f1; padding: 0 .3em; }} .more {{ color: #555; }}
</style>
<h1>Look around in Neo4j Browser</h1>
<p>First <a href="{guide}" target="neo4j-browser">open the guide</a>, which walks through the shipped example. Where the
circles are not in colors by domain, type <code>:style {base}/{style_name}</code> into the editor there.</p>
<p>Then follow a link: it starts the Browser anew, with a text in its editor; press the play button there. Answers stay
where you take the text from your favorites instead: save <a href="{favorites_name}" download>{favorites_name}</a>, drop
the file onto the Browser, and open the star at its left. The Browser shows no sign of it, adds, and never replaces:
remove the old folders there before you drop a newer file.</p>
<nav>{contents}</nav>
{topics}
</html>
"""

_PICTURES: Final = "Pictures"
_MORE: Final = '<span class="more">and others: write their id into the text</span>'


@dataclass(frozen=True, slots=True)
class Place:
    """Where Neo4j Browser stands, and which server it is to talk to."""

    browser: str
    """Address of the Browser, such as ``http://localhost:7474/browser/``."""
    server: str
    """Address of the server, such as ``bolt://localhost:7687``."""
    user: str | None = None
    """Who signs in; none where the server asks nobody."""
    commands: str = ""
    """What the server tells the Browser to do when it has connected."""

    def guide(self, address: str) -> str:
        """Return the address that opens the Browser with a guide.

        A command in the address keeps the Browser from doing what the server tells it, such as bringing the colors; so
        it stands there only where the server does not name this guide.
        """
        return self.link("", "") if f"guide {address}" in self.commands else self.link("guide", address)

    def link(self, command: str, argument: str) -> str:
        """Return the address that opens the Browser with ``edit`` and a text, ``guide`` and its address, or nothing."""
        scheme, _, host = self.server.partition("://")
        signing_in = {
            "dbms": f"{scheme}://{self.user}@{host}" if self.user else self.server,
            "preselectAuthMethod": "NATIVE" if self.user else "NO_AUTH",
        }
        asked = {"cmd": command, "arg": argument} if command else {}
        return f"{self.browser}?{urlencode(signing_in | asked, quote_via=quote)}"


def links_page(  # noqa: PLR0913  # what a page is made of, each with a name
    texts: Iterable[tuple[Question, Mapping[str, Value]]],
    elements: Mapping[tuple[str, ...], Sequence[Choice]],
    place: Place,
    *,
    base: str,
    guide_name: str,
    style_name: str,
    favorites_name: str,
) -> str:
    """Return the page, in HTML: a section for each text, grouped by topic.

    ``texts`` are given with the values to begin with, ``base`` is the address under which guide, style and favorites
    are served.
    """
    topics = {
        _PICTURES if topic == EXPLORE else f"Tables: {topic}": "".join(
            _section(text, values, elements, place) for text, values in group
        )
        for topic, group in groupby(texts, key=lambda each: each[0].topic)
    }
    return _PAGE.format(
        guide=escape(place.guide(f"{base}/{guide_name}")),
        base=escape(base),
        style_name=style_name,
        favorites_name=favorites_name,
        contents="".join(f'<a href="#{escape(topic)}">{escape(topic)}</a>' for topic in topics),
        topics="".join(f'<h2 id="{escape(topic)}">{escape(topic)}</h2>\n{body}' for topic, body in topics.items()),
    )


def _section(
    text: Question, values: Mapping[str, Value], elements: Mapping[tuple[str, ...], Sequence[Choice]], place: Place
) -> str:
    wanted = [parameter for parameter in text.parameters if parameter.required]
    offered = elements.get(wanted[0].kinds, ()) if wanted else ()
    if len(wanted) == 1:
        starts = [(each.title, {**values, wanted[0].name: each.id}) for each in offered]
    else:
        titles = {each.id: each.title for parameter in wanted for each in elements.get(parameter.kinds, ())}
        named = " and ".join(titles.get(str(values[each.name]), NOBODY) for each in wanted)
        starts = [(named or ("draw it" if text.topic == EXPLORE else "ask it"), dict(values))]
    links = [
        f'<a href="{escape(place.link("edit", runnable(text, given)))}" target="neo4j-browser">{escape(name)}</a>'
        for name, given in starts
    ]
    if wanted and len(offered) == MOST_CHOICES:
        links.append(_MORE)
    return (
        f'<section id="{escape(text.name)}"><h3>{escape(title(text))}</h3><p>{escape(text.question)}</p>'
        f'<p class="from">{" ".join(links) or "The store holds nothing that this could start from."}</p></section>\n'
    )
