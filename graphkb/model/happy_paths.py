"""The wanted route through a journey: milestones, trigger points, happy paths, and the flow counted along them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import EXPECTED, ON_EDGE, Element, Key, Link, Reference, Title
from graphkb.model.edges import Captured, Step
from graphkb.model.governance import Owners
from graphkb.model.measures import Metrics
from graphkb.model.values import Count, Flag, Integer, Ordinal, Percent, Text, Timestamp


class Milestone(Element):
    """A point of progress in a journey."""

    list_name: ClassVar[str] = "milestones"

    milestone_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    completion_signal: Text | None = None
    is_success: Flag | None = None
    reached_at: Annotated[tuple[Reference, ...], Link("REACHED_AT")] = ()
    captured_in: Annotated[tuple[Captured, ...], Link("CAPTURED_IN")] = ()


class JourneyMilestone(Milestone):
    """A milestone as it is nested in the record of a journey or a stage."""

    label: ClassVar[str] = "Milestone"
    list_name: ClassVar[str] = ""

    sequence_number: Annotated[Ordinal | None, ON_EDGE] = None


class TriggerPoint(Element):
    """A moment in a journey that is fit for opening the way to a further offering; not the strategic trigger."""

    list_name: ClassVar[str] = "triggerPoints"

    trigger_point_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    condition: Text | None = None
    engagement_goal: Literal["discover", "learn", "commit"] | None = None
    opens: Annotated[tuple[Reference, ...], Link("OPENS")] = ()
    proposes: Annotated[tuple[Reference, ...], Link("PROPOSES")] = ()


class HappyPath(Element):
    """The ordered route through a journey that the organization regards as success."""

    list_name: ClassVar[str] = "happyPaths"

    happy_path_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    success_definition: Text | None = None
    version: Integer | None = None
    status: Literal["draft", "measured", "in-use", "retired"] | None = None
    followed_percent: Percent | None = None
    followed_count: Count | None = None
    steps: Annotated[tuple[Step, ...], Link("HAS_STEP"), EXPECTED] = ()
    walked_by: Annotated[tuple[Reference, ...], Link("WALKED_BY")] = ()
    performance_indicators: Metrics = ()
    org_unit_title: Owners = ()


class FlowObservation(Element):
    """A count of customers at a point of a journey within a time window, from which flow and drop-off are read."""

    list_name: ClassVar[str] = "flowObservations"
    title_from: ClassVar[tuple[str, ...]] = ("{place_id} {observed_at}", "{place_id}")

    observation_id: Key | None = None
    observed_at: Annotated[Timestamp | None, EXPECTED] = None
    window_start: Timestamp | None = None
    entered: Count | None = None
    continued: Count | None = None
    dropped: Count | None = None
    in_stage: Count | None = None
    drop_off_percent: Percent | None = None
    is_real_time: Flag | None = None
    happy_path_id: Annotated[Reference | None, Link("OBSERVES")] = None
    place_id: Annotated[Reference | None, Link("OBSERVED_AT")] = None
    counts: Annotated[tuple[Reference, ...], Link("COUNTS")] = ()
    read_from: Annotated[tuple[Reference, ...], Link("READ_FROM")] = ()
