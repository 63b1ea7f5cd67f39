"""What a foreign ArchiMate model holds, of which the default mapping reads what no entry takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.sources.archimate.conversion import convert, taken_of
from graphkb.sources.archimate.model import plain_model
from graphkb.sources.archimate.reading import model_in
from graphkb.sources.mapping.contents import Content
from graphkb.sources.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkb.model.validation import RawRecord
    from graphkb.sources.mapping.contents import Where
    from graphkb.sources.mapping.paths import Steps
    from graphkb.sources.reading import InputFile


def model_content(file: InputFile) -> Content:
    """Read the elements and relations of a model, which the default mapping takes where no entry does."""
    model = model_in(file)
    if model is None:
        return Content({"elements": [], "relations": []}, lambda _: ("", None), rest=lambda _: Reading())

    def where(steps: Steps) -> Where:
        if len(steps) < 2:  # noqa: PLR2004  # a list and a place in it
            return "", 1
        listed = model.elements if steps[0] == "elements" else model.relations
        problem = listed[int(steps[1])].place.problem("", "")
        return problem.pointer, problem.line

    def rest(records: Mapping[Steps, Sequence[RawRecord]]) -> Reading:
        return convert(model, str(file.path), file.metamodel, taken_of(model, records, file.metamodel))

    return Content(plain_model(model), where, rest=rest)
