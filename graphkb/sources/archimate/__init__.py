"""ArchiMate models as input: Open Exchange, the formats of Archi, and the JSON of EAModelSet."""

from graphkb.sources.archimate.archi_tables import is_archi_table
from graphkb.sources.archimate.conversion import convert, taken_of
from graphkb.sources.archimate.eamodelset import is_json_model
from graphkb.sources.archimate.model import plain_model
from graphkb.sources.archimate.reading import model_in, read_archi_tables, read_archimate_file, read_json_model

__all__ = [
    "convert",
    "is_archi_table",
    "is_json_model",
    "model_in",
    "plain_model",
    "read_archi_tables",
    "read_archimate_file",
    "read_json_model",
    "taken_of",
]
