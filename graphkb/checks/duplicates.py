"""Elements with titles so alike that they may be one thing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from math import floor
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from rapidfuzz import fuzz, process

from graphkb.checks.rule import computed
from graphkb.model.dataset import NodeKey
from graphkb.model.declaration import Children, fields_of
from graphkb.model.metamodel import ELEMENT
from graphkb.model.names import slug
from graphkb.sync.state import kind_among

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkb.checks.rule import Subject
    from graphkb.store.protocol import Row, Value

SAME_WORD: Final = 88
"""How alike two words are, in percent, that count as one: a letter more or less, as in a plural or a misspelt word."""
SHORT: Final = 3
"""Words of fewer letters say little."""
TOLD_APART: Final = {"Service": "Product"}
"""Kinds that are compared with another one: an offering may stand once as a product and once as a service."""


_DIGIT: Final = re.compile(r"\d")

# Of all kinds at once: a server takes longer to prepare a text than to carry it out.
READ_TITLES: Final = f"""MATCH (n:{ELEMENT})
WHERE coalesce(n.isDerived, false) = false
RETURN labels(n) AS labels, collect(n.id) AS ids, collect(coalesce(n.title, n.id)) AS titles"""
READ_PARTS: Final = f"""MATCH (whole:{ELEMENT})-[r:{{types}}]->(part:{ELEMENT})
RETURN type(r) AS type, labels(whole) AS wholeLabels, labels(part) AS partLabels,
  collect(whole.id) AS wholes, collect(part.id) AS parts"""


class _Group(NamedTuple):
    """What must be the same for two titles to be compared."""

    kind: str
    wholes: frozenset[NodeKey]
    numbers: tuple[str, ...]


@computed(
    """\
// question: Which elements of a kind have titles so alike that they may be one thing?
// severity: info
// requirements: A17
// advice: If they are one, give both records one id; if they are two, give them titles that tell them apart.
// message: {title} and {other} ({otherId}) may be one: their titles are alike by {similarity} of 1.
// param: least_similarity float = 0.75    0..1, similarity of titles from which on a pair is a candidate
// note: similarity is twice the words that both titles have over the words of both; they may differ by a letter or so
// note: case, punctuation and order do not count, nor do words of one or two letters; other numbers are other things
// note: parts such as stages are compared within their whole only, and products with services as well
// note: elements whose titles are made from those of others, such as experiences, are left out
// returns: kind string, id string, title string, other string, otherId string, similarity float
"""
)
def near_duplicate(subject: Subject, thresholds: Mapping[str, Value]) -> Iterator[Row]:
    """Yield each pair of elements whose titles are alike."""
    least = cast("float", thresholds["least_similarity"])
    titles = _titles(subject)
    for group in _groups(subject, titles).values():
        for one, other, similarity in _alike(group, least) if len(group) > 1 else ():
            first, second = sorted((one, other))
            yield {
                "kind": first.label,
                "id": first.id,
                "title": titles[first],
                "other": titles[second],
                "otherId": second.id,
                "similarity": round(similarity, 2),
            }


def _titles(subject: Subject) -> dict[NodeKey, str]:
    """Read the titles that somebody gave."""
    kinds = subject.metamodel.kinds
    found: dict[NodeKey, str] = {}
    for row in subject.store.read(READ_TITLES):
        label = kind_among(row["labels"], subject.metamodel)
        if label and not kinds[label].title_from:
            pairs = zip(cast("list[str]", row["ids"]), cast("list[str]", row["titles"]), strict=True)
            found |= {NodeKey(label, identifier): title for identifier, title in pairs}
    return found


def _wholes(subject: Subject) -> dict[NodeKey, set[NodeKey]]:
    """Read to which elements those belong that are nested in records of others."""
    owning = {
        (label, field.role.type, field.item.label)
        for label, kind in subject.metamodel.kinds.items()
        for field in fields_of(kind)
        if isinstance(field.role, Children) and not field.item.title_from
    }
    wholes: dict[NodeKey, set[NodeKey]] = defaultdict(set)
    types = "|".join(sorted({type_ for _, type_, _ in owning}))
    for row in subject.store.read(READ_PARTS.format(types=types)):
        whole, part = (kind_among(row[name], subject.metamodel) for name in ("wholeLabels", "partLabels"))
        if (whole, row["type"], part) in owning:
            pairs = zip(cast("list[str]", row["wholes"]), cast("list[str]", row["parts"]), strict=True)
            for whole_id, part_id in pairs:
                wholes[NodeKey(part, part_id)].add(NodeKey(whole, whole_id))
    return wholes


def _groups(subject: Subject, titles: Mapping[NodeKey, str]) -> dict[_Group, list[tuple[NodeKey, list[str]]]]:
    """Return the elements that are compared with one another, each with the words of its title."""
    wholes = _wholes(subject)
    groups: dict[_Group, list[tuple[NodeKey, list[str]]]] = defaultdict(list)
    for key, title in titles.items():
        words = set(slug(title).split("-")) - {""}
        numbers = {word for word in words if _DIGIT.search(word)}
        telling = {word for word in words if len(word) >= SHORT} | numbers
        group = _Group(TOLD_APART.get(key.label, key.label), frozenset(wholes.get(key, ())), tuple(sorted(numbers)))
        groups[group].append((key, sorted(telling or words)))
    return groups


def _alike(group: Sequence[tuple[NodeKey, list[str]]], least: float) -> Iterator[tuple[NodeKey, NodeKey, float]]:
    """Yield the pairs of a group that are alike at least so far; titles too unequal in length are not compared."""
    # A character stands for a word, so that the likeness of two texts is that of their words.
    characters = _characters(Counter(word for _, words in group for word in words))
    titles = sorted(("".join(sorted(characters[word] for word in words)), key) for key, words in group)
    titles.sort(key=lambda entry: len(entry[0]))
    texts = [text for text, _ in titles]
    lengths = [len(text) for text in texts]
    for place, (text, key) in enumerate(titles):
        longest = floor(len(text) * (2 - least) / least + 1e-9) if least else lengths[-1]
        near = process.extract(
            text,
            texts[place + 1 : bisect_right(lengths, longest)],
            scorer=fuzz.ratio,
            score_cutoff=least * 100,
            limit=None,
            processor=None,
        )
        for _, score, offset in near:
            yield key, titles[place + 1 + offset][1], score / 100


def _characters(words: Mapping[str, int]) -> dict[str, str]:
    """Return a character for each word; words that count as one have the same, that of the most frequent of them."""
    first = 0x10000  # behind it no character is set aside
    known: list[str] = []
    characters: dict[str, str] = {}
    for word in sorted(words, key=lambda each: (-words[each], each)):
        found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=SAME_WORD, processor=None)
        if found is None:
            characters[word] = chr(first + len(known))
            known.append(word)
        else:
            characters[word] = characters[found[0]]
    return characters
