"""The style sheet of Neo4j Browser: a color for each domain, size and caption for each kind."""

from __future__ import annotations

import colorsys
from collections import Counter
from typing import TYPE_CHECKING, Final

from graphkb.exports.domains import domain_of, hues, links
from graphkb.model.metamodel import ELEMENT

if TYPE_CHECKING:
    from graphkb.model.metamodel import Metamodel

DIAMETERS: Final = {16: 100, 4: 84, 0: 74}
"""Diameter in pixels of a kind that takes part in at least so many kinds of relationship: what holds a map together is
large on it."""

IN_FRONT: Final = ("sequenceNumber", "satisfactionScore")
"""Properties that stand in front of the title, as they are what one looks for: the order of stages, how it feels."""

WRONG: Final = ("CapabilityGap", "Risk", "DropOffSegment")
"""Kinds that tell of what is wrong; they have a red rim."""

_DARKEST, _LIGHTEST = 0.38, 0.74
_SATURATION = 0.55
_RED_RIM: Final = "  border-color: #D0021B;\n  border-width: 5px;\n"
_LINEAR: Final = 0.04045
"""Up to here, sRGB is linear."""
_BLACK, _WHITE = "#000000", "#FFFFFF"

BASE: Final = """\
node {
  diameter: 64px;
  color: #B4B9C2;
  border-color: #8A909B;
  border-width: 2px;
  text-color-internal: #1B1B1B;
  font-size: 10px;
}
relationship {
  color: #A5ABB6;
  shaft-width: 1px;
  font-size: 8px;
  padding: 3px;
  text-color-external: #333333;
  text-color-internal: #FFFFFF;
  caption: "<type>";
}
"""
"""How everything looks of which nothing else is said."""


def style_sheet(metamodel: Metamodel) -> str:
    """Return the style sheet (``.grass``) for all kinds of a metamodel.

    Kinds of a domain have its color, in shades that tell them apart; text on it is black or white, whichever is read
    more easily (contrast as WCAG 2.2 defines it). The caption is the title, which every element has,
    behind :data:`IN_FRONT`.
    """
    circle = hues(metamodel)
    sizes = Counter(map(domain_of, metamodel.kinds.values()))
    seen: Counter[str] = Counter()
    linked = links(metamodel)
    rules = [BASE, f'node.{ELEMENT} {{\n  caption: "{{title}}";\n}}\n']
    for label, kind in metamodel.kinds.items():
        domain = domain_of(kind)
        lightness = _DARKEST + (_LIGHTEST - _DARKEST) * seen[domain] / max(1, sizes[domain] - 1)
        seen[domain] += 1
        fill, border = (_rgb(circle[domain], each) for each in (lightness, lightness * 0.75))
        shown = [name for name in IN_FRONT if name in metamodel.property_names(label)]
        rim = f"  border-color: {_hex(border)};\n" if label not in WRONG else _RED_RIM
        rules.append(
            f"node.{label} {{\n"
            f"  diameter: {_diameter(linked[label])}px;\n"
            f"  color: {_hex(fill)};\n"
            f"{rim}"
            f"  text-color-internal: {_text_on(fill)};\n"
            f'  caption: "{" ".join(f"{{{name}}}" for name in (*shown, "title"))}";\n'
            "}\n"
        )
    return "".join(rules)


def _diameter(rows: int) -> int:
    return next(diameter for least, diameter in DIAMETERS.items() if rows >= least)


def _rgb(hue: float, lightness: float) -> tuple[float, float, float]:
    return colorsys.hls_to_rgb(hue, lightness, _SATURATION)


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def _text_on(fill: tuple[float, float, float]) -> str:
    """Return black or white, whichever has more contrast to a color."""
    light = _luminance(fill)
    return _WHITE if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else _BLACK


def _luminance(parts: tuple[float, float, float]) -> float:
    """Return the relative luminance of a color in sRGB, 0 to 1; formula of WCAG 2.2."""
    red, green, blue = (part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
