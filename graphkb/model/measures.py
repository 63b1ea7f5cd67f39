"""Measures: indicators and their dated values."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from graphkb.model.declaration import (
    EXPECTED,
    ON_EDGE,
    Children,
    Description,
    Element,
    JsonObject,
    Key,
    Link,
    Reference,
    Title,
)
from graphkb.model.edges import Alignment, IndicatorLink
from graphkb.model.governance import Owners
from graphkb.model.properties import JsonText, Property, Quantity
from graphkb.model.values import Flag, Number, PartialDate, Share, Text

Amount = Number | Text
"""A value as a number, or as text such as ``4.2 days``."""


class Measurement(Element):
    """One dated value of an indicator."""

    list_name: ClassVar[str] = "measurements"
    title_from: ClassVar[tuple[str, ...]] = ("{date} {kind}", "{date}", "{value}")

    measurement_id: Key | None = None
    """Id, unique within the kind; made from date and kind where it is missing."""
    date: Annotated[PartialDate | None, Property("measuredOn"), EXPECTED] = None
    """Day of the value."""
    value: Annotated[Number | None, EXPECTED] = None
    """Value as a number."""
    status: Literal["above-target", "on-target", "below-target", "critical"] | None = None
    """How the value stands to the goal."""
    comment: Text | None = None
    """Remark."""
    value_text: Text | None = None
    """Value as it was written, where it is no number."""
    kind: Literal["baseline", "estimate", "target", "actual"] | None = None
    """Whether it is a baseline, an estimate, a target or an actual value."""


class IndicatorFields(Element):
    """What an indicator and its nested form have in common."""

    baseline_value: Number | None = None
    """Value at the start."""
    current_value: Annotated[Amount | None, Quantity()] = None
    """Latest value, as a number or as text such as `4.2 days`."""
    target_value: Annotated[Amount | None, Quantity()] = None
    """Goal, as a number or as text."""
    variance: Number | None = None
    """Current value minus goal."""
    variance_percentage: Number | None = None
    """Variance in percent of the goal."""
    threshold_type: Literal["higher-is-better", "lower-is-better", "target-is-optimal", "range-is-optimal"] | None = (
        None
    )
    """Which direction is good."""
    thresholds: Annotated[tuple[JsonObject, ...], JsonText("thresholdsJson")] = ()
    """Values at which somebody is alerted, as objects."""
    target_date: Text | None = None
    """When the goal is due."""
    valid_from: Text | None = None
    """Start of the time for which it holds."""
    valid_to: Text | None = None
    """End of the time for which it holds."""
    aggregation_period: Literal["real-time", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly"] | None = (
        None
    )
    """Period over which values are rolled up."""
    assessment_frequency: Text | None = None
    """How often it is read."""
    evaluative_model: Annotated[JsonObject | None, JsonText("evaluativeModelJson")] = None
    """Model of the trend, as an object."""
    data_source: Annotated[Text | None, Property("dataSourceText")] = None
    """Where the numbers come from, as text."""
    owner: Text | None = None
    """Person or team that answers for it, as text."""
    org_unit_title: Owners = ()
    """Unit that answers for it; several where a list is given."""
    leading_indicators: Annotated[tuple[JsonObject, ...], JsonText("leadingIndicatorsJson")] = ()
    """Early signals, as objects."""
    measurement: Annotated[JsonObject | None, JsonText("measurementJson")] = None
    """How it is made up of objective, subjective and proxy measures, as an object."""
    strategic_alignments: Annotated[tuple[Alignment, ...], Link("ALIGNED_WITH", kind_name="alignmentType")] = ()
    """Strategies, initiatives, policies, capabilities and value streams that it serves."""
    status_history: Annotated[tuple[Measurement, ...], Children("HAS_MEASUREMENT")] = ()
    """Dated values."""
    related_indicators: Annotated[tuple[IndicatorLink, ...], Link("RELATED_INDICATOR")] = ()
    """Typed, weighted links to other indicators."""
    stakeholder_impacts: Annotated[tuple[Reference, ...], Link("CONCERNS")] = ()
    """Stakeholders to whom it matters."""
    potential_metrics: Annotated[tuple[JsonObject, ...], JsonText("potentialMetricsJson")] = ()
    """Measures that might come in addition, as objects."""
    outcome_timeframes: Annotated[JsonObject | None, JsonText("outcomeTimeframesJson")] = None
    """When outcomes are expected, as an object."""
    read_from: Annotated[tuple[Reference, ...], Link("READ_FROM")] = ()
    """Systems that the numbers come from."""
    last_updated: Text | None = None
    """When it was last changed."""
    version: Text | None = None
    """Revision of the definition."""
    is_customer_perspective: Flag | None = None
    """True if it measures an outcome as customers see it."""
    heat: Literal["red", "amber", "green", "unknown"] | None = None
    """Band of the heat map."""


class PerformanceIndicator(IndicatorFields):
    """A measure with a unit, a current value and a goal, attachable to anything."""

    list_name: ClassVar[str] = "performanceIndicators"

    performance_indicator_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    title: Annotated[Title | None, EXPECTED] = None
    """Name of the indicator."""
    description: Annotated[Description | None, EXPECTED] = None
    """What it measures."""
    unit_of_measure: Annotated[Text | None, Property("unit")] = None
    """Unit of the values."""


class Metric(IndicatorFields):
    """An indicator as it is nested in the record of what it measures."""

    label: ClassVar[str] = "PerformanceIndicator"

    performance_indicator_id: Key | None = None
    """Id, unique within the kind; made from the title where it is missing."""
    metric_name: Title | None = None
    """Name of the indicator."""
    metric_description: Description | None = None
    """What it measures."""
    unit: Text | None = None
    """Unit of the values."""
    perspective: Annotated[Literal["customer", "internal"] | None, ON_EDGE] = None
    """Whether it is the customer's view or the organization's own."""
    weight: Annotated[Share | None, ON_EDGE] = None
    """Part in a composite score, 0 to 1."""


Metrics = Annotated[tuple[Metric, ...], Children("MEASURED_BY", split=True)]
"""Indicators that belong to the element."""
