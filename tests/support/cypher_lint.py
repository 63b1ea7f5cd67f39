"""The rules that keep a question file running on both stores, each a function that yields what breaks it.

The rules read text, not a syntax tree: strings and comments are blanked first, and ``layout`` demands one clause a
line, on which the others rely. What text cannot tell (which rows come back) the oracle tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphkb.model.metamodel import ELEMENT, METAMODEL
from graphkb.queries.catalog import CHECKS, EXPLORE
from graphkb.sync.schema import RUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphkb.queries.catalog import Question

MOST_HOPS: Final = 10

_NAMES = (
    "abs all any avg ceil coalesce collect count date duration.inDays endNode exists floor head keys labels last left "
    "length max min nodes none properties range reduce relationships replace reverse right shortestPath sign single "
    "size split sqrt startNode substring sum tail toFloat toInteger toLower toUpper trim type"
)
FUNCTIONS: Final = frozenset(_NAMES.split())
"""Functions that both stores have, with the same meaning."""

AGGREGATES: Final = "avg collect count max min sum"

_KEYWORDS = "AND AS BY CALL CASE DISTINCT ELSE IN MATCH NOT OR RETURN THEN UNION UNWIND WHEN WHERE WITH XOR"
_CLAUSE = re.compile(
    r"\b(OPTIONAL MATCH|OPTIONAL CALL|MATCH|WHERE|(?<!STARTS )(?<!ENDS )WITH|RETURN|UNWIND|CALL|UNION|"
    r"ORDER BY|SKIP|LIMIT)\b"
)
_OPERAND, _OPERATOR = r"[\w.$]+", r"(?:<>|<=|>=|<|>|=)"

FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "a write": re.compile(r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|FOREACH|DROP)\b"),
    "a chained comparison": re.compile(rf"{_OPERAND}\s*{_OPERATOR}\s*{_OPERAND}\s*{_OPERATOR}\s*{_OPERAND}"),
    "a pattern of both directions": re.compile(r"<-(\[[^\]]*\])?->"),
    "a label expression": re.compile(r"[:|&]\s*[!%]|:\w+\s*&|:\s*\("),
    "a quantified path": re.compile(r"->\s*[+*{]|-\s*[+*]\s*\(|\)\s*\{\s*[\d,]|\)\+\s*\("),
    "COLLECT {}": re.compile(r"\bCOLLECT\s*\{", re.IGNORECASE),
    "CALL IN TRANSACTIONS": re.compile(r"\bIN\s+TRANSACTIONS\b", re.IGNORECASE),
    "a block comment": re.compile(r"/\*"),
    "a semicolon": re.compile(r";"),
    "LOAD CSV": re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE),
    "USE": re.compile(r"^\s*USE\b", re.IGNORECASE | re.MULTILINE),
    "OPTIONAL CALL": re.compile(r"\bOPTIONAL\s+CALL\b"),
    "RETURN inside EXISTS {}": re.compile(r"\bEXISTS\s*\{[^{}]*\bRETURN\b"),
    "a distance as min(length(path))": re.compile(r"\bmin\s*\(\s*length\s*\("),
    "a division by an integer": re.compile(r"/\s*\d+\b(?!\.\d)"),
}


@dataclass(frozen=True)
class Vocabulary:
    """The labels and relationship types that may occur."""

    labels: frozenset[str]
    types: frozenset[str]


def known_vocabulary() -> Vocabulary:
    """Return labels and types of the metamodel."""
    return Vocabulary(METAMODEL.labels | {ELEMENT}, METAMODEL.types)


@dataclass(frozen=True)
class Text:
    """A question's Cypher, ready to be looked at."""

    question: Question
    vocabulary: Vocabulary

    @cached_property
    def code(self) -> str:
        """The text with strings and line comments blanked."""
        return re.sub(r"'(?:[^'\\]|\\.)*'|//[^\n]*", lambda m: "''" if m[0][0] == "'" else "", self.question.text)

    @cached_property
    def flat(self) -> str:
        """The code with the inside of ``EXISTS {}`` and ``COUNT {}`` blanked, where clauses share a line."""
        return re.sub(r"\b(EXISTS|COUNT)\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", r"\1 {}", self.code)

    @cached_property
    def clauses(self) -> list[tuple[str, str]]:
        """Keyword and body of every clause, in order."""
        found: list[tuple[str, str]] = []
        for line in self.flat.splitlines():
            start = _CLAUSE.match(line.strip())
            if start:
                found.append((start[0], line.strip()[start.end() :]))
            elif found and line.strip() != "}":
                found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
        return found

    @property
    def explores(self) -> bool:
        """Whether the text returns paths to look at."""
        return self.question.topic == EXPLORE

    @property
    def checks(self) -> bool:
        """Whether the text looks for what is wrong."""
        return self.question.topic == CHECKS


def lint(question: Question, vocabulary: Vocabulary) -> list[str]:
    """Return what breaks a rule, each as ``rule: what``, in the text and in that for the embedded store, if any."""
    found = [f"{name}: {fault}" for name, rule in RULES.items() for fault in rule(Text(question, vocabulary))]
    if question.embedded_text is None:
        return found
    # With a text of its own for the embedded store, the other is not held to what only that store makes slow.
    found = [fault for fault in found if "a distance as min(length(path))" not in fault]
    sibling = Text(replace(question, text=question.embedded_text, embedded_text=None), vocabulary)
    return found + [f"{name}, embedded: {fault}" for name, rule in RULES.items() for fault in rule(sibling)]


def parameters(text: Text) -> Iterator[str]:
    """Hold declared and used parameters to be the same."""
    declared = {parameter.name for parameter in text.question.parameters}
    used = set(re.findall(r"\$(\w+)", text.code))
    yield from (f"${name} is declared and not used" for name in sorted(declared - used))
    yield from (f"${name} is used and not declared" for name in sorted(used - declared))


def hops(text: Text) -> Iterator[str]:
    """Every variable-length pattern is bounded."""
    for length in re.findall(r"-\[[^\]]*\*([^\]]*)\]-", text.code):
        bounded = re.fullmatch(r"\s*(?:\d*\.\.)?(\d+)\s*", length)
        if bounded is None or int(bounded[1]) > MOST_HOPS:
            yield f"*{length} has no upper bound of at most {MOST_HOPS}"


def functions(text: Text) -> Iterator[str]:
    """Only functions that both stores have are called."""
    # Of all values only the present day is the same text on both stores.
    code = text.code.replace("toString(date())", "date()")
    for name in re.findall(r"\b([A-Za-z_][\w.]*)\s*\(", code):
        if name not in FUNCTIONS and name not in _KEYWORDS.split():
            yield f"{name}() is not on the list"


def forms(text: Text) -> Iterator[str]:
    """No form is used that one of the stores refuses or takes otherwise."""
    yield from (f"{name} is not for both stores" for name, form in FORMS.items() if form.search(text.code))


def properties(text: Text) -> Iterator[str]:
    """No property has a name that the embedded store takes for its own."""
    for name in re.findall(r"\b\w+\.(name|type|label|node_type|nid)\b(?!\s*\()", text.code):
        yield f"{name} is a made-up property of the embedded store"


def pattern_maps(text: Text) -> Iterator[str]:
    """Inside a pattern only ``id`` is tested."""
    for name in re.findall(r"\(\w*:\w+\s*\{\s*(?!id:)(\w+)", text.code):
        yield f"test {name} in WHERE, not inside the pattern"
    if re.search(r"-\[[^\]{]*\{", text.code):
        yield "test properties of a relationship in WHERE, not inside the pattern"


def layout(text: Text) -> Iterator[str]:
    """Each clause has a line of its own."""
    for line in map(str.strip, text.flat.splitlines()):
        for clause in _CLAUSE.finditer(line, 1):
            before = line[: clause.start()]
            filters_a_list = clause[0] == "WHERE" and re.search(r"\b\w+ IN [^|]*$", before)
            if before != "OPTIONAL " and not filters_a_list:
                yield f"{clause[0]} does not begin its line: {line}"


def order(text: Text) -> Iterator[str]:
    """Rows are ordered, and cut by ``$limit`` alone; paths to look at may be left whole, and then in any order.

    A check is ordered and never cut, since it finds everything.
    """
    limits = [body.strip() for keyword, body in text.clauses if keyword in ("LIMIT", "SKIP")]
    if text.checks:
        if limits or text.clauses[-1][0] != "ORDER BY":
            yield "the text of a check must end with ORDER BY, and have no LIMIT or SKIP"
        return
    if text.explores and not limits:
        return
    if limits != ["$limit"] or [keyword for keyword, _ in text.clauses[-2:]] != ["ORDER BY", "LIMIT"]:
        yield "the text must end with ORDER BY and LIMIT $limit, and have no other LIMIT or SKIP"
    declared = {parameter.name: parameter.type_text for parameter in text.question.parameters}
    if declared.get("limit") != "integer":
        yield "limit must be declared as an integer that is never null"


def columns(text: Text) -> Iterator[str]:
    """Every column is aliased, and the columns are those of the header."""
    body = next((body for keyword, body in reversed(text.clauses) if keyword == "RETURN"), "")
    aliases = [re.search(r"\bAS (\w+)\s*$", item) for item in _items(body)]
    yield from (f"no alias: {item}" for item, alias in zip(_items(body), aliases, strict=True) if not alias)
    returned = [alias[1] for alias in aliases if alias]
    declared = [column.name for column in text.question.columns]
    if returned != declared:
        yield f"the header declares {declared}, the text returns {returned}"
    if not text.explores:
        yield from (f"{c.name} is a path" for c in text.question.columns if c.type == "path")


def vocabulary(text: Text) -> Iterator[str]:
    """Labels and relationship types exist; only a text that returns paths shows a load."""
    types = {name for names in re.findall(r"\[\w*:([\w|]+)", text.code) for name in names.split("|")}
    nodes = re.sub(r"\[\w*:[\w|]+", "[", text.code)
    labels = {name for names in re.findall(r":([A-Z]\w*(?:\|\w+)*)", nodes) for name in names.split("|")}
    yield from (f"unknown type {name}" for name in sorted(types - text.vocabulary.types))
    yield from (
        f"unknown label {name}"
        for name in sorted(labels - text.vocabulary.labels - ({RUN} if text.explores else set()))
    )


def aggregates(text: Text) -> Iterator[str]:
    """Let an aggregate stand alone in its column."""
    call = re.compile(rf"\b({AGGREGATES.replace(' ', '|')})\s*\(")
    for keyword, body in text.clauses:
        for item in _items(body) if keyword in ("WITH", "RETURN") else ():
            start = call.search(item)
            alone = start and start.start() == 0 and re.fullmatch(r"\s*(AS \w+)?\s*", item[_closing(item) + 1 :])
            if start and not alone:
                yield f"an aggregate with other terms: {item}"


def _items(body: str) -> list[str]:
    """Split the columns of a WITH or RETURN at the commas that no bracket holds."""
    items, depth = [""], 0
    for character in re.sub(r"^\s*DISTINCT\b", "", body):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            items.append("")
        else:
            items[-1] += character
    return [item.strip() for item in items]


def _closing(item: str) -> int:
    """Return where the first bracket of an item closes."""
    depth = 0
    for place, character in enumerate(item):
        depth += (character == "(") - (character == ")")
        if character == ")" and depth == 0:
            return place
    return len(item)


RULES: Final[Mapping[str, Callable[[Text], Iterator[str]]]] = {
    rule.__name__: rule
    for rule in (
        parameters,
        hops,
        functions,
        forms,
        properties,
        pattern_maps,
        layout,
        order,
        columns,
        vocabulary,
        aggregates,
    )
}
"""Every rule by name."""
