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
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the drop off segment."""
    definition_rule: Text | None = None
    """Rule over the data that decides who belongs to it."""
    customer_count: Count | None = None
    """Members at the last count."""
    drop_off_percent: Percent | None = None
    """Percent of those entering the path who are lost here, 0 to 100."""
    observed_from: PartialDate | None = None
    """Start of the counting window."""
    observed_to: PartialDate | None = None
    """End of the counting window."""
    selection: Literal["identified", "candidate", "selected-for-case", "selected-for-activation", "rejected"] | None = (
        None
    )
    """How far it has come on the way from found to activated."""
    subset_of: Annotated[tuple[Reference, ...], Link("SUBSET_OF"), EXPECTED] = ()
    """Personas and segments that it is a part of."""
    drops_out_at: Annotated[tuple[DropOff, ...], Link("DROPS_OUT_AT"), EXPECTED] = ()
    """Points at which the customers leave, each with how many do."""
    deviates_from: Annotated[Reference | None, Link("DEVIATES_FROM"), EXPECTED] = None
    """Happy path that the customers leave."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    evidence: Backing = ()
    """Evidence for what is claimed here, or against it."""


class BusinessCase(Evidenced):
    """An estimate of what is gained if a drop-off segment is led back to the happy path."""

    list_name: ClassVar[str] = "businessCases"

    business_case_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the business case."""
    baseline_count: Count | None = None
    """Customers lost today."""
    expected_recovery_percent: Percent | None = None
    """Percent of them who can be won back, as assumed, 0 to 100."""
    value_per_customer: Number | None = None
    """Worth of one customer won back, in the currency of the case."""
    currency: Text | None = None
    """Currency of the estimate, an ISO code."""
    growth_estimate: Number | None = None
    """What is gained; baseline count times expected recovery times value per customer, unless stated otherwise."""
    estimate_period: Text | None = None
    """Period the estimate covers."""
    assumptions: Texts = ()
    """What the estimate takes for granted."""
    status: Literal["draft", "approved", "activated", "proven", "disproven"] | None = None
    """How far the case has come."""
    case_for: Annotated[tuple[Growth, ...], Link("CASE_FOR"), EXPECTED] = ()
    """Drop-off segments that the case is about, each with its share of the gain."""
    based_on: Annotated[Reference | None, Link("BASED_ON"), EXPECTED] = None
    """Happy path to which customers would be led back."""
    measurements: Annotated[tuple[Measurement, ...], Children("HAS_MEASUREMENT")] = ()
    """Dated values: estimates, targets and what came about."""


class ActivationAction(Element):
    """One message or act pushed into a channel because of an insight."""

    list_name: ClassVar[str] = "activationActions"

    action_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the activation action."""
    message: Text | None = None
    """Message as it is sent."""
    micro_moment: Text | None = None
    """Moment in the customer's day for which it is meant."""
    insight: Text | None = None
    """Insight that prompts it."""
    status: Literal["draft", "queued", "pushed", "done", "cancelled"] | None = None
    """How far the action has come."""
    pushed_at: Timestamp | None = None
    """When it went out."""
    sent_count: Count | None = None
    """Number of customers to whom it was sent."""
    returned_count: Count | None = None
    """Number of them who came back to the path."""
    aimed_at: Annotated[tuple[Reference, ...], Link("AIMED_AT")] = ()
    """Personas and segments for whom it is meant."""
    pushed_to: Annotated[tuple[Pushed, ...], Link("PUSHED_TO"), EXPECTED] = ()
    """Channels that get the message, each with when and with what result."""
    guides_to: Annotated[tuple[Reference, ...], Link("GUIDES_TO")] = ()
    """Points at which the customer rejoins the path."""
    prompted_by: Annotated[tuple[Reference, ...], Link("PROMPTED_BY")] = ()
    """Observations, evidence and trigger points behind the action."""
    uses_content: Annotated[tuple[Reference, ...], Link("USES_CONTENT")] = ()
    """Content that is sent."""


class PlannedAction(ActivationAction):
    """An action as it is nested in the record of its plan."""

    label: ClassVar[str] = "ActivationAction"
    list_name: ClassVar[str] = ""

    sequence_number: Annotated[Ordinal | None, ON_EDGE] = None
    """Place in the plan, from 1."""


class ActivationPlan(Element):
    """A plan that guides a chosen drop-off segment back to the happy path."""

    list_name: ClassVar[str] = "activationPlans"

    activation_plan_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the activation plan."""
    objective: Text | None = None
    """What the plan is to achieve."""
    start_date: PartialDate | None = None
    """Day on which it starts."""
    end_date: PartialDate | None = None
    """Day on which it ends."""
    status: Literal["planned", "running", "evaluated", "stopped"] | None = None
    """How far the plan has come."""
    estimated_growth: Number | None = None
    """Gain that the case promised at launch; kept so that later edits do not move the goal."""
    actual_growth: Number | None = None
    """Gain that was measured."""
    proof_of_concept: Flag | None = None
    """True if the gain measured is at least the one promised."""
    if_failed_check: tuple[Literal["data", "happy-path", "content", "channel"], ...] = ()
    """What to examine again if the plan fails."""
    acts_on: Annotated[Reference | None, Link("ACTS_ON"), EXPECTED] = None
    """Business case that the plan puts to the test."""
    activates: Annotated[tuple[Reference, ...], Link("ACTIVATES"), EXPECTED] = ()
    """Drop-off segments that the plan leads back."""
    actions: Annotated[tuple[PlannedAction, ...], Children("HAS_ACTION")] = ()
    """Actions of the plan, in their order."""
    executed_by: Annotated[tuple[Reference, ...], Link("EXECUTES", incoming=True)] = ()
    """Units that carry it out."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    measurements: Annotated[tuple[Measurement, ...], Children("HAS_MEASUREMENT")] = ()
    """Dated values: estimates, targets and what came about."""
