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
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the milestone."""
    completion_signal: Text | None = None
    """Event in the data that proves it was reached."""
    is_success: Flag | None = None
    """True if reaching it ends the path in success."""
    reached_at: Annotated[tuple[Reference, ...], Link("REACHED_AT")] = ()
    """Contacts at which the milestone is reached."""
    captured_in: Annotated[tuple[Captured, ...], Link("CAPTURED_IN")] = ()
    """Systems that record the contact, each with the name of its event."""


class JourneyMilestone(Milestone):
    """A milestone as it is nested in the record of a journey or a stage."""

    label: ClassVar[str] = "Milestone"
    list_name: ClassVar[str] = ""

    sequence_number: Annotated[Ordinal | None, ON_EDGE] = None
    """Place in the journey or stage, from 1."""


class TriggerPoint(Element):
    """A moment in a journey that is fit for opening the way to a further offering; not the strategic trigger."""

    list_name: ClassVar[str] = "triggerPoints"

    trigger_point_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the trigger point."""
    condition: Text | None = None
    """Signal by which a system can recognize the moment."""
    engagement_goal: Literal["discover", "learn", "commit"] | None = None
    """What the customer should start to do."""
    opens: Annotated[tuple[Reference, ...], Link("OPENS")] = ()
    """Journeys and stages that the moment opens."""
    proposes: Annotated[tuple[Reference, ...], Link("PROPOSES")] = ()
    """Products and services for which the moment is fit."""


class HappyPath(Element):
    """The ordered route through a journey that the organization regards as success."""

    list_name: ClassVar[str] = "happyPaths"

    happy_path_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the happy path."""
    success_definition: Text | None = None
    """What counts as a finished path."""
    version: Integer | None = None
    """Number of the revision; a failed activation may redraw the path."""
    status: Literal["draft", "measured", "in-use", "retired"] | None = None
    """State of this revision."""
    followed_percent: Percent | None = None
    """Percent of those entering who finish the path, 0 to 100."""
    followed_count: Count | None = None
    """Number of customers who finish the path."""
    steps: Annotated[tuple[Step, ...], Link("HAS_STEP"), EXPECTED] = ()
    """Contacts, milestones and stages over which the path leads, in order."""
    walked_by: Annotated[tuple[Reference, ...], Link("WALKED_BY")] = ()
    """Personas for whom the path is drawn."""
    performance_indicators: Metrics = ()
    """Indicators by which it is judged."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""


class FlowObservation(Element):
    """A count of customers at a point of a journey within a time window, from which flow and drop-off are read."""

    list_name: ClassVar[str] = "flowObservations"
    title_from: ClassVar[tuple[str, ...]] = ("{place_id} {observed_at}", "{place_id}")

    observation_id: Key | None = None
    """Id, unique within the kind; made from place and moment where it is missing."""
    observed_at: Annotated[Timestamp | None, EXPECTED] = None
    """Moment of the count, or end of its window."""
    window_start: Timestamp | None = None
    """Start of the window."""
    entered: Count | None = None
    """Number of customers who arrived."""
    continued: Count | None = None
    """Number who moved on along the path."""
    dropped: Count | None = None
    """Number who left the path."""
    in_stage: Count | None = None
    """Number present at the moment."""
    drop_off_percent: Percent | None = None
    """Percent of those who entered that left, 0 to 100."""
    is_real_time: Flag | None = None
    """True if it comes from a live feed."""
    happy_path_id: Annotated[Reference | None, Link("OBSERVES")] = None
    """Happy path that is counted."""
    place_id: Annotated[Reference | None, Link("OBSERVED_AT")] = None
    """Contact, milestone, stage or journey at which the count was taken."""
    counts: Annotated[tuple[Reference, ...], Link("COUNTS")] = ()
    """Customers who were counted; without any, all."""
    read_from: Annotated[tuple[Reference, ...], Link("READ_FROM")] = ()
    """Systems that the numbers come from."""
