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
    date: Annotated[PartialDate | None, Property("measuredOn"), EXPECTED] = None
    value: Annotated[Number | None, EXPECTED] = None
    status: Literal["above-target", "on-target", "below-target", "critical"] | None = None
    comment: Text | None = None
    value_text: Text | None = None
    kind: Literal["baseline", "estimate", "target", "actual"] | None = None


class IndicatorFields(Element):
    """What an indicator and its nested form have in common."""

    baseline_value: Number | None = None
    current_value: Annotated[Amount | None, Quantity()] = None
    target_value: Annotated[Amount | None, Quantity()] = None
    variance: Number | None = None
    variance_percentage: Number | None = None
    threshold_type: Literal["higher-is-better", "lower-is-better", "target-is-optimal", "range-is-optimal"] | None = (
        None
    )
    thresholds: Annotated[tuple[JsonObject, ...], JsonText("thresholdsJson")] = ()
    target_date: Text | None = None
    valid_from: Text | None = None
    valid_to: Text | None = None
    aggregation_period: Literal["real-time", "hourly", "daily", "weekly", "monthly", "quarterly", "yearly"] | None = (
        None
    )
    assessment_frequency: Text | None = None
    evaluative_model: Annotated[JsonObject | None, JsonText("evaluativeModelJson")] = None
    data_source: Annotated[Text | None, Property("dataSourceText")] = None
    owner: Text | None = None
    org_unit_title: Owners = ()
    leading_indicators: Annotated[tuple[JsonObject, ...], JsonText("leadingIndicatorsJson")] = ()
    measurement: Annotated[JsonObject | None, JsonText("measurementJson")] = None
    strategic_alignments: Annotated[tuple[Alignment, ...], Link("ALIGNED_WITH", kind_name="alignmentType")] = ()
    status_history: Annotated[tuple[Measurement, ...], Children("HAS_MEASUREMENT")] = ()
    related_indicators: Annotated[tuple[IndicatorLink, ...], Link("RELATED_INDICATOR")] = ()
    stakeholder_impacts: Annotated[tuple[Reference, ...], Link("CONCERNS")] = ()
    potential_metrics: Annotated[tuple[JsonObject, ...], JsonText("potentialMetricsJson")] = ()
    outcome_timeframes: Annotated[JsonObject | None, JsonText("outcomeTimeframesJson")] = None
    read_from: Annotated[tuple[Reference, ...], Link("READ_FROM")] = ()
    last_updated: Text | None = None
    version: Text | None = None
    is_customer_perspective: Flag | None = None
    heat: Literal["red", "amber", "green", "unknown"] | None = None


class PerformanceIndicator(IndicatorFields):
    """A measure with a unit, a current value and a goal, attachable to anything."""

    list_name: ClassVar[str] = "performanceIndicators"

    performance_indicator_id: Key | None = None
    title: Annotated[Title | None, EXPECTED] = None
    description: Annotated[Description | None, EXPECTED] = None
    unit_of_measure: Annotated[Text | None, Property("unit")] = None


class Metric(IndicatorFields):
    """An indicator as it is nested in the record of what it measures."""

    label: ClassVar[str] = "PerformanceIndicator"

    performance_indicator_id: Key | None = None
    metric_name: Title | None = None
    metric_description: Description | None = None
    unit: Text | None = None
    perspective: Annotated[Literal["customer", "internal"] | None, ON_EDGE] = None
    weight: Annotated[Share | None, ON_EDGE] = None


Metrics = Annotated[tuple[Metric, ...], Children("MEASURED_BY", split=True)]
"""Indicators that belong to the element."""
