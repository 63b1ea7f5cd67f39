"""All commands, in the order in which the help lists them."""

from graphkb.cli import asking, browsing, checking, comparing, formats, keeping, loading
from graphkb.cli.application import app

__all__ = ["app", "asking", "browsing", "checking", "comparing", "formats", "keeping", "loading"]
