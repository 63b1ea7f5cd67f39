"""Tables in CSV that are broken, too large, or say what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.badinput.case import USAGE, Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.badinput.case import Content

_STAGES: Final = "journeys.journeyStages.csv"

TABLES: Final[tuple[tuple[str, str, Content, str], ...]] = (
    # The text as such
    ("a quote that nothing closes", "capabilities.csv", b'title\n"A\nB\nC\n', "syntax"),
    ("a quote that nothing closes, in the header", "capabilities.csv", b'"title\nA\nB\n', "syntax"),
    ("text behind a quote", "capabilities.csv", b'title,purpose\n"A"x,y\n', "syntax"),
    ("a quote in the midst of a quoted cell", "capabilities.csv", b'title\n"A "big" one"\n', "syntax"),
    ("carriage returns alone", "capabilities.csv", b"title\rA\rB\r", ""),
    ("a carriage return in a cell", "capabilities.csv", b"title\nA\rB\n", ""),
    ("a page of HTML", "capabilities.csv", b"<!DOCTYPE html>\n<html><body>404</body></html>\n", "unknown-field"),
    ("JSON", "capabilities.csv", b'{"capabilities": [{"title": "A"}]}\n', "unknown-field"),
    (
        "a line that says the separator",
        "capabilities.csv",
        b"sep=;\ntitle;purpose\nA;B\n",
        "unknown-field unnamed-column",
    ),
    ("the cut end of a row", "capabilities.csv", b"title,description,purpose\nA,B,C\nD,E", ""),
    # The header
    ("two headers alike", "capabilities.csv", b"title,purpose,purpose\nA,B,C\n", "duplicate-column"),
    ("two headers alike but for blanks", "capabilities.csv", b"title,purpose, purpose \nA,B,C\n", "duplicate-column"),
    ("three headers alike", "capabilities.csv", b"title,title,title\nA,B,C\n", "duplicate-column"),
    ("headers that differ in case", "capabilities.csv", b"title,Title\nA,B\n", "duplicate-column"),
    ("an unknown header", "capabilities.csv", b"title,colour\nA,red\n", "unknown-field"),
    ("a header with a part too many", "capabilities.csv", b"title.de\nA\n", "unknown-field"),
    ("a header with a part too few", "customerSegments.csv", b"title,customerLifetimeValue\nA,5\n", "wrong-type"),
    ("a header that ends in a dot", "capabilities.csv", b"title,parent.\nA,B\n", "unknown-field"),
    ("a header of dots", "capabilities.csv", b"title,...\nA,B\n", "unknown-field"),
    ("a whole and its part", "capabilities.csv", b"title,parent,parent.title\nA,B,C\n", "contradiction"),
    (
        "a list within a list",
        "journeys.csv",
        b"journeyTitle,journeyStages.touchpoints.touchpointName\nA,B\n",
        "list-in-list",
    ),
    ("cells without a header", "capabilities.csv", b"title,,\nA,,B\n", "unnamed-column"),
    ("no header", "capabilities.csv", b"Payments,Pay people\nAdvice,Tell people\n", "unknown-field"),
    ("a blank line for a header", "capabilities.csv", b",,\ntitle,purpose\nA,B\n", "unnamed-column"),
    ("more cells than headers", "capabilities.csv", b"title\nA,B,C\n", "row-shape"),
    # The name of the table
    ("a table of an unknown name", "capabilites.csv", b"title\nA\n", "unknown-list"),
    ("a table of an unknown field", "journeys.stages.csv", b"journey,stageName\nA,B\n", "unknown-list"),
    ("a table of no name", "....csv", b"title\nA\n", "unknown-list"),
    ("a table of a name with letters that nobody sees", "capa\u200bbilities\u202e.csv", b"title\nA\n", ""),
    ("rows that are nested nowhere", _STAGES, b"stageName\nA\n", "missing-column"),
    ("a row that is nested nowhere", _STAGES, b"journey,stageName\n,A\n", "missing-field"),
    ("rows nested in what no id can be made of", _STAGES, b"journey,stageName\n???,A\n", "unknown-reference"),
    (
        "rows nested in what there is not",
        "journeyStages.touchpoints.csv",
        b"journeyStage,touchpointName\nX,A\n",
        "unknown-reference",
    ),
    # What cells say
    ("a word for a number", "capabilities.csv", b"title,maturityLevel\nA,high\n", "wrong-type"),
    (
        "a number out of its range",
        "capabilities.csv",
        b"title,customerPriority\nA,-99999999999999999999\n",
        "out-of-range",
    ),
    ("a number of 300 digits", "capabilities.csv", b"title,customerPriority\nA," + b"9" * 300 + b"\n", "out-of-range"),
    (
        "a number of 100,000 digits",
        "capabilities.csv",
        b"title,customerPriority\nA," + b"9" * 100_000 + b"\n",
        "wrong-type",
    ),
    ("a fraction of 100,000 digits", "capabilities.csv", b"title,performanceScore\nA,1." + b"9" * 100_000 + b"\n", ""),
    (
        "an exponent of 100,000 digits",
        "capabilities.csv",
        b"title,performanceScore\nA,1e" + b"9" * 100_000 + b"\n",
        "wrong-type",
    ),
    ("NaN", "capabilities.csv", b"title,performanceScore\nA,NaN\n", "wrong-type"),
    ("Infinity", "capabilities.csv", b"title,performanceScore\nA,inf\n", "wrong-type"),
    ("two decimal signs", "capabilities.csv", b'title,performanceScore\nA,1.5\nB,"1,5"\n', "wrong-type"),
    ("three decimal signs", "capabilities.csv", b'title,performanceScore\nA,"1.23,4,5"\n', "wrong-type"),
    ("digits of another script", "capabilities.csv", "title,customerPriority\nA,٣\n".encode(), "wrong-type"),
    ("a power of two", "capabilities.csv", "title,customerPriority\nA,²\n".encode(), "wrong-type"),
    ("perhaps for true", "customerSegments.csv", b"title,isPriority\nA,perhaps\n", "wrong-type"),
    ("a formula for a number", "capabilities.csv", b"title,maturityLevel\nA,=1+1\n", "wrong-type"),
    ("a call of a program", "capabilities.csv", b"title,maturityLevel\nA,\"=cmd|' /C calc'!A0\"\n", "wrong-type"),
    ("an error of a spreadsheet", "capabilities.csv", b"title,maturityLevel\nA,#REF!\n", "wrong-type"),
    ("a date as spreadsheets show it", "initiatives.csv", b"title,startDate\nA,3/4/25\n", "wrong-value"),
    (
        "lists of different lengths",
        "capabilities.csv",
        b"title,dependsOn.title,dependsOn.kind\nA,b;c;d,Capability;Capability\n",
        "uneven-lists",
    ),
    ("JSON cut in an object", "performanceIndicators.csv", b'title,evaluativeModel\nA,"{""a"": "\n', "wrong-value"),
    (
        "JSON nested 10,000 levels deep",
        "performanceIndicators.csv",
        b'title,evaluativeModel\nA,"' + b"[" * 10_000 + b'"\n',
        "wrong-value",
    ),
    (
        "JSON nested 900 levels deep",
        "performanceIndicators.csv",
        b"title,evaluativeModel\nA," + b"[" * 900 + b"]" * 900 + b"\n",
        "wrong-value",
    ),
    ("JSON with NaN", "performanceIndicators.csv", b'title,evaluativeModel\nA,"{""a"": NaN}"\n', "wrong-value"),
    (
        "JSON with a key twice",
        "performanceIndicators.csv",
        b'title,evaluativeModel\nA,"{""a"": 1, ""a"": 2}"\n',
        "wrong-value",
    ),
    (
        "JSON with a number of 100,000 digits",
        "performanceIndicators.csv",
        b'title,evaluativeModel\nA,"{""a"": ' + b"1" * 100_000 + b'}"\n',
        "wrong-value",
    ),
    (
        "JSON with half a surrogate",
        "performanceIndicators.csv",
        b'title,evaluativeModel\nA,"{""a"": ""\\ud800""}"\n',
        "wrong-value",
    ),
    ("half a quote in a list", "customerSegments.csv", b'title,feelings\nA,"""x;y"\n', ""),
    ("a NUL in a cell", "capabilities.csv", b"title,purpose\nA,x\0y\n", ""),
    ("a NUL in the header", "capabilities.csv", b"title,pur\0pose\nA,x\n", "encoding"),
    ("one id twice", "capabilities.csv", b"title\nA\na\n", "duplicate-id"),
    ("a row without a name", "capabilities.csv", b"title,purpose\n,B\n", "no-identity"),
    (
        "an edge of an unknown type",
        "relationships.csv",
        b"type,from.id,from.kind,to.id,to.kind\nHATES,a,Capability,b,Capability\n",
        "unknown-type",
    ),
    ("an edge without an end", "relationships.csv", b"type,from.id,from.kind\nOWNS,a,OrgUnit\n", "record-shape"),
    # Tabs
    ("commas in TSV", "capabilities.tsv", b"title,purpose\nA,B\n", ""),
    ("a row of TSV that is too long", "capabilities.tsv", b"title\tpurpose\nA\tB\tC\n", "row-shape"),
    ("a quote of TSV that nothing closes", "capabilities.tsv", b'title\n"A\nB\n', "syntax"),
    ("an escape of TSV cut off", "capabilities.tsv", b"title\nA\\\nB\n", ""),
    ("TSV of 100,000 columns", "capabilities.tsv", lambda: b"title" + b"\tx" * 100_000 + b"\nA\n", "too-large"),
    ("an empty TSV", "capabilities.tsv", b"", "syntax"),
    ("TSV of NULs", "capabilities.tsv", b"\0" * 4096, "encoding"),
    # Size
    ("100,000 columns", "capabilities.csv", lambda: b"title" + b",x" * 100_000 + b"\nA\n", "too-large"),
    ("a row of 100,000 cells", "capabilities.csv", lambda: b"title\nA" + b",x" * 100_000 + b"\n", "too-large"),
    (
        "2,000 unknown columns",
        "capabilities.csv",
        lambda: b",".join(b"c%d" % n for n in range(2_000)) + b"\nA\n",
        "unknown-field",
    ),
    ("10,000 columns alike", "capabilities.csv", lambda: b"title" + b",title" * 9_999 + b"\nA\n", "duplicate-column"),
    (
        "10,000 empty columns and 500 rows",
        "capabilities.csv",
        lambda: b"title" + b"," * 9_999 + b"\nA\n" + b"B\n" * 500,
        "duplicate-id",
    ),
    ("a cell of 10 MB", "capabilities.csv", lambda: b'title\n"' + b"x" * 10_000_000 + b'"\n', "syntax"),
    ("a header of 10 MB", "capabilities.csv", lambda: b"x" * 10_000_000 + b"\nA\n", "syntax"),
    ("an unknown header of 3 MB", "capabilities.csv", lambda: b"x" * 3_000_000 + b"\nA\n", "unknown-field"),
    (
        "a list of 200,000 items",
        "customerSegments.csv",
        lambda: b"title,feelings\nA," + b"x;" * 200_000 + b"\n",
        "too-large",
    ),
    (
        "a quote that nothing closes in 20 MB",
        "capabilities.csv",
        lambda: b'title\nA\n"' + b"B\n" * 10_000_000,
        "syntax",
    ),
    ("a million blank lines", "capabilities.csv", lambda: b"title,colour\n" + b"\n" * 1_000_000, "unknown-field"),
    ("1,100,000 rows", "capabilities.csv", lambda: b"title\n" + b"A\n" * 1_100_000, "too-large"),
    ("11,000 rows alike", "capabilities.csv", lambda: b"title\n" + b"A\n" * 11_000, "duplicate-id too-many-problems"),
    (
        "11,000 rows that are too long",
        "capabilities.csv",
        lambda: b"title\n" + b"A,B\n" * 11_000,
        "row-shape too-many-problems",
    ),
    (
        "5,000 quotes in a list",
        "customerSegments.csv",
        lambda: b'title,feelings\nA,"' + b'""a"";""' * 5_000 + b'"\n',
        "",
    ),
    ("65 MiB", "capabilities.csv", lambda: b"title\n" + b"A" * (65 << 20), "too-large"),
)
"""Fault, name of the file, what it holds, and the rules that it breaks."""


def cases() -> Iterator[Case]:
    """Yield the tables, then some of which the way they are written is declared."""
    for told, name, content, rules in TABLES:
        yield case(f"csv: {told}", {name: content}, rules)
    table = {"capabilities.csv": "title,purpose\nZürich,B\n".encode()}
    for told, declared, rules in (
        ("an encoding that there is not", "encoding=klingon", USAGE),
        ("an encoding that is no text", "encoding=base64", USAGE),
        ("an encoding that unpacks", "encoding=zlib", USAGE),
        ("a wrong encoding", "encoding=ascii", "encoding"),
        ("UTF-16 that is none", "encoding=utf-16", "unknown-field"),
        ("an encoding of names", "encoding=idna", "encoding"),
        ("an encoding of escapes", "encoding=unicode_escape", ""),
        ("a name of an encoding that cannot be", "encoding=\0", USAGE),
        ("another delimiter", "delimiter=tab", "unknown-field"),
        ("a delimiter that is a quote", 'delimiter="', USAGE),
        ("a delimiter that is a letter", "delimiter=x", USAGE),
        ("a delimiter of two characters", "delimiter=;;", USAGE),
        ("a delimiter that is a line break", "delimiter=newline", USAGE),
        ("a delimiter that is a NUL", "delimiter=\0", USAGE),
        ("a decimal sign that is none", "decimal=x", USAGE),
        ("an unknown declaration", "quote='", USAGE),
        ("a declaration of nothing", "delimiter=", USAGE),
    ):
        yield case(f"csv: declared, {told}", table, rules, declared=(declared,))
