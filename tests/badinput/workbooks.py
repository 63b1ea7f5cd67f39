"""Workbooks that are broken, too large, or say what cannot be."""

from __future__ import annotations

import struct
import zipfile
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.badinput.books import (
    BOOK,
    EVERYTHING,
    GOOD,
    HEAD,
    LAUGHS,
    LINKS,
    MAIN,
    SHEET,
    STRINGS,
    STYLED,
    STYLES,
    TITLE,
    A,
    cell,
    doctype,
    listed,
    named,
    packed,
    rels,
    sheet,
    text,
)
from tests.badinput.case import Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.badinput.case import Content

_BLOWN: Final = f'<!ENTITY a "{"x" * 100_000}">'
_FILE: Final = '<!ENTITY a SYSTEM "file:///etc/hostname">'
_HOST: Final = '<!ENTITY a SYSTEM "http://192.0.2.1/x">'
_PARAMETER: Final = '<!ENTITY % a SYSTEM "http://192.0.2.1/x.dtd"> %a;'


def _entities(declared: str, used: str) -> dict[str, str | bytes | None]:
    return {SHEET: doctype(declared, sheet(f'{TITLE}<row r="2">{text("A2", used)}</row>'))}


def _patched(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


def _sizes(content: bytes, stated: int) -> bytes:
    """State in the directory of a ZIP that the largest member unpacks to another size."""
    found = bytearray(content)
    at = found.find(b"PK\x01\x02")
    struct.pack_into("<L", found, at + 24, stated)
    return bytes(found)


def _overlapping() -> bytes:
    """Return a ZIP of which many members are the same stretch of bytes."""
    content = packed({"xl/media/x.bin": b"\0" * 4_000_000})
    start = content.find(b"PK\x01\x02")
    end = content.find(b"PK\x05\x06")
    entries = content[start:end]
    last = entries[entries.rfind(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"x.bin", b"%05d" % n) for n in range(9_000))
    closing = bytearray(content[end:])
    count = 8 + 9_000
    struct.pack_into("<HHLL", closing, 8, count, count, len(entries) + len(more), start)
    return content[:start] + entries + more + bytes(closing)


MEMBERS: Final[Mapping[str, tuple[Mapping[str, str | bytes | None], str]]] = {
    # Parts
    "without the list of its parts": ({"_rels/.rels": None}, "not-a-workbook"),
    "without its book": ({BOOK: None}, "not-a-workbook"),
    "without the links of its book": ({LINKS: None}, "not-a-workbook"),
    "without its sheet": ({SHEET: None}, "not-a-workbook"),
    "without its shared texts": ({STRINGS: None}, "not-a-workbook"),
    "without its styles": ({STYLES: None}, "not-a-workbook"),
    "without content types": ({"[Content_Types].xml": None}, ""),
    "without sheets": ({BOOK: listed()}, "not-a-workbook"),
    "with a sheet of an unknown link": (
        {BOOK: listed('name="capabilities" sheetId="1" r:id="rId7"')},
        "not-a-workbook",
    ),
    "with a sheet without a link": ({BOOK: listed('name="capabilities" sheetId="1"')}, "not-a-workbook"),
    "with a sheet without a name": ({BOOK: listed('sheetId="1" r:id="rId1"')}, "not-a-workbook"),
    "with a sheet of an empty name": ({BOOK: listed(named(""))}, "unknown-list"),
    "with a sheet of an unknown name": ({BOOK: listed(named("Sheet1"))}, "unknown-list"),
    "with two sheets alike": ({BOOK: listed(named("capabilities"), named("capabilities"))}, "not-a-workbook"),
    "with a sheet that is its book": ({LINKS: rels(("rId1", "worksheet", "workbook.xml"))}, "not-a-workbook"),
    "with a sheet that is a chart": ({LINKS: rels(("rId1", "chartsheet", "worksheets/sheet1.xml"))}, ""),
    "with a sheet outside of it": ({LINKS: rels(("rId1", "worksheet", "../../../../etc/hostname"))}, "not-a-workbook"),
    "with a sheet on the disk": ({LINKS: rels(("rId1", "worksheet", "file:///etc/hostname"))}, "not-a-workbook"),
    "with a sheet on a host": (
        {LINKS: rels(("rId1", "worksheet", 'http://192.0.2.1/x" TargetMode="External'))},
        "not-a-workbook",
    ),
    "with a link to a book on the disk": (
        {"xl/externalLinks/externalLink1.xml": '<externalLink><externalBook r:id="/etc/hostname"/></externalLink>'},
        "",
    ),
    "with a connection to a host": (
        {"xl/connections.xml": '<connections><dbPr connection="http://192.0.2.1"/></connections>'},
        "",
    ),
    "with two books": (
        {"_rels/.rels": rels(("rId1", "officeDocument", BOOK), ("rId2", "officeDocument", BOOK))},
        "not-a-workbook",
    ),
    "of a text program": ({"_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml"))}, "not-a-workbook"),
    "with members that climb out": ({"../../evil.txt": b"x", "/evil/evil.txt": b"x", "C:\\evil.txt": b"x"}, ""),
    "with a name table that names itself": (
        {
            BOOK: listed(named("_Names"), named("capabilities", 2)),
            LINKS: rels(*STYLED, ("rId2", "worksheet", "worksheets/sheet1.xml")),
            SHEET: sheet(f'<row r="1">{text("A1", "capabilities")}{text("B1", "_Names")}</row>{A}'),
        },
        "unknown-list",
    ),
    # XML
    "with a sheet cut off": ({SHEET: GOOD[SHEET][:-40]}, "not-a-workbook"),
    "with an empty sheet part": ({SHEET: ""}, "not-a-workbook"),
    "with a sheet that is no XML": ({SHEET: "title,maturityLevel\nA,3\n"}, "not-a-workbook"),
    "with a sheet in UTF-16": ({SHEET: GOOD[SHEET].replace("UTF-8", "UTF-16").encode("utf-16")}, ""),
    "with a sheet in UTF-7": ({SHEET: GOOD[SHEET].replace("UTF-8", "UTF-7")}, "not-a-workbook"),
    "with a sheet in an unknown encoding": ({SHEET: GOOD[SHEET].replace("UTF-8", "klingon")}, "not-a-workbook"),
    "with a sheet in Latin-1": ({SHEET: GOOD[SHEET].replace(">A<", ">\xe4<").encode("latin-1")}, "not-a-workbook"),
    "with a NUL in a sheet": ({SHEET: GOOD[SHEET].replace(">A<", ">A\0<")}, "not-a-workbook"),
    "with an undeclared entity": ({SHEET: GOOD[SHEET].replace(">A<", ">&a;<")}, "not-a-workbook"),
    "with an undeclared prefix": ({SHEET: GOOD[SHEET].replace("<sheetData", "<x:y/><sheetData")}, "not-a-workbook"),
    "with a million laughs": (_entities(LAUGHS, "&a11;"), "not-a-workbook"),
    "with a quadratic bomb": (_entities(_BLOWN, "&a;" * 10_000), "not-a-workbook"),
    "with an entity of a file": (_entities(_FILE, "&a;"), "not-a-workbook"),
    "with an entity of a host": (_entities(_HOST, "&a;"), "not-a-workbook"),
    "with a parameter entity of a host": (_entities(_PARAMETER, "A"), "not-a-workbook"),
    "with a document type in the styles": ({STYLES: doctype(LAUGHS, GOOD[STYLES])}, "not-a-workbook"),
    "with a document type in the links": ({LINKS: doctype(_FILE, GOOD[LINKS])}, "not-a-workbook"),
    "with a document type in the shared texts": ({STRINGS: doctype(LAUGHS, GOOD[STRINGS])}, "not-a-workbook"),
    "with a document type in the book": ({BOOK: doctype(_FILE, GOOD[BOOK])}, "not-a-workbook"),
    "with a document type behind a comment": (
        {SHEET: doctype(LAUGHS, sheet(TITLE + A)).replace("<!DOCTYPE", f"<!--{'x' * 70_000}--><!DOCTYPE")},
        "not-a-workbook",
    ),
    "with a document type in UTF-16": (
        {SHEET: doctype(LAUGHS, sheet(TITLE + A)).replace("UTF-8", "UTF-16").encode("utf-16")},
        "not-a-workbook",
    ),
    "with an inclusion": (
        {
            SHEET: GOOD[SHEET].replace(
                ">A<", '><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/hostname"/><'
            )
        },
        "",
    ),
    "with tags nested 100,000 deep": ({SHEET: sheet("<row>" * 100_000 + "</row>" * 100_000)}, ""),
    "with cells nested 100,000 deep": (
        {SHEET: sheet(f'{TITLE}<row r="2">{"<c><is>" * 50_000}{"</is></c>" * 50_000}</row>')},
        "",
    ),
    "with 100,000 attributes": (
        {SHEET: GOOD[SHEET].replace('<row r="1"', "<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + ' r="1"')},
        "",
    ),
    # Rows and cells
    "with a cell in row 0": (cell('<c r="B0"><v>3</v></c>'), "not-a-workbook"),
    "with a cell without a column": (cell('<c r="2"><v>3</v></c>'), "not-a-workbook"),
    "with a cell without a row": (cell('<c r="B"><v>3</v></c>'), "not-a-workbook"),
    "with a cell of another row": (cell('<c r="B7"><v>3</v></c>'), "not-a-workbook"),
    "with a cell of a row below 0": (cell('<c r="B-2"><v>3</v></c>'), "not-a-workbook"),
    "with a cell in column ZZZZZ": (cell('<c r="ZZZZZ2"><v>3</v></c>'), "not-a-workbook"),
    "with a cell in column XFE": (cell('<c r="XFE2"><v>3</v></c>'), "too-large"),
    "with a cell at an empty place": (cell('<c r=""><v>3</v></c>'), ""),
    "with a cell twice": (cell('<c r="B2"><v>3</v></c><c r="B2"><v>4</v></c>'), "not-a-workbook"),
    "with a cell in front of the one before": (cell('<c r="A2" t="inlineStr"><is><t>B</t></is></c>'), "not-a-workbook"),
    "with a row below 0": ({SHEET: sheet(f'{TITLE}<row r="-5">{text("A-5", "A")}</row>')}, "not-a-workbook"),
    "with row 0": ({SHEET: sheet(f'<row r="0">{text("A1", "title")}</row>{A}')}, "not-a-workbook"),
    "with a row of no number": ({SHEET: sheet(f'{TITLE}<row r="x">{text("A2", "A")}</row>')}, "not-a-workbook"),
    "with a row of a fraction": ({SHEET: sheet(f'{TITLE}<row r="2.5">{text("A2", "A")}</row>')}, "not-a-workbook"),
    "with a row of 5,000 digits": (
        {SHEET: sheet(f'{TITLE}<row r="{"9" * 5_000}">{text("A2", "A")}</row>')},
        "not-a-workbook",
    ),
    "with a row twice": ({SHEET: sheet(f"{TITLE}{A}{A}")}, "not-a-workbook"),
    "with rows from the last to the first": ({SHEET: sheet(A + TITLE)}, ""),
    "with a cell in the last corner": (
        {SHEET: sheet(f'{TITLE}<row r="1048576">{text("XFD1048576", "A")}</row>')},
        "too-large",
    ),
    "with a row beyond the last": (
        {SHEET: sheet(f'{TITLE}<row r="1048577">{text("A1048577", "A")}</row>')},
        "too-large",
    ),
    "with a header in the last column": (
        {SHEET: sheet(f'<row r="1">{text("A1", "title")}{text("XFD1", "x")}</row>{A}')},
        "too-large",
    ),
    "with ranges merged over everything": (
        {SHEET: sheet(TITLE + A, f"<mergeCells>{EVERYTHING}</mergeCells>")},
        "",
    ),
    "with 20,000 merged ranges": (
        {SHEET: sheet(TITLE + A, "<mergeCells>" + EVERYTHING * 20_000 + "</mergeCells>")},
        "",
    ),
    "with a merged range that is none": (
        {SHEET: sheet(TITLE + A, '<mergeCells><mergeCell ref="A0:??"/></mergeCells>')},
        "not-a-workbook",
    ),
    "with a merged range without an address": ({SHEET: sheet(TITLE + A, "<mergeCells><mergeCell/></mergeCells>")}, ""),
    "with a shared text that there is not": (cell('<c r="B2" t="s"><v>7</v></c>'), "cell-error"),
    "with a shared text below 0": (cell('<c r="B2" t="s"><v>-1</v></c>', "purpose"), "cell-error"),
    "with a shared text of no number": (cell('<c r="B2" t="s"><v>B</v></c>'), "cell-error"),
    "with a cell of an unknown type": (cell('<c r="B2" t="zz"><v>3</v></c>'), "cell-error"),
    "with a number that is none": (cell('<c r="B2"><v>three</v></c>'), "cell-error"),
    "with a number too large": (cell('<c r="B2"><v>1e999</v></c>'), "cell-error"),
    "with NaN": (cell('<c r="B2"><v>nan</v></c>'), "cell-error"),
    "with a number of 100,000 digits": (cell(f'<c r="B2"><v>{"9" * 100_000}</v></c>'), "cell-error"),
    "with a fraction of a whole": (cell('<c r="B2"><v>2.5</v></c>'), "wrong-type"),
    "with a number out of its range": (cell('<c r="B2"><v>9</v></c>'), "out-of-range"),
    "with a text for a number": (cell(text("B2", "much")), "wrong-type"),
    "with a truth value for a number": (cell('<c r="B2" t="b"><v>1</v></c>'), "wrong-type"),
    "with a truth value that is none": (
        {**cell('<c r="B2" t="b"><v>perhaps</v></c>', "isPriority"), BOOK: listed(named("customerSegments"))},
        "cell-error",
    ),
    "with a date that there is not": (cell('<c r="B2" s="1"><v>1e9</v></c>', "description"), "cell-error"),
    "with a date below 0": (cell('<c r="B2" s="1"><v>-1e9</v></c>', "description"), "cell-error"),
    "with a date of 1904 that there is not": (
        {
            **cell('<c r="B2" s="1"><v>2958466</v></c>', "description"),
            BOOK: listed(named("capabilities"), further='<workbookPr date1904="1"/>'),
        },
        "cell-error",
    ),
    "with a date in text that there is not": (
        cell('<c r="B2" t="d"><v>2025-02-30</v></c>', "description"),
        "cell-error",
    ),
    "with a date in text that is none": (cell('<c r="B2" t="d"><v>tomorrow</v></c>', "description"), "cell-error"),
    "with a style that there is not": (cell('<c r="B2" s="77"><v>3</v></c>'), ""),
    "with a style of no number": (cell('<c r="B2" s="x"><v>3</v></c>'), "cell-error"),
    "with styles that are none": (
        {STYLES: f'{HEAD}<styleSheet xmlns="{MAIN}"><cellXfs count="x"><xf numFmtId="x"/></cellXfs></styleSheet>'},
        "not-a-workbook",
    ),
    "with styles of another make": ({STYLES: f"{HEAD}<html/>"}, "not-a-workbook"),
    "with a formula without a result": (cell('<c r="B2"><f>1+1</f></c>'), "no-result"),
    "with a formula of a web page": (cell('<c r="B2"><f>WEBSERVICE("http://192.0.2.1/")</f></c>'), "no-result"),
    "with a formula of a program": (cell("<c r=\"B2\"><f>cmd|' /C calc'!A0</f><v></v></c>"), "no-result"),
    "with a formula of a text for a number": (cell('<c r="B2" t="str"><f>"x"</f><v>x</v></c>'), "wrong-type"),
    "with errors": (
        {
            SHEET: sheet(
                TITLE
                + "".join(
                    f'<row r="{n}">{text(f"A{n}", "A")}<c r="B{n}" t="e"><v>{told}</v></c></row>'
                    for n, told in enumerate(("#REF!", "#DIV/0!", "#N/A", "#NAME?"), 2)
                )
            )
        },
        "cell-error duplicate-id",
    ),
    "with an error of a million letters": (cell(f'<c r="B2" t="e"><v>{"#" * 1_000_000}</v></c>'), "cell-error"),
    "with half a surrogate": (cell(text("B2", "x_xD800_"), "purpose"), "wrong-value"),
    "with a NUL in a cell": (cell(text("B2", "x_x0000_"), "purpose"), ""),
    "with half a surrogate in the name of what a row is nested in": (
        {
            BOOK: listed(named("journeys.journeyStages")),
            SHEET: sheet(
                f'<row r="1">{text("A1", "journey")}{text("B1", "stageName")}</row>'
                f'<row r="2">{text("A2", "x_xD800_")}{text("B2", "A")}</row>'
            ),
        },
        "wrong-value",
    ),
    # Headers
    "with two headers alike": (
        {SHEET: sheet(f'<row r="1">{text("A1", "title")}{text("B1", "title")}</row>{A}')},
        "duplicate-column",
    ),
    "with an unknown header": (
        {SHEET: sheet(f'<row r="1">{text("A1", "title")}{text("B1", "colour")}</row>{A}')},
        "unknown-field",
    ),
    "with a header that is a number": (
        {SHEET: sheet(f'<row r="1">{text("A1", "title")}<c r="B1"><v>5</v></c></row>{A}')},
        "unknown-field",
    ),
    "with a header that is an error": (
        {SHEET: sheet(f'<row r="1">{text("A1", "title")}<c r="B1" t="e"><v>#REF!</v></c></row>{A}')},
        "cell-error",
    ),
    "with cells beside the headers": (
        {SHEET: sheet(f'{TITLE}<row r="2">{text("A2", "A")}{text("F2", "B")}</row>')},
        "row-shape",
    ),
    "with a remark above the headers": (
        {SHEET: sheet(f'<row r="1">{text("A1", "Our capabilities")}</row>{A}')},
        "unknown-field",
    ),
    # Size
    "with 100,000 columns": (
        {SHEET: sheet("<row>" + "<c><v>1</v></c>" * 100_000 + "</row>")},
        "too-large",
    ),
    "with 11,000 rows alike": (
        {SHEET: sheet(TITLE + "<row><c t='inlineStr'><is><t>A</t></is></c></row>" * 11_000)},
        "duplicate-id too-many-problems",
    ),
    "with 60,000 errors": (
        {SHEET: sheet(TITLE + '<row><c t="e"><v>#N/A</v></c></row>' * 60_000)},
        "cell-error too-many-problems",
    ),
    "with 11,000 members": ({f"xl/media/{n}.txt": b"" for n in range(11_000)}, "too-large"),
}
"""Members in the place of those of a good workbook, with the rules that they break."""


def _tags() -> bytes:
    return packed({SHEET: sheet(TITLE + "<row/>" * 17_000_000)})


FILES: Final[Mapping[str, tuple[Content, str]]] = {
    "that is empty": (b"", "not-a-workbook"),
    "that is CSV": (b"title,purpose\nA,B\n", "not-a-workbook"),
    "that is HTML": (b"<html><table><tr><td>title</td></tr></table></html>", "not-a-workbook"),
    "cut in half": (lambda: packed({})[: len(packed({})) // 2], "not-a-workbook"),
    "without its first 100 bytes": (lambda: packed({})[100:], "not-a-workbook"),
    "without its last byte": (lambda: packed({})[:-1], "not-a-workbook"),
    "with bytes behind it": (lambda: packed({}) + b"\0" * 100_000, "not-a-workbook"),
    "with bytes in front of it": (lambda: b"\0" * 1_000 + packed({}), ""),
    "that is an empty ZIP": (b"PK\x05\x06" + b"\0" * 18, "not-a-workbook"),
    "of Excel before 2007": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "not-a-workbook"),
    "with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"),
        "not-a-workbook",
    ),
    "with locked members": (
        lambda: _patched(packed({}), b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
        "not-a-workbook",
    ),
    "with an unknown packing": (
        lambda: _patched(
            packed({}), b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00"
        ),
        "not-a-workbook",
    ),
    "with damaged members": (
        lambda: _patched(packed({}, zipfile.ZIP_STORED), b"maturityLevel", b"maturityLevek"),
        "not-a-workbook",
    ),
    "with a member said to be smaller": (lambda: _sizes(packed({}), 5), "not-a-workbook"),
    "with a member said to be larger than all": (lambda: _sizes(packed({}), 0xFFFF_FFF0), "too-large"),
    "with overlapping members": (_overlapping, "too-large"),
    "with a ZIP bomb": (lambda: packed({SHEET: sheet(TITLE + A) + " " * 50_000_000}), "too-large"),
    "with a ZIP bomb in a picture": (lambda: packed({"xl/media/x.png": b"\0" * 50_000_000}), "too-large"),
    "with a bomb packed by another method": (
        lambda: packed({"xl/media/x.png": b"\0" * 50_000_000}, zipfile.ZIP_BZIP2),
        "too-large",
    ),
    "with 17 million tags": (_tags, "too-large"),
    "with a text of 10 MB": (
        lambda: packed({SHEET: sheet(f"{TITLE}<row>{text('A2', 'x' * 10_000_000)}</row>")}, zipfile.ZIP_STORED),
        "too-large",
    ),
}
"""Content of a file, with the rules that it breaks."""


def cases() -> Iterator[Case]:
    """Yield workbooks with changed members, then those that are broken as files."""
    for told, (changed, rules) in MEMBERS.items():
        yield case(f"xlsx: {told}", {"a.xlsx": partial(packed, changed)}, rules)
    for told, (file, rules) in FILES.items():
        yield case(f"xlsx: {told}", {"a.xlsx": file}, rules)
