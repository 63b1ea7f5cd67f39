"""Input formats: files in, records with their places out."""

from graphkb.sources.delimited import Dialect
from graphkb.sources.files import FORMATS, MAX_BYTES, UNDECLARED, read_paths
from graphkb.sources.reading import InputFile, Reading

__all__ = ["FORMATS", "MAX_BYTES", "UNDECLARED", "Dialect", "InputFile", "Reading", "read_paths"]
