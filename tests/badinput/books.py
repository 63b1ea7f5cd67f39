"""Workbooks made of their parts, so that each part can be written wrong."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SHEET: Final = "xl/worksheets/sheet1.xml"
BOOK: Final = "xl/workbook.xml"
LINKS: Final = "xl/_rels/workbook.xml.rels"
STRINGS: Final = "xl/sharedStrings.xml"
STYLES: Final = "xl/styles.xml"


def text(place: str, value: str) -> str:
    """Return a cell that holds a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


TITLE: Final = f'<row r="1">{text("A1", "title")}{text("B1", "maturityLevel")}</row>'
A: Final = f'<row r="2">{text("A2", "A")}</row>'


def sheet(rows: str, further: str = "") -> str:
    """Return the XML of a sheet with these rows, and what follows them."""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{further}</worksheet>'


def cell(written: str, header: str = "maturityLevel") -> dict[str, str]:
    """Return a sheet of which the second cell of the second row is written so."""
    first = f'<row r="1">{text("A1", "title")}{text("B1", header)}</row>'
    return {SHEET: sheet(f'{first}<row r="2">{text("A2", "A")}{written}</row>')}


def rels(*targets: tuple[str, str, str]) -> str:
    """Return a list of relations by id, last word of the type, and target."""
    items = (
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identifier, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(items)}</Relationships>'


def listed(*sheets: str, further: str = "") -> str:
    """Return the XML of a workbook with these sheets, each its attributes."""
    items = "".join(f"<sheet {each}/>" for each in sheets)
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{further}<sheets>{items}</sheets></workbook>'


def named(title: str, number: int = 1) -> str:
    """Return the attributes of a sheet."""
    return f'name="{title}" sheetId="{number}" r:id="rId{number}"'


_OWN: Final = (("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId8", "sharedStrings", "sharedStrings.xml"))
STYLED: Final = (*_OWN, ("rId9", "styles", "styles.xml"))
GOOD: Final[Mapping[str, str]] = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": rels(("rId1", "officeDocument", BOOK)),
    BOOK: listed(named("capabilities")),
    LINKS: rels(*STYLED),
    SHEET: sheet(TITLE + A),
    STRINGS: f'{HEAD}<sst xmlns="{MAIN}"><si><t>B</t></si></sst>',
    STYLES: f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
}
"""The members of a workbook without a fault; the style 1 is that of dates."""


def packed(changed: Mapping[str, str | bytes | None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a workbook with these members in the place of its own, and without those that are none."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in {**GOOD, **changed}.items():
            if content is not None:
                archive.writestr(zipfile.ZipInfo(name), content, method)
    return held.getvalue()


def doctype(declared: str, xml: str) -> str:
    """Return XML with a document type."""
    return xml.replace("?>\n", f"?>\n<!DOCTYPE x [{declared}]>\n", 1)


EVERYTHING: Final = '<mergeCell ref="A1:XFD1048576"/>'
"""A range merged over all that a sheet can hold."""
LAUGHS: Final = '<!ENTITY a0 "ha">' + "".join(
    '<!ENTITY a{} "{}">'.format(n, "&a{};".format(n - 1) * 10)  # noqa: UP032  # quotes within quotes
    for n in range(1, 12)
)
"""Entities that unfold to billions of letters."""
