"""The file of settings ``graphkb.toml``: which rules are off, and which thresholds and severities are others.

::

    [checks.too_many_segments]
    most = 20
    reason = "We serve 18 countries."

    [checks.stub]
    severity = "error"
    reason = "Our sources know each other."

    [checks.stage_without_operations]
    off = "All of it is operations."
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphkb.checks.rule import SETTINGS, Severity
from graphkb.errors import UsageError
from graphkb.queries.catalog import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from graphkb.checks.rule import Rule
    from graphkb.store.protocol import Value

SECTION: Final = "checks"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a file of settings says of one rule."""

    off: str | None = None
    """Why the rule is off; None where it is on."""
    severity: Severity | None = None
    thresholds: Mapping[str, Value] = field(default_factory=dict)


def read_settings(path: Path, rules: Sequence[Rule]) -> dict[str, Setting]:
    """Return the settings of a file by the name of the rule.

    Raises :class:`~graphkb.errors.UsageError` naming everything that is wrong with the file.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}.") from error
    known = {rule.name: rule for rule in rules}
    if faults := list(_faults(content, known)):
        raise UsageError("\n".join(f"{path}: {fault}" for fault in faults))
    return {name: _setting(stated) for name, stated in content.get(SECTION, {}).items()}


def _setting(stated: Mapping[str, Any]) -> Setting:
    return Setting(
        off=stated.get("off"),
        severity=Severity(stated["severity"]) if "severity" in stated else None,
        thresholds={name: value for name, value in stated.items() if name not in SETTINGS},
    )


def _faults(content: Mapping[str, Any], known: Mapping[str, Rule]) -> Iterator[str]:
    for name in content:
        if name != SECTION:
            yield f"there is no section [{name}].{nearest(name, [SECTION]) or f' There is [{SECTION}.RULE].'}"
    stated = content.get(SECTION, {})
    if not isinstance(stated, dict):
        yield f"{SECTION} is no section; write [{SECTION}.RULE]."
        return
    for name, entries in stated.items():
        if name not in known:
            yield f"[{SECTION}.{name}] there is no rule {name!r}.{nearest(name, list(known))}"
        elif not isinstance(entries, dict):
            yield f"[{SECTION}] {name} is no section; write [{SECTION}.{name}]."
        else:
            yield from (f"[{SECTION}.{name}] {fault}" for fault in _rule_faults(entries, known[name]))


def _rule_faults(entries: Mapping[str, Any], rule: Rule) -> Iterator[str]:
    thresholds = {parameter.name: parameter for parameter in rule.thresholds}
    for name, value in entries.items():
        if name in ("off", "reason"):
            if not isinstance(value, str) or not value.strip():
                yield f"{name} must be a text that says why, not {value!r}."
        elif name == "severity":
            if value not in list(Severity):
                hint = nearest(value, list(Severity)) if isinstance(value, str) else ""
                yield f"severity must be one of {', '.join(Severity)}, not {value!r}.{hint}"
        elif name not in thresholds:
            possible = [*thresholds, *SETTINGS]
            hint = nearest(name, possible) or f" There are {', '.join(possible)}."
            yield f"there is no {name!r}.{hint}"
        elif fault := thresholds[name].fault(value):
            yield f"{name} must be {fault}, not {value!r} ({thresholds[name].meaning})."
    if "off" not in entries and "reason" not in entries:
        yield 'a change needs a reason: reason = "...".'
    if "off" in entries and len(entries) > 1:
        others = ", ".join(name for name in entries if name != "off")
        yield f"the rule is off, so that {others} would change nothing."
