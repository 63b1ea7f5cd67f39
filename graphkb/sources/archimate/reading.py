"""Reads a model in whatever form it comes, and turns it into records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphkb.errors import DataError
from graphkb.sources.archimate.archi import archi_model, unpacked
from graphkb.sources.archimate.archi_tables import table_model
from graphkb.sources.archimate.conversion import convert
from graphkb.sources.archimate.eamodelset import json_model
from graphkb.sources.archimate.exchange import exchange_model
from graphkb.sources.archimate.markup import read_markup
from graphkb.sources.archimate.recognition import is_archi_table, is_json_model
from graphkb.sources.reading import Reading
from graphkb.sources.text import read_json

if TYPE_CHECKING:
    from graphkb.sources.archimate.model import Model
    from graphkb.sources.reading import InputFile

_EXCHANGE: Final = "http://www.opengroup.org/xsd/archimate"
_EXCHANGE_3: Final = f"{_EXCHANGE}/3."
_ARCHI: Final = ("http://www.archimatetool.com/archimate", "http://www.bolton.ac.uk/archimate")


def read_archimate_file(file: InputFile) -> Reading:
    """Read a model in Open Exchange or in the format of Archi, by the default mapping."""
    return convert(_markup_model(file), str(file.path), file.metamodel)


def read_archi_tables(file: InputFile) -> Reading:
    """Read a model in Archi's tables when given that of its elements; the others beside it have nothing of their own.

    Raises :class:`~graphkb.errors.DataError` for a table beside which that of the elements is missing.
    """
    model = table_model(file)
    return convert(model, str(file.path), file.metamodel) if model else Reading()


def read_json_model(content: dict[str, Any], file: InputFile) -> Reading:
    """Read a model in the JSON of EAModelSet, by the default mapping."""
    return convert(json_model(content, file.path), str(file.path), file.metamodel)


def model_in(file: InputFile) -> Model | None:
    """Return the model in a file of any of the forms; None for a table that belongs to another one beside it.

    Raises :class:`~graphkb.errors.DataError` for a file that holds none.
    """
    if is_archi_table(file):
        return table_model(file)
    if file.path.suffix.lower() == ".json":
        content = read_json(file.text(), str(file.path)).content
        if is_json_model(content):
            return json_model(content, file.path)
        message = "The file is no ArchiMate model: it has no archimateId, elements and relationships."
        raise DataError([file.place.problem("not-a-model", message)])
    return _markup_model(file)


def _markup_model(file: InputFile) -> Model:
    """Tell the format by what stands in the file: both have the suffix .xml, and Archi also packs its own."""
    packed = file.content.startswith(b"PK\x03\x04")
    document = read_markup(unpacked(file.content, file.place) if packed else file.content, file.place)
    if document.top.name == "model" and document.namespace in _ARCHI:
        return archi_model(document.top, file.path)
    if document.top.name == "model" and document.namespace.startswith(_EXCHANGE_3):
        return exchange_model(document.top, file.path)
    if document.top.name == "model" and document.namespace.startswith(_EXCHANGE):
        message = f"The model is in another version of Open Exchange ({document.namespace}); export it as 3.x."
    else:
        message = (
            f"The file is no ArchiMate model: it starts with <{document.top.name}>. Open Exchange XML 3.x and the"
            " format of Archi are read."
        )
    raise DataError([file.place.problem("not-a-model", message)])
