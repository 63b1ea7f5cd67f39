"""Types of single values, as the fields of kinds use them.

Scalars are strict: a number is not text and text is not a number, so that what was loaded can be written back as it
was given.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

from annotated_types import Ge, Le
from pydantic import AfterValidator, AllowInfNan, BeforeValidator, Strict


@dataclass(frozen=True, slots=True)
class Spelled:
    """Says for other readers of files how a text is spelled that stands for a value; the value is checked apart."""

    pattern: str


Text: TypeAlias = Annotated[str, Strict()]
Texts: TypeAlias = tuple[Text, ...]
Flag: TypeAlias = Annotated[bool, Strict()]
Integer: TypeAlias = Annotated[int, Strict(), Ge(-(2**63)), Le(2**63 - 1)]


def _exact(value: Any) -> Any:
    """Refuse a whole number that a float cannot hold exactly."""
    if isinstance(value, int) and abs(value) > EXACT:
        raise ValueError(f"a number beyond {EXACT} cannot be kept exactly; put it in quotes where text is allowed")
    return value


EXACT: Final = 2**53
"""Greatest whole number below which all are kept exactly."""
Number: TypeAlias = Annotated[float, Strict(), AllowInfNan(False), BeforeValidator(_exact)]
"""A finite number; whole numbers are kept as floats, so that a property has one type."""
Count: TypeAlias = Annotated[int, Strict(), Ge(0), Le(2**63 - 1)]
Ordinal: TypeAlias = Annotated[int, Strict(), Ge(1), Le(2**63 - 1)]
Score: TypeAlias = Annotated[int, Strict(), Ge(1), Le(5)]
"""A rating from 1 (low) to 5 (high)."""
Percent: TypeAlias = Annotated[float, Strict(), AllowInfNan(False), Ge(0), Le(100)]
Share: TypeAlias = Annotated[float, Strict(), AllowInfNan(False), Ge(0), Le(1)]
"""A part of a whole, from 0 to 1."""
Sentiment: TypeAlias = Annotated[float, Strict(), AllowInfNan(False), Ge(-1), Le(1)]
SatisfactionScore: TypeAlias = Annotated[float, Strict(), AllowInfNan(False), Ge(1), Le(5)]
"""Degree of satisfaction from 1 (lowest) to 5, fractions allowed."""
HealthScore: TypeAlias = Percent
"""A score from 0 to 100 that colors a heat map."""
GapSize: TypeAlias = Annotated[int, Strict(), Ge(0), Le(4)]
"""Levels of maturity between what is and what should be."""
MapLevel: TypeAlias = Annotated[int, Strict(), Ge(1), Le(9)]
"""Depth in a capability map, 1 at the top."""

_LEVEL: Final = re.compile(r"\s*(?:level\s*)?([1-5])(?:\s*[-:\u2013\u2014].*)?\s*", re.IGNORECASE)


def _maturity(value: Any) -> Any:
    """Read ``3``, ``"3"`` and ``"Level 3 - Defined"`` as the level 3."""
    if isinstance(value, str) and (match := _LEVEL.fullmatch(value)):
        return int(match[1])
    return value


Maturity: TypeAlias = Annotated[
    int,
    Strict(),
    Ge(1),
    Le(5),
    BeforeValidator(_maturity),
    Spelled(r"^\s*([Ll][Ee][Vv][Ee][Ll]\s*)?[1-5](\s*[-:\u2013\u2014].*)?\s*$"),
]
"""A maturity level from 1 to 5, read from a number or from text such as ``Level 3 - Defined``."""

_PARTIAL_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def _partial_date(text: str) -> str:
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError("a date is written YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    dt.date(year, month, day)  # refuses a day that does not exist
    return text


PartialDate: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(_partial_date),
    Spelled(r"^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"),
]
"""An ISO date, of which the day, or the day and the month, may be missing."""
Timestamp: TypeAlias = Text
"""A date or a date with time as ISO text, kept as it was given."""

_DOMAIN_KINDS: Final = {
    "valuestream": "ValueStream",
    "organization": "OrgUnit",
    "organisation": "OrgUnit",
    "capabilities": "Capability",
    "products": "Product",
    "services": "Service",
    "strategies": "Strategy",
    "initiatives": "Initiative",
    "customer": "CustomerSegment",
    "performance": "PerformanceIndicator",
    "microjourney": "Journey",
    "stakeholder": "Stakeholder",
    "policy": "Policy",
    "market": "Market",
    "channel": "Channel",
}


def kind_of_domain(name: str) -> str:
    """Return the kind that a domain name stands for: ``Value Stream`` and ``value_stream`` are ``ValueStream``.

    A name that is no domain comes back as it is.
    """
    return _DOMAIN_KINDS.get(_letters(name), name)


def domain_spellings(label: str) -> tuple[str, ...]:
    """Return the letters of the domain names that stand for a kind."""
    return tuple(letters for letters, kind in _DOMAIN_KINDS.items() if kind == label)


def domain_of_kind(label: str) -> str:
    """Return the name that the domain of a kind has in a ``domainType`` field."""
    return {"ValueStream": "Value Stream", "OrgUnit": "Organization"}.get(label, label)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Known texts of a field that takes any text: another spelling of one becomes it, other text stays as it is."""

    known: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    """Further words for some of them, each with the one that it stands for."""

    def __call__(self, text: str) -> str:
        """Return the known text that differs in case, spaces, dashes and underscores only, else the text itself."""
        spelled = {_letters(each): each for each in self.known}
        spelled |= {_letters(word): each for word, each in self.aliases}
        return spelled.get(_letters(text), text)


def _letters(text: str) -> str:
    return re.sub(r"[\s_-]", "", text).casefold()


DependencyType: TypeAlias = Annotated[
    str, Strict(), AfterValidator(Suggested(("Critical", "Important", "Supportive", "Minimal")))
]
"""``Critical``, ``Important``, ``Supportive`` or ``Minimal``, in any case; other text is kept as it is."""
