"""From customers who leave a happy path to what leads them back: segments, cases, plans and their actions."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, ON_EDGE, Children, Element, Key, Link, Reference, Title
from graphkb.model.edges import DropOff, Growth, Pushed
from graphkb.model.governance import Evidenced
from graphkb.model.measures import Measurement, Metrics
from graphkb.model.research import Backing
from graphkb.model.values import Count, Flag, Number, Ordinal, PartialDate, Percent, Text, Texts, Timestamp


class DropOffSegment(Element):
    """Customers who leave a happy path at a given point: a segment found in data, and a part of a persona's."""

    list_name: ClassVar[str] = "dropOffSegments"

    drop_off_segment_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    definition_rule: Text | None = None
    customer_count: Count | None = None
    drop_off_percent: Percent | None = None
    observed_from: PartialDate | None = None
    observed_to: PartialDate | None = None
    selection: Literal["identified", "candidate", "selected-for-case", "selected-for-activation", "rejected"] | None = (
        None
    )
    subset_of: Annotated[tuple[Reference, ...], Link("SUBSET_OF"), EXPECTED] = ()
    drops_out_at: Annotated[tuple[DropOff, ...], Link("DROPS_OUT_AT"), EXPECTED] = ()
    deviates_from: Annotated[Reference | None, Link("DEVIATES_FROM"), EXPECTED] = None
    performance_indicators: Metrics = ()
    evidence: Backing = ()


class BusinessCase(Evidenced):
    """An estimate of what is gained if a drop-off segment is led back to the happy path."""

    list_name: ClassVar[str] = "businessCases"

    business_case_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    baseline_count: Count | None = None
    expected_recovery_percent: Percent | None = None
    value_per_customer: Number | None = None
    currency: Text | None = None
    growth_estimate: Number | None = None
    estimate_period: Text | None = None
    assumptions: Texts = ()
    status: Literal["draft", "approved", "activated", "proven", "disproven"] | None = None
    case_for: Annotated[tuple[Growth, ...], Link("CASE_FOR"), EXPECTED] = ()
    based_on: Annotated[Reference | None, Link("BASED_ON"), EXPECTED] = None
    measurements: Annotated[tuple[Measurement, ...], Children("HAS_MEASUREMENT")] = ()


class ActivationAction(Element):
    """One message or act pushed into a channel because of an insight."""

    list_name: ClassVar[str] = "activationActions"

    action_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    message: Text | None = None
    micro_moment: Text | None = None
    insight: Text | None = None
    status: Literal["draft", "queued", "pushed", "done", "cancelled"] | None = None
    pushed_at: Timestamp | None = None
    sent_count: Count | None = None
    returned_count: Count | None = None
    aimed_at: Annotated[tuple[Reference, ...], Link("AIMED_AT")] = ()
    pushed_to: Annotated[tuple[Pushed, ...], Link("PUSHED_TO"), EXPECTED] = ()
    guides_to: Annotated[tuple[Reference, ...], Link("GUIDES_TO")] = ()
    prompted_by: Annotated[tuple[Reference, ...], Link("PROMPTED_BY")] = ()
    uses_content: Annotated[tuple[Reference, ...], Link("USES_CONTENT")] = ()


class PlannedAction(ActivationAction):
    """An action as it is nested in the record of its plan."""

    label: ClassVar[str] = "ActivationAction"
    list_name: ClassVar[str] = ""

    sequence_number: Annotated[Ordinal | None, ON_EDGE] = None


class ActivationPlan(Element):
    """A plan that guides a chosen drop-off segment back to the happy path."""

    list_name: ClassVar[str] = "activationPlans"

    activation_plan_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    objective: Text | None = None
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None
    status: Literal["planned", "running", "evaluated", "stopped"] | None = None
    estimated_growth: Number | None = None
    actual_growth: Number | None = None
    proof_of_concept: Flag | None = None
    if_failed_check: tuple[Literal["data", "happy-path", "content", "channel"], ...] = ()
    acts_on: Annotated[Reference | None, Link("ACTS_ON"), EXPECTED] = None
    activates: Annotated[tuple[Reference, ...], Link("ACTIVATES"), EXPECTED] = ()
    actions: Annotated[tuple[PlannedAction, ...], Children("HAS_ACTION")] = ()
    executed_by: Annotated[tuple[Reference, ...], Link("EXECUTES", incoming=True)] = ()
    performance_indicators: Metrics = ()
    measurements: Annotated[tuple[Measurement, ...], Children("HAS_MEASUREMENT")] = ()
