"""Ways out: the graph as files."""

from graphkb.exports.backup import Manifest, restore_backup, write_backup
from graphkb.exports.files import FORMATS, WITH_OWNERS, write_export

__all__ = ["FORMATS", "WITH_OWNERS", "Manifest", "restore_backup", "write_backup", "write_export"]
