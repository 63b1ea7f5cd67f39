"""Records with more in them, or more wrong with them, than anyone can read."""

from __future__ import annotations

import pytest

from graphkb.model.interpretation import interpret
from graphkb.model.validation import LONGEST, MAX_PROBLEMS, MAX_TOLD, MAX_VALUES, Place, RawRecord, split_document
from tests.model.reading import problems_of


def interpreted(*contents: object) -> list[str]:
    """Return the rules that capabilities break."""
    raw = [RawRecord("capabilities", each, Place("1.json", f"/{at}")) for at, each in enumerate(contents)]
    return [problem.rule for problem in interpret(raw).problems]


def test_a_record_can_hold_too_much() -> None:
    """It is refused before each of its values is looked at."""
    assert interpreted({"title": "A", "keywords": [0] * MAX_VALUES}) == ["too-large"]


def test_a_record_tells_its_first_problems_and_counts_the_others() -> None:
    """Thousands of unknown fields are one mistake."""
    rules = interpreted({"title": "A"} | {f"f{number}": 1 for number in range(MAX_TOLD + 5)})
    assert (rules.count("unknown-field"), rules.count("record-shape")) == (MAX_TOLD, 1)


def test_a_file_tells_its_first_unknown_lists() -> None:
    """Thousands of unknown lists are another kind of file."""
    _, problems = split_document({f"list{number}": [] for number in range(MAX_TOLD + 5)}, Place("1.json"))
    rules = [each.rule for each in problems]
    assert (rules.count("unknown-list"), rules.count("document-shape")) == (MAX_TOLD, 1)


def test_too_many_problems_end_a_load() -> None:
    """The last one tells that further records were not looked at, and nothing is said of what they would join."""
    rules = interpreted(*[5] * (MAX_PROBLEMS + 10))
    assert (rules.count("record-shape"), rules.count("too-many-problems"), len(rules)) == (
        MAX_PROBLEMS,
        1,
        MAX_PROBLEMS + 1,
    )


def test_the_nearest_name_is_looked_for_in_a_bounded_number_of_names() -> None:
    """Every unknown reference is told; with very many names, only the first of them with the nearest one."""
    stages = "".join(f"  - Stage {number}\n" for number in range(400))
    needs = "".join(f"- title: N{number}\n  arisesAt: [Stag {number}]\n" for number in range(400))
    found = problems_of(f"journeys:\n- journeyTitle: J\n  journeyStages:\n{stages}needs:\n{needs}")
    hints = [("Did you mean" in each.message) for each in found]
    assert len(found) == 400
    assert hints[0]
    assert 0 < sum(hints) < 400


@pytest.mark.parametrize("text", ["\ud800", "\udfff x"])
def test_a_text_holds_no_half_of_a_character(text: str) -> None:
    """No store keeps one, wherever in a record it stands."""
    contents = [{"title": text}, {"title": "A", "parent": text}, {"title": "A", "dependsOn": [{"title": text}]}]
    assert interpreted(*contents) == ["wrong-value"] * 3
    assert interpreted({"title": "A", text: 1}) == ["wrong-value"]


def test_a_message_is_one_line_of_readable_length() -> None:
    """A long value is cut in its middle, and what a terminal cannot show is not sent to it."""
    told = Place("1.json", "/a\x1b[31m").problem("wrong-value", f"{'x' * 5000}\nends here.")
    assert len(told.message) <= LONGEST + 5
    assert told.message.endswith("x ends here.")
    assert "\x1b" not in told.pointer
