"""Other people's tables and documents, read by a mapping that says what in them is which field."""

from graphkb.sources.mapping.language import NO_MAPPING, MappingFile, read_mapping
from graphkb.sources.mapping.reading import read_mapped

__all__ = ["NO_MAPPING", "MappingFile", "read_mapped", "read_mapping"]
