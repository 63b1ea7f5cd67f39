"""All commands, in the order in which the help lists them."""

from graphkb.cli import asking, browsing, formats, loading
from graphkb.cli.application import app

__all__ = ["app", "asking", "browsing", "formats", "loading"]
