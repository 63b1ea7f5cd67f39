"""What the bank should look at first: the worst gaps and the weakest stages, as text and as a file."""

# ruff: noqa: T201  # a script prints

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import graphkb


def worst_gaps(kb: graphkb.KnowledgeBase, segment: str | None) -> list[str]:
    """Return a line for each gap that a segment feels badly."""
    answer = graphkb.queries.gaps.affecting_stages(kb, segment=segment, min_severity=2.5, limit=20)
    lines = [f"{row.severity:5.1f}  {row.gap} -> {row.stage}" for row in answer]
    if answer and answer[0].persona is not None:
        lines.append(f"worst for {answer[0].persona.upper()} over {answer[0].hops} steps")
    if answer.truncated:
        lines.append("... and more")
    return lines or [answer.why or "nothing"]


def weakest_stages(kb: graphkb.KnowledgeBase) -> dict[str, float]:
    """Return the lowest satisfaction at each stage with a capability that can be named."""
    lowest: dict[str, float] = {}
    for row in graphkb.queries.stages.weakest(kb, max_satisfaction=3.0):
        if row.capability:
            lowest[f"{row.stage}: {row.capability.strip()}"] = row.lowest_satisfaction
    return lowest


def main(target: str, folder: Path) -> None:
    """Ask the knowledge base at ``target`` and write what it says into ``folder``."""
    with graphkb.open(target) as kb:
        print("\n".join(worst_gaps(kb, "SEG-FAMILIES")))
        print(weakest_stages(kb))

        answer = graphkb.queries.gaps.affecting_stages(kb)
        (folder / "gaps.json").write_text(json.dumps(answer.to_dicts()), encoding="utf-8")
        (folder / "gaps.csv").write_text(answer.to_csv(), encoding="utf-8")

        rows = kb.cypher("MATCH (c:Capability) WHERE c.id = $id RETURN c.title AS title", id="CAP-CUSTOMER", timeout=5)
        titles = [title for row in rows if isinstance(title := row["title"], str)]
        print(titles, kb.cypher("RETURN $timeout AS seconds", {"timeout": 5}, max_rows=1))

        graph = kb.graph(kinds=["Capability"], relationships=["DEPENDS_ON"])
        kinds = Counter(node.label for node in graph)
        print(kinds, graph.number_of_edges(), max(dict(graph.degree()).values(), default=0))


if __name__ == "__main__":
    main(sys.argv[1], Path.cwd())
