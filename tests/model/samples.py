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
    "Milestone": {"milestones": [{"milestoneID": "Milestone-N", "title": "Identity proven N", "isSuccess": True}]},
    "TriggerPoint": {"triggerPoints": [{"triggerPointID": "TriggerPoint-N", "title": "First salary N"}]},
    "HappyPath": {
        "journeys": [{"journeyID": "led-N", "happyPaths": [{"happyPathID": "HappyPath-N", "title": "All digital N"}]}]
    },
    "FlowObservation": {
        "journeys": [{"journeyID": "counted-N"}],
        "flowObservations": [
            {
                "observationID": "FlowObservation-N",
                "observedAt": "2026-05-01",
                "placeID": {"id": "counted-N", "kind": "Journey"},
            }
        ],
    },
    "DropOffSegment": {"dropOffSegments": [{"dropOffSegmentID": "DropOffSegment-N", "title": "Left at video N"}]},
    "BusinessCase": {"businessCases": [{"businessCaseID": "BusinessCase-N", "title": "Win them back N"}]},
    "ActivationPlan": {"activationPlans": [{"activationPlanID": "ActivationPlan-N", "title": "Spring N"}]},
    "ActivationAction": {
        "activationPlans": [
            {"activationPlanID": "acting-N", "actions": [{"actionID": "ActivationAction-N", "title": "Remind N"}]}
        ]
    },
    "CapabilityAssessment": {
        "capabilities": [{"capabilityID": "judged-N"}],
        "capabilityAssessments": [
            {"assessmentID": "CapabilityAssessment-N", "title": "Spring N", "capabilityID": "judged-N"}
        ],
    },
    "Process": {"processes": [{"processID": "Process-N", "title": "Check identity N", "automation": "Manual"}]},
    "Asset": {"assets": [{"assetID": "Asset-N", "title": "Customer file N", "componentType": "Information"}]},
    "Requirement": {"requirements": [{"id": "Requirement-N", "title": "Two factors N", "priority": "High"}]},
    "Trigger": {"triggers": [{"triggerID": "Trigger-N", "label": "New rule N", "origin": "External"}]},
    "Rationale": {"rationales": [{"rationaleID": "Rationale-N", "rationaleTitle": "Trust pays N"}]},
    "StrategicIntent": {"strategicIntents": [{"intentID": "StrategicIntent-N", "title": "Lead in advice N"}]},
    "StrategicResponse": {"strategicResponses": [{"responseID": "StrategicResponse-N", "responseTitle": "Redesign N"}]},
    "Roadmap": {"roadmaps": [{"roadmapID": "Roadmap-N", "title": "Next two years N"}]},
    "RoadmapItem": {
        "roadmaps": [{"roadmapID": "dated-N", "items": [{"itemID": "RoadmapItem-N", "title": "First wave N"}]}]
    },
    "Stakeholder": {"stakeholders": [{"stakeholderID": "Stakeholder-N", "title": "Regulator N"}]},
    "Policy": {"policies": [{"policyID": "Policy-N", "title": "Data protection N"}]},
    "Market": {"markets": [{"marketID": "Market-N", "title": "Young families N", "isSweetSpot": True}]},
    "IdealCustomerProfile": {"idealCustomerProfiles": [{"profileID": "IdealCustomerProfile-N", "title": "Sound N"}]},
    "ProfileCriterion": {
        "idealCustomerProfiles": [
            {"profileID": "judging-N", "criteria": [{"criterionID": "ProfileCriterion-N", "title": "Deal size N"}]}
        ]
    },
    "Account": {"accounts": [{"accountID": "Account-N", "title": "Northwind N", "accountType": "prospect"}]},
    "Evidence": {"evidence": [{"evidenceID": "Evidence-N", "title": "Interviews N", "sampleSize": 12}]},
    "Review": {
        "journeys": [{"journeyID": "kept-N", "reviews": [{"reviewID": "Review-N", "reviewedOn": "2026-02-01"}]}]
    },
    "DataSource": {"dataSources": [{"dataSourceID": "DataSource-N", "title": "Web log N", "latency": "batch"}]},
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
