"""Hands files to Neo4j Browser, which runs in a person's web browser on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

from graphkb.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST: Final = "127.0.0.1"
PORT: Final = 8474
"""Where the server stands unless it is told otherwise; the post-connect command of docker-compose.yml names it."""
_OWN_NAMES: Final = ("localhost", HOST)


@dataclass(frozen=True, slots=True)
class Page:
    """What is served under a name."""

    content: bytes
    media_type: str
    shared: bool = False
    """Whether pages of other addresses may read it, as Neo4j Browser must; for what says nothing of the store."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PageServer
    server_version = "graphkb"

    def do_GET(self) -> None:
        """Send a page."""
        page = self._head()
        if page:
            self.wfile.write(page.content)

    def do_HEAD(self) -> None:
        """Send what goes before a page."""
        self._head()

    def do_OPTIONS(self) -> None:
        """Tell a web browser that Neo4j Browser may ask, with the headers that it sends."""
        page = self._page()
        if page:
            self.send_response(HTTPStatus.NO_CONTENT)
            self._allow(page)
            self.end_headers()

    def _head(self) -> Page | None:
        page = self._page()
        if page:
            self.send_response(HTTPStatus.OK)
            self._allow(page)
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", str(len(page.content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
        return page

    def _page(self) -> Page | None:
        # Under another name, a page of somebody else would ask, which has led its visitor's browser here.
        if self.headers.get("Host", "").partition(":")[0] not in _OWN_NAMES:
            self.send_error(HTTPStatus.FORBIDDEN)
            return None
        page = self.server.pages.get(self.path.partition("?")[0])
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        return page

    def _allow(self, page: Page) -> None:
        if page.shared:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
            self.send_header("Access-Control-Allow-Headers", "*")
            self.send_header("Access-Control-Allow-Private-Network", "true")

    def log_message(self, *_: object) -> None:
        """Stay silent: the terminal belongs to the command."""


class PageServer(ThreadingHTTPServer):
    """A server of pages by their paths, on this machine only; whoever makes it runs and closes it.

    Raises :class:`~graphkb.errors.UsageError` where the port is taken.
    """

    daemon_threads = True

    def __init__(self, port: int = PORT) -> None:
        self.pages: Mapping[str, Page] = {}
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise UsageError(f"Port {port} cannot be served: {error.strerror}. Choose another by --port.") from error

    @property
    def address(self) -> str:
        """The address of its first page, without a slash at its end."""
        return f"http://localhost:{self.server_port}"
