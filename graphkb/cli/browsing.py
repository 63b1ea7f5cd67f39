"""The command that hands Neo4j Browser its colors, guide, links and favorites."""

from __future__ import annotations

import os
import sys
import webbrowser
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

import typer

from graphkb.cli.application import Target, app, open_target
from graphkb.cli.main import say
from graphkb.cli.printing import write


@app.command()
def browser(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="Where to serve.")] = 8474,
    address: Annotated[
        str | None,
        typer.Option("--browser", metavar="URL", help="Where Neo4j Browser stands; else the server is asked."),
    ] = None,
    opened: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in your web browser.")] = True,
    db: Target = None,
) -> None:
    """Give Neo4j Browser colors, a guide, links, favorites."""
    from graphkb.browser.pages import find_browser, pages
    from graphkb.browser.serving import PageServer

    with open_target(context, db) as kb:
        user = os.environ.get("NEO4J_USERNAME") or ("neo4j" if os.environ.get("NEO4J_PASSWORD") else None)
        place = find_browser(kb.store, user)
        at = replace(place, browser=address) if address else place
        with PageServer(port) as server:
            server.pages = pages(kb.store, kb.metamodel, further=kb.question_folders, place=at, base=server.address)
            write(f"{server.address}/")
            sys.stdout.flush()  # whoever reads it through a pipe waits for it
            say(f"Links, guide, colors and favorites for Neo4j Browser at {at.browser}; Ctrl-C ends this.")
            if opened:
                webbrowser.open(f"{server.address}/")
            with suppress(KeyboardInterrupt):  # the way to end it
                server.serve_forever()
