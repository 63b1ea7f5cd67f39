"""The command line."""

from graphkb.cli.main import main

__all__ = ["main"]
