"""What a restore would change: a plan that makes a store hold exactly what a backup holds, of all sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.errors import DataError
from graphkb.model.validation import Place
from graphkb.sync.plan import Count, Plan, change_between

if TYPE_CHECKING:
    from graphkb.model.dataset import Dataset
    from graphkb.model.metamodel import Metamodel
    from graphkb.sync.runs import Run
    from graphkb.sync.state import Stored


def plan_restoration(wanted: Dataset, stored: Stored, *, base: Run, metamodel: Metamodel, command: str = "") -> Plan:
    """Return what it takes to make a store that holds ``stored`` hold ``wanted``, whose properties name the owners.

    Raises :class:`~graphkb.errors.DataError` for edges that stand twice, since a statement cannot tell them apart.
    """
    if stored.twins:
        told = "The store has {} twice; delete one of the two, which was drawn by hand."
        raise DataError([Place().problem("twin", told.format(edge)) for edge in sorted(stored.twins)])
    plan = Plan("", base, command=command, metamodel=metamodel)
    for key, properties in wanted.nodes.items():
        if key not in stored.nodes:
            plan.nodes_created[key] = properties
        elif (change := change_between(stored.nodes[key], properties)) or key in stored.mislabeled:
            plan.nodes_updated[key] = change | stored.relabeling(key, properties)
    for edge, properties in wanted.edges.items():
        if edge not in stored.edges:
            plan.edges_created[edge] = properties
        elif change := change_between(stored.edges[edge], properties):
            plan.edges_updated[edge] = change
    plan.nodes_deleted = sorted(stored.nodes.keys() - wanted.nodes.keys())
    plan.edges_deleted = sorted(stored.edges.keys() - wanted.edges.keys())
    plan.owned = Count(len(stored.nodes), len(stored.edges))
    plan.unchanged = Count(
        len(stored.nodes) - len(plan.nodes_updated) - len(plan.nodes_deleted),
        len(stored.edges) - len(plan.edges_updated) - len(plan.edges_deleted),
    )
    return plan
