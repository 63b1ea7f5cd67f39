"""The smallest record of each kind, with what the kind cannot be without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Document = dict[str, list[Any]]

SAMPLES: Final[Mapping[str, Document]] = {
    "CustomerSegment": {"customerSegments": [{"customerID": "CustomerSegment-N", "title": "Families N"}]},
    "Persona": {"personas": [{"personaID": "Persona-N", "title": "Paula N"}]},
    "Need": {"needs": [{"needID": "Need-N", "title": "Safety N", "needKind": "need"}]},
    "CustomerRelationship": {
        "customerRelationships": [{"relationshipID": "CustomerRelationship-N", "title": "Private banking N"}]
    },
    "RelationshipEvent": {
        "customerRelationships": [
            {
                "relationshipID": "history-N",
                "relationshipHistory": [{"eventID": "RelationshipEvent-N", "eventDate": "2024-03"}],
            }
        ]
    },
    "Risk": {"risks": [{"riskID": "Risk-N", "riskName": "Fraud N", "probability": 2}]},
    "Opportunity": {"opportunities": [{"opportunityID": "Opportunity-N", "opportunityName": "Referrals N"}]},
    "Journey": {"journeys": [{"journeyID": "Journey-N", "journeyTitle": "Open an account N"}]},
    "JourneyStage": {
        "journeys": [
            {"journeyID": "whole-N", "journeyStages": [{"stageID": "JourneyStage-N", "stageName": "Identify N"}]}
        ]
    },
    "Touchpoint": {
        "journeys": [
            {
                "journeyID": "way-N",
                "journeyStages": [
                    {
                        "stageID": "stop-N",
                        "stageName": "Visit N",
                        "touchpoints": [{"touchpointID": "Touchpoint-N", "touchpointName": "Counter N"}],
                    }
                ],
            }
        ]
    },
    "StageExperience": {
        "personas": [{"personaID": "walker-N", "title": "Walker N"}],
        "journeys": [{"journeyID": "walk-N", "journeyStages": [{"stageID": "step-N", "stageName": "Wait N"}]}],
        "stageExperiences": [{"experienceID": "StageExperience-N", "personaID": "walker-N", "stageID": "step-N"}],
    },
    "Channel": {"channels": [{"channelID": "Channel-N", "title": "Branch N", "channelType": "physical"}]},
    "Content": {"contents": [{"contentID": "Content-N", "title": "Checklist N", "status": "needed"}]},
    "Capability": {"capabilities": [{"capabilityID": "Capability-N", "title": "Identity proofing N"}]},
    "CapabilityGap": {
        "capabilities": [{"capabilityID": "lacking-N", "title": "Lacking N"}],
        "capabilityGaps": [{"gapID": "CapabilityGap-N", "title": "Too slow N", "capabilityID": "lacking-N"}],
    },
    "ValueStream": {"valueStreams": [{"valueStreamID": "ValueStream-N", "title": "Acquire a customer N"}]},
    "ValueStreamStage": {
        "valueStreams": [
            {
                "valueStreamID": "stream-N",
                "valueStreamStages": [{"valueStreamStageID": "ValueStreamStage-N", "stageTitle": "Verify N"}],
            }
        ]
    },
    "Product": {"products": [{"productID": "Product-N", "title": "Current account N"}]},
    "Service": {"services": [{"serviceID": "Service-N", "title": "Advice N"}]},
    "CompetitiveAlternative": {
        "competitiveAlternatives": [{"alternativeID": "CompetitiveAlternative-N", "alternativeName": "Robo N"}]
    },
    "Strategy": {"strategies": [{"strategyID": "Strategy-N", "title": "Digital first N"}]},
    "Initiative": {"initiatives": [{"initiativeID": "Initiative-N", "title": "Video ident N", "budget": 1000}]},
    "PerformanceIndicator": {
        "performanceIndicators": [{"performanceIndicatorID": "PerformanceIndicator-N", "title": "Retention N"}]
    },
    "Measurement": {"measurements": [{"measurementID": "Measurement-N", "date": "2025-06-30", "value": 4.5}]},
    "OrgUnit": {"orgUnits": [{"orgUnitID": "OrgUnit-N", "orgUnitTitle": "Retail N"}]},
    "Role": {"roles": [{"roleID": "Role-N", "title": "Segment manager N"}]},
}
"""Documents by kind; the element of the kind has its label, a dash and ``N`` as its id."""


def sample(label: str, number: int) -> Document:
    """Return the sample of a kind with a number in place of each ``N``."""
    numbered: Document = _numbered(SAMPLES[label], str(number))
    return numbered


def _numbered(value: Any, number: str) -> Any:
    if isinstance(value, dict):
        return {name: _numbered(each, number) for name, each in value.items()}
    if isinstance(value, list):
        return [_numbered(each, number) for each in value]
    return f"{value[:-1]}{number}" if isinstance(value, str) and value.endswith("N") else value
