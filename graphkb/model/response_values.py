"""Values of fields of triggers, rationales and responses.

The names are those of the Orthogramic Metamodel (CC BY-SA 4.0, see NOTICE). Most of its lists are not closed: its own
examples go beyond them, so that other text loads too.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Strict

from graphkb.model.values import Suggested

ResponseType: TypeAlias = Literal[
    "Policy_Change",
    "Capability_Development",
    "Initiative_Launch",
    "Process_Improvement",
    "Technology_Implementation",
    "Organizational_Change",
    "Market_Entry",
    "Market_Exit",
    "Competitive_Response",
    "Product_Innovation",
    "Repositioning",
    "Market_Expansion",
    "Defensive_Action",
    "Partnership_Strategy",
    "Pricing_Strategy",
    "Channel_Strategy",
    "Cost_Optimization",
    "Investment_Strategy",
    "Capital_Structure_Change",
    "Financial_Risk_Management",
    "Budget_Reallocation",
    "Funding_Strategy",
    "Revenue_Enhancement",
    "Working_Capital_Management",
    "Financial_Restructuring",
    "Risk_Prevention",
    "Risk_Mitigation",
    "Risk_Transfer",
    "Risk_Acceptance",
    "Control_Enhancement",
    "Incident_Response",
    "Business_Continuity",
    "Compliance_Program",
    "Risk_Governance",
    "Network_Redesign",
    "Supplier_Change",
    "Inventory_Strategy",
    "Logistics_Optimization",
    "Cost_Reduction",
    "Service_Enhancement",
    "Sustainability_Initiative",
    "Customer_Experience_Initiative",
    "Customer_Retention_Program",
    "Customer_Acquisition_Campaign",
    "Customer_Journey_Redesign",
    "Customer_Segment_Strategy",
    "Customer_Insight_Application",
    "Customer_Technology_Implementation",
    "Innovation_Program",
    "Innovation_Culture_Change",
    "Innovation_Capability_Building",
    "Portfolio_Adjustment",
    "Experimentation_Framework",
    "Idea_Management_Enhancement",
    "Environmental_Initiative",
    "Social_Program",
    "Governance_Enhancement",
    "Climate_Adaptation",
    "Sustainability_Reporting_Improvement",
    "Talent_Initiative",
    "Culture_Change_Program",
    "Leadership_Development",
    "Knowledge_Retention_Program",
    "Workforce_Restructuring",
    "Technology_Modernization",
    "Security_Remediation",
    "Technology_Standardization",
    "Platform_Consolidation",
    "Digital_Transformation",
    "Channel_Expansion",
    "Channel_Consolidation",
    "Partner_Strategy_Change",
    "Distribution_Network_Redesign",
    "Omnichannel_Integration",
    "Channel_Mix_Optimization",
]
"""What a response changes."""

Domain: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Customer",
                "Capability",
                "Product",
                "Service",
                "Value_Stream",
                "Strategy",
                "Performance",
                "Information",
                "Organization",
                "Initiative",
                "Policy",
                "Market",
                "Finance",
                "Risk_Management",
                "Supply_Chain",
                "Innovation",
                "Sustainability",
                "People",
                "Technology",
                "Channel",
                "Stakeholder",
            ),
            (
                ("Capabilities", "Capability"),
                ("Initiatives", "Initiative"),
                ("Products", "Product"),
                ("Services", "Service"),
            ),
        )
    ),
]
"""A domain of the business."""

TriggerCategory: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Regulatory_Compliance",
                "Technological_Change",
                "Environmental_Safety",
                "Operational_Transformation",
                "Strategic_Realignment",
                "Customer_Stakeholder",
                "Workforce_Skills",
                "Performance_Response",
                "Political_Social",
                "Innovation_Opportunity",
                "Strategic_Opportunity",
            )
        )
    ),
]
"""Class of a trigger."""

TriggerSubCategory: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Market Expansion",
                "Innovation Initiative",
                "Capability Enhancement",
                "Strategic Repositioning",
                "Competitive Differentiation",
            )
        )
    ),
]
"""Finer class of a trigger."""

Origin: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Internal",
                "External",
                "Hybrid",
                "Strategic_Planning",
            )
        )
    ),
]
"""Whether a trigger comes from inside or outside."""

TriggerHorizon: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Immediate",
                "Short_Term",
                "Medium_Term",
                "Long_Term",
                "Anticipatory",
            )
        )
    ),
]
"""When a trigger takes effect."""

ImpactLevel: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Low",
                "Medium",
                "High",
                "Critical",
            )
        )
    ),
]
"""Weight of a trigger."""

TriggerStatus: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Emerging",
                "Ongoing",
                "Declining",
                "Resolved",
            )
        )
    ),
]
"""Where a trigger stands in its life."""

RationaleType: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Preventative",
                "Remedial",
                "Opportunistic",
                "Proactive",
                "Reactive",
                "Compliance_Fulfillment",
                "Strategic_Advancement",
                "Customer_Needs_Based",
                "Market_Trends_Based",
                "Customer_Experience_Enhancement",
                "Customer_Feedback_Response",
                "Customer_Retention_Focus",
                "Customer_Acquisition_Focus",
                "Competitive_Response",
                "Market_Opportunity",
                "Defensive_Position",
                "Industry_Adaptation",
                "Growth_Initiative",
                "Innovation_Imperative",
                "Consolidation_Strategy",
                "Financial_Performance_Improvement",
                "Cost_Optimization",
                "Investment_Justification",
                "Capital_Allocation",
                "Financial_Risk_Management",
                "Resource_Prioritization",
                "Financial_Sustainability",
                "Risk_Prevention",
                "Risk_Mitigation",
                "Risk_Transfer",
                "Risk_Acceptance",
                "Control_Enhancement",
                "Response_Planning",
                "Compliance_Management",
                "Disruption_Response",
                "Network_Optimization",
                "Cost_Reduction",
                "Service_Improvement",
                "Capability_Development",
                "Technology_Adoption",
                "Innovation_Advancement",
                "Capability_Enhancement",
                "Portfolio_Optimization",
                "Experimentation_Need",
                "Innovation_Culture",
                "Innovation_Process_Improvement",
                "Sustainability_Compliance",
                "Environmental_Stewardship",
                "Social_Impact_Enhancement",
                "Governance_Improvement",
                "Climate_Risk_Mitigation",
                "Stakeholder_Expectation_Management",
                "Circular_Economy_Advancement",
                "Resource_Efficiency_Improvement",
                "Talent_Development",
                "Culture_Enhancement",
                "Knowledge_Management",
                "Workforce_Optimization",
                "Talent_Acquisition",
                "Employee_Experience_Improvement",
                "Leadership_Development",
                "Organizational_Alignment",
                "Technology_Refresh",
                "Legacy_Modernization",
                "Security_Enhancement",
                "Technology_Integration",
                "Technology_Standardization",
                "Architecture_Transformation",
                "Digital_Capability_Building",
                "Technical_Debt_Reduction",
                "Channel_Optimization",
                "Channel_Expansion",
                "Partner_Management",
                "Distribution_Efficiency",
                "Omnichannel_Integration",
                "Channel_Conflict_Resolution",
                "Digital_Channel_Development",
                "Channel_Mix_Rebalancing",
            )
        )
    ),
]
"""Class of justification."""

ReasoningPattern: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Causal",
                "Comparative",
                "Normative",
                "Predictive",
                "Analogical",
                "Deductive",
                "Inductive",
                "Customer_Needs_Based",
                "Journey_Friction_Based",
                "Segment_Value_Based",
                "Experience_Gap_Based",
            )
        )
    ),
]
"""Form of an argument."""

EvidenceBase: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Data_Driven",
                "Expert_Judgment",
                "Industry_Best_Practice",
                "Customer_Feedback",
                "Internal_Analysis",
                "External_Research",
                "Competitive_Analysis",
                "Voice_of_Customer",
                "Customer_Behavior_Analysis",
                "Market_Research",
                "Customer_Service_Data",
                "Social_Media_Analysis",
                "Customer_Journey_Mapping",
                "Competitive_Intelligence",
                "Industry_Analysis",
                "Sales_Data",
                "Partner_Network",
                "External_Consultant",
                "Strategic_Planning",
                "Financial_Analysis",
                "Performance_Metrics",
                "Investment_Review",
                "Budget_Analysis",
                "Cost_Structure_Assessment",
                "Revenue_Analysis",
                "Risk_Assessment",
                "Capital_Planning",
                "Incident_Analysis",
                "Control_Monitoring",
                "Audit_Finding",
                "Industry_Intelligence",
                "Scenario_Analysis",
                "Supply_Chain_Analytics",
                "Market_Intelligence",
                "Supplier_Feedback",
                "Customer_Requirements",
                "Technology_Evaluation",
                "Compliance_Analysis",
                "Sustainability_Insight",
                "People_Insight",
                "Experiment_Results",
                "Prototype_Feedback",
            )
        )
    ),
]
"""What an argument rests on."""

BusinessValueType: TypeAlias = Annotated[
    str,
    Strict(),
    AfterValidator(
        Suggested(
            (
                "Cost_Reduction",
                "Revenue_Growth",
                "Risk_Reduction",
                "Customer_Experience",
                "Operational_Efficiency",
                "Competitive_Advantage",
                "Brand_Perception",
                "Stakeholder_Trust",
                "Market_Creation",
                "First_Mover_Advantage",
                "Market_Disruption",
                "Innovation_Leadership",
                "Ecosystem_Development",
                "Strategic_Positioning",
                "Customer_Retention_Value",
                "Customer_Acquisition_Value",
                "Customer_Growth_Value",
                "Brand_Loyalty_Value",
                "Market_Share_Value",
                "Environmental_Value",
                "Social_Value",
                "Governance_Value",
                "Talent_Value",
                "Culture_Value",
                "Knowledge_Value",
                "Technical_Agility",
                "System_Reliability",
                "Security_Posture",
                "Technical_Performance",
                "Integration_Effectiveness",
                "Technology_Cost_Efficiency",
                "Digital_Experience",
                "Channel_Reach_Value",
                "Distribution_Efficiency_Value",
                "Partner_Network_Value",
            )
        )
    ),
]
"""Kind of value that is sought."""
