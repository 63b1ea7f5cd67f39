"""A header of a rule that is not as documented is refused with its file and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from graphkb.checks.rule import Severity, parse

GOOD: Final = """\
// question: Which needs are heavy?
// severity: info
// requirements: A1, S0-02
// advice: Lighten them.
// message: {title} weighs {priority}, more than {most}.
// covers: Need.title
// param: most integer = 3    0.., what is light enough
// note: weight is priority
// returns: kind string, id string, title string, priority integer
MATCH (need:Need)
WHERE need.priority > $most
RETURN 'Need' AS kind, need.id AS id, need.title AS title, need.priority AS priority
"""
PATH: Final = Path("heavy.cypher")


def test_a_header_says_everything() -> None:
    """What is looked for, how bad it is, who asks for it, what to do, by which threshold."""
    rule = parse(PATH, "heavy", GOOD)
    assert (rule.name, rule.severity) == ("heavy", Severity.info)
    assert (rule.requirements, rule.covers) == (("A1", "S0-02"), ("Need.title",))
    assert [(p.name, p.default) for p in rule.thresholds] == [("most", 3)]
    assert rule.to_dict() == {
        "rule": "heavy",
        "severity": "info",
        "question": "Which needs are heavy?",
        "advice": "Lighten them.",
        "requirements": ["A1", "S0-02"],
        "thresholds": [{"name": "most", "type": "integer", "meaning": "0.., what is light enough", "default": 3}],
        "notes": ["weight is priority"],
        "cypher": GOOD,
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("// severity: info\n", "", "the header lacks `// severity:`"),
        ("// advice: Lighten them.\n", "", "the header lacks `// advice:`"),
        ("// question: Which needs are heavy?\n", "", "the header lacks `// question:`"),
        ("severity: info", "severity: bad", "the severity bad is none of error, warning, info"),
        ("// note: weight is priority", "// table: title", "a rule has no `// table:`"),
        ("// note: weight is priority", "// grain: one row", "a rule has no `// grain:`"),
        ("// note: weight is priority", "// sevrity: info", "not a line of the header"),
        ("// note: weight is priority", "// advice: Leave them.", "a second `// advice:`"),
        ("kind string, id string", "id string, kind string", "the columns must begin with `kind string, id string`"),
        ("id string,", "id string?,", "the columns must begin with `kind string, id string`"),
        ("most integer = 3", "most integer", "most is no threshold; it needs a default"),
        ("param: most integer", "param: reason integer", "reason is no threshold"),
        ("param: most integer = 3", "param: limit integer = 3", "limit is no threshold"),
        ("{most}", "{least}", "the message names least, which is neither a column nor a parameter"),
        ("{title} weighs", "It weighs", "the message says nothing of the column title"),
        ("{title}", "{title", "the message cannot be read"),
    ],
)
def test_a_header_that_is_not_whole_is_refused(old: str, new: str, said: str) -> None:
    """With the file, and what is wrong."""
    assert old in GOOD
    with pytest.raises(ValueError, match=r"^heavy\.cypher") as caught:
        parse(PATH, "heavy", GOOD.replace(old, new))
    assert said in str(caught.value)
