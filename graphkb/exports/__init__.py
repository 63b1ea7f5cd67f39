"""Ways out: the graph as files."""

from graphkb.exports.files import FORMATS, write_export

__all__ = ["FORMATS", "write_export"]
