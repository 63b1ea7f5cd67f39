"""Input formats: files in, records with their places out."""

from graphkb.sources.files import FORMATS, MAX_BYTES, read_paths
from graphkb.sources.reading import InputFile, Reading

__all__ = ["FORMATS", "MAX_BYTES", "InputFile", "Reading", "read_paths"]
