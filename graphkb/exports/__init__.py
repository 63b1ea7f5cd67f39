"""Ways out: the graph as files."""

from graphkb.exports.files import FORMATS, WITH_OWNERS, write_export

__all__ = ["FORMATS", "WITH_OWNERS", "write_export"]
