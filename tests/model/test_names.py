"""Names in files, slugs, hints, and the single values that fields take."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.model.dataset import NodeKey
from graphkb.model.names import did_you_mean, json_name, slug
from graphkb.model.values import domain_of_kind, kind_of_domain
from graphkb.model.writing import write_document
from tests.model.reading import interpretation, meaning


@pytest.mark.parametrize(
    ("attribute", "name"),
    [
        ("title", "title"),
        ("journey_title", "journeyTitle"),
        ("customer_segment_id", "customerSegmentID"),
        ("persona_ids", "personaIDs"),
        ("id", "id"),
        ("id_number", "idNumber"),
        ("customer_id_text", "customerIdText"),
    ],
)
def test_a_name_in_files_is_camel_case_and_ends_in_id_in_capitals(attribute: str, name: str) -> None:
    """Only the last word ``id`` or ``ids`` is spelled with capitals."""
    assert json_name(attribute) == name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Open an Account", "open-an-account"),
        ("  Wealth -- Management_Advisory! ", "wealth-management-advisory"),
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "full-width"),  # noqa: RUF001  # full width is what is tested
        ("e\u0301clair", "éclair"),
        ("Größe²", "grösse2"),
        ("顧客の旅", "顧客の旅"),
        ("Ελλάδα", "ελλάδα"),
        ("عميل \u0661", "عميل-\u0661"),
        ("...", ""),
        ("", ""),
        ("\U0001f600", ""),
        ("_", ""),
    ],
)
def test_a_slug_keeps_letters_and_digits_of_any_script(title: str, expected: str) -> None:
    """Case, width, ligatures and everything between words are folded; what has no letter or digit has no slug."""
    assert slug(title) == expected


@given(st.text())
def test_a_slug_is_its_own_slug(title: str) -> None:
    """Titles and the ids made of them compare alike."""
    assert slug(slug(title)) == slug(title)


@given(st.text(), st.text())
def test_what_stands_around_a_title_does_not_change_its_slug(title: str, other: str) -> None:
    """Spaces and punctuation around a title are not part of what it names."""
    assert slug(f" {title}! ") == slug(title)
    assert slug(f"{title} - {other}") == "-".join(filter(None, [slug(title), slug(other)]))


def test_a_hint_names_the_nearest_candidate_in_its_own_spelling() -> None:
    """Case does not matter, and nothing is said where no candidate is near."""
    assert did_you_mean("MATURITYLEVL", ["title", "maturityLevel"]) == " Did you mean 'maturityLevel'?"
    assert did_you_mean("zzz", ["title", "maturityLevel"]) == ""


# Values


def _loads(list_name: str, field: str, value: Any) -> bool:
    return not interpretation({list_name: [{"title": "A", field: value}]}).problems


def _stored(list_name: str, field: str, value: Any) -> dict[str, Any]:
    data = meaning({list_name: [{"title": "A", field: value}]})
    (properties,) = data.nodes.values()
    return {name: each for name, each in properties.items() if name != "title"}


@pytest.mark.parametrize("text", ["2024", "2024-02", "2024-02-29", "0001-01-01"])
def test_a_date_may_lack_its_day_or_month(text: str) -> None:
    """A partial date is kept as it was given."""
    assert _stored("initiatives", "startDate", text) == {"startDate": text}


@pytest.mark.parametrize(
    "value", ["2023-02-29", "2024-13", "24", "2024-1-1", "1.3.2024", "2024-01-01T00:00", "2024-01-01\n", "", 2024]
)
def test_what_is_no_date_is_refused(value: object) -> None:
    """A day that does not exist, another notation and a number are problems."""
    assert not _loads("initiatives", "startDate", value)


@pytest.mark.parametrize(
    ("given_value", "level"),
    [(3, 3), ("3", 3), (" 3 ", 3), ("Level 3 - Defined", 3), ("level 2: managed", 2), ("5 \u2013 optimizing", 5)],
)
def test_a_maturity_level_is_read_from_a_number_or_text(given_value: object, level: int) -> None:
    """A level is a whole number, whichever way it was given."""
    assert _stored("capabilities", "maturityLevel", given_value) == {"maturityLevel": level}


@pytest.mark.parametrize("value", [0, 6, "6", "Defined", "Level 33", True, 2.0, "3 of 5"])
def test_what_is_no_maturity_level_is_refused(value: object) -> None:
    """There are five levels."""
    assert not _loads("capabilities", "maturityLevel", value)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (42, {"currentValue": 42.0}),
        (4.5, {"currentValue": 4.5}),
        ("42", {"currentValue": 42.0, "currentValueText": "42"}),
        (" -4.5 ", {"currentValue": -4.5, "currentValueText": " -4.5 "}),
        ("4.2 days", {"currentValueText": "4.2 days"}),
        ("1e3", {"currentValueText": "1e3"}),
        ("", {"currentValueText": ""}),
    ],
)
def test_a_quantity_keeps_the_text_and_where_it_is_plain_the_number(value: object, stored: dict[str, Any]) -> None:
    """Text that is a plain number can be computed with; all text is written back as it was given."""
    assert _stored("performanceIndicators", "currentValue", value) == stored
    document = write_document(meaning({"performanceIndicators": [{"title": "A", "currentValue": value}]}))
    assert document["performanceIndicators"][0]["currentValue"] == value


@pytest.mark.parametrize("value", ["5", True, float("nan"), float("inf")])
def test_a_number_is_a_finite_number(value: object) -> None:
    """Text, truth values and numbers without end are no numbers."""
    assert not _loads("initiatives", "budget", value)


def test_a_whole_number_comes_back_without_a_fraction() -> None:
    """A number is kept as a float, so that a property has one type, and written as it was given."""
    data = meaning({"initiatives": [{"title": "A", "budget": 1000}]})
    assert data.nodes[NodeKey("Initiative", "a")]["budget"] == 1000.0
    assert str(write_document(data)["initiatives"][0]["budget"]) == "1000"


@pytest.mark.parametrize("name", ["Value Stream", "value_stream", "ValueStream", "valuestream", "VALUE-STREAM"])
def test_a_domain_is_known_by_any_of_its_spellings(name: str) -> None:
    """Spaces, joints and case of a domain name do not matter."""
    assert kind_of_domain(name) == "ValueStream"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Organization", "OrgUnit"),
        ("Organisation", "OrgUnit"),
        ("Capabilities", "Capability"),
        ("Customer", "CustomerSegment"),
        ("Products", "Product"),
        ("Services", "Service"),
        ("Strategies", "Strategy"),
        ("Initiatives", "Initiative"),
        ("Performance", "PerformanceIndicator"),
        ("Capability", "Capability"),
        ("Elsewhere", "Elsewhere"),
    ],
)
def test_a_domain_stands_for_a_kind(name: str, kind: str) -> None:
    """Names of domains in use stand for kinds; another name comes back as it is."""
    assert kind_of_domain(name) == kind
    assert kind_of_domain(domain_of_kind(kind)) == kind


@pytest.mark.parametrize("known", ["Critical", "Important", "Supportive", "Minimal"])
def test_a_dependency_type_is_known_in_any_case(known: str) -> None:
    """The known types have one spelling in the graph; other text stays as it is."""
    item = {"kind": "Capability", "title": "B", "dependencyType": known.upper()}
    other = {"kind": "Capability", "title": "C", "dependencyType": "Now and Then"}
    data = meaning({"capabilities": [{"title": "A", "dependsOn": [item, other]}]})
    assert {edge.target.id: each["dependencyType"] for edge, each in data.edges.items()} == {
        "b": known,
        "c": "Now and Then",
    }


def test_nothing_and_remarks_say_nothing() -> None:
    """A null, and a name that begins with an underscore, state nothing, at any depth."""
    data = meaning(
        {
            "_about": "a remark",
            "products": None,
            "capabilities": [
                {
                    "title": "A",
                    "purpose": None,
                    "_source": 1,
                    "dependsOn": [None, {"id": "b", "kind": "Service", "_": 1}],
                }
            ],
        }
    )
    assert data.nodes[NodeKey("Capability", "a")] == {"title": "A"}
    assert {edge.target.id for edge in data.edges} == {"b"}


def test_features_are_kept_as_titles_and_where_there_is_more_as_objects() -> None:
    """A list of texts and objects gives a list of titles; the objects come back whole."""
    features = ["Cards", {"name": "Savings", "rate": 0.5}]
    record = {"productID": "a", "title": "A", "productFeature": features}
    data = meaning({"products": [record]})
    assert data.nodes[NodeKey("Product", "a")]["features"] == ["Cards", "Savings"]
    assert write_document(data) == {"products": [record]}


def test_a_group_becomes_properties_with_its_prefix() -> None:
    """A nested object of plain values is flattened, and nested again when it is written."""
    record = {"customerID": "a", "title": "A", "customerLifetimeValue": {"value": 25000, "currency": "CHF"}}
    data = meaning({"customerSegments": [record]})
    assert data.nodes[NodeKey("CustomerSegment", "a")] == {"title": "A", "clvValue": 25000.0, "clvCurrency": "CHF"}
    assert write_document(data) == {"customerSegments": [record]}
