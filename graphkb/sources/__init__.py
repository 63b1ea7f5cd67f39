"""Input formats: files in, records with their places out."""

from graphkb.sources.files import FORMATS, MAX_BYTES, read_paths

__all__ = ["FORMATS", "MAX_BYTES", "read_paths"]
