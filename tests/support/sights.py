"""What the texts for Neo4j Browser show of the shipped example, and changes to them that this finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkb.store.protocol import Value


class Sight(NamedTuple):
    """What is to be seen of the shipped example: words are ids, read from its files."""

    given: Mapping[str, Value]
    there: str
    absent: str


SIGHTS: Final[Mapping[str, tuple[Sight, ...]]] = {
    "capability_dependents": (
        # Case a of the example: it enables no stage, and stages rest on it over several steps.
        Sight(
            {"capability": "CAP-MASTERDATA"},
            "CAP-MASTERDATA CAP-DOCUMENTS CAP-INCOME CAP-IDENTITY CAP-DECISION PRD-HOMELOAN SEG-FAMILIES JRN-HOME"
            " JRN-HOME/prove-your-income JRN-HOME/wait-for-the-decision JRN-HOME/sign-and-move-in VS-LOAN/decide",
            "CAP-EVENTS CAP-DATA CAP-FORMS JRN-HOME/apply gap-CAP-MASTERDATA",
        ),
    ),
    "capability_map": (
        Sight(
            {"capability": "CAP-LENDING"},
            "CAP-LENDING CAP-ORIGINATION CAP-DECISION CAP-LOANSERVICE CAP-LIMITS gap-CAP-DECISION gap-REL-IND-LIMITS",
            "CAP-FORMS CAP-CUSTOMER",
        ),
        # The gap of a part that is closed.
        Sight({"capability": "CAP-CUSTOMER"}, "CAP-ONBOARDING CAP-FORMS gap-REL-STA-IDENTITY", "gap-REL-STA-FORMS"),
        Sight({"capability": "CAP-DECISION"}, "CAP-DECISION gap-CAP-DECISION", "CAP-ORIGINATION"),
    ),
    "capability_neighbourhood": (
        Sight(
            {"capability": "CAP-INCOME"},
            "CAP-ORIGINATION lending-operations gap-REL-FAM-INCOME gap-CAP-INCOME INI-INCOME REQ-AFFORDABLE PRC-INCOME"
            " AST-SPECIALISTS SEG-FAMILIES PER-INES CAP-DOCUMENTS CAP-DECISION JRN-HOME/prove-your-income JRN-HOME"
            " VS-LOAN",
            "CAP-MASTERDATA CAP-CONTACT JRN-HOME/apply VS-LOAN/decide",
        ),
    ),
    "channel_use": (
        Sight(
            {"channel": "CHN-PHONE"},
            "JRN-HOME/wait-for-the-decision/call-about-the-status JRN-HOME/wait-for-the-decision PER-INES SVC-CARDHELP"
            " customer-service SEG-RETIRED",
            "CHN-APP JRN-HOME/prove-your-income PER-INES/JRN-HOME/prove-your-income PER-TOMAS PRD-HOMELOAN",
        ),
    ),
    "evidence_trail": (
        Sight(
            {"claim": "gap-REL-FAM-INCOME"},
            "EVD-LOANFILES EVD-FAMILYTALKS DS-LOANS lending-operations STK-PANEL SEG-FAMILIES PER-INES",
            "EVD-HUNCH EVD-APPLOG CAP-INCOME",
        ),
        # What is recorded of an experience counts for the persona that has it.
        Sight({"claim": "PER-TOMAS"}, "EVD-APPLOG PER-TOMAS/JRN-HOME/prove-your-income", "EVD-HUNCH"),
    ),
    "gap_neighbourhood": (
        Sight(
            {"gap": "gap-CAP-MASTERDATA"},
            "CAP-MASTERDATA INI-MASTERDATA CAP-INCOME CAP-DOCUMENTS JRN-HOME/prove-your-income PER-INES",
            "CAP-EVENTS gap-CAP-INCOME JRN-BUSINESS",
        ),
    ),
    "initiative_reach": (
        Sight(
            {"initiative": "INI-STATUS"},
            "gap-CAP-NOTIFY CAP-NOTIFY JRN-HOME/wait-for-the-decision JRN-HOME JRN-ACCOUNT PER-INES SEG-FAMILIES"
            " SEG-FREELANCE STR-HOME RDM-HOME KPI-STATUSCALLS",
            "CAP-DECISION JRN-CARD PER-ODA INI-INCOME",
        ),
        # What it improves is felt only through a value stream; the response is one that it carries out.
        Sight(
            {"initiative": "INI-INCOME"}, "CAP-INCOME VS-LOAN/collect-evidence RSP-WEEK INI-MASTERDATA", "INI-STATUS"
        ),
        Sight({"initiative": "INI-LOBBY"}, "INI-LOBBY", "CAP-GUIDANCE JRN-HOME JRN-ACCOUNT"),
    ),
    "journey_map": (
        Sight(
            {"journey": "JRN-HOME"},
            "JRN-HOME/dream-and-budget JRN-HOME/sign-and-move-in CAP-INCOME gap-REL-FAM-INCOME VS-LOAN/decide"
            " CAP-DECISION gap-CAP-DECISION PER-INES/JRN-HOME/prove-your-income"
            " JRN-HOME/wait-for-the-decision/call-about-the-status",
            "PER-TOMAS/JRN-HOME/prove-your-income PER-MAYA/JRN-HOME/prove-your-income PER-MAYA VS-LOAN/contract"
            " JRN-CARD CAP-COLLATERAL",
        ),
        # A gap that is closed, in a capability of the journey.
        Sight({"journey": "JRN-ACCOUNT"}, "CAP-FORMS gap-REL-STA-IDENTITY PER-MAYA", "gap-REL-STA-FORMS JRN-HOME"),
    ),
    "offering_footprint": (
        Sight(
            {"offering": "PRD-HOMELOAN"},
            "SEG-FAMILIES move-in-on-the-promised-date PER-TOMAS VS-LOAN JRN-HOME JRN-HOME/sign-and-move-in"
            " home-lending CAP-DECISION CAP-INCOME CAP-MASTERDATA CAP-EVENTS gap-CAP-DECISION gap-CAP-MASTERDATA"
            " REL-FAM-HOMELOAN/loan-through-a-broker",
            "SEG-RETIRED SVC-BOXES CAP-FORMS JRN-ACCOUNT",
        ),
        # Case y: nothing leads to it but its owner.
        Sight({"offering": "SVC-BOXES"}, "SVC-BOXES", "SEG-FAMILIES SEG-RETIRED CAP-IDENTITY CHN-BRANCH"),
    ),
    "orphans": (Sight({}, "REQ-LIGHT EVD-HUNCH", "SVC-BOXES TRG-POSTAGE"),),
    "painful_stages": (
        Sight(
            {"max_satisfaction": 1.5},
            "PER-INES JRN-HOME JRN-HOME/wait-for-the-decision gap-CAP-NOTIFY gap-CAP-DECISION"
            " JRN-HOME/prove-your-income gap-REL-FAM-INCOME",
            "PER-TOMAS PER-RAVI gap-CAP-MASTERDATA JRN-HOME/apply",
        ),
        # Case f: the pain has no known cause.
        Sight({}, "JRN-BUSINESS/file-the-taxes PER-TOMAS/JRN-HOME/wait-for-the-decision", "gap-REL-IND-TAXES PER-ODA"),
    ),
    "persona_experiences": (
        Sight(
            {"persona": "PER-INES"},
            "SEG-FAMILIES JRN-HOME PER-INES/JRN-HOME/prove-your-income JRN-HOME/prove-your-income CAP-INCOME CHN-CHAT"
            " CNT-IRREGULAR",
            "JRN-HOME/apply PER-TOMAS PER-TOMAS/JRN-HOME/prove-your-income CHN-APP",
        ),
        Sight({"persona": "PER-GRETA"}, "JRN-CARD/report-the-loss JRN-CARD CAP-CONTACT", "JRN-CARD/notice-the-loss"),
    ),
    "relationship_outlook": (
        Sight(
            {"relationship": "REL-FAMILY-ADVICE"},
            "SEG-FAMILIES home-lending REL-FAMILY-ADVICE/families-sign-elsewhere-while-they-wait INI-STATUS"
            " REL-FAMILY-ADVICE/household-insurance-with-the-loan SEG-FAMILIES/application-status-at-a-glance"
            " SEG-FAMILIES/products-per-family",
            "REL-STARTER-MAIL SEG-STARTERS STR-HOME",
        ),
    ),
    "roadmap_items": (
        Sight(
            {"roadmap": "RDM-HOME"},
            "JRN-HOME home-lending RDM-HOME/clear-cases-decided-daily RSP-WEEK INI-STATUS gap-CAP-NOTIFY CAP-NOTIFY",
            "RDM-START INI-LOBBY STR-HOME gap-CAP-DECISION",
        ),
    ),
    "segment_chain": (
        Sight(
            {"segment": "SEG-FAMILIES"},
            "STR-HOME PER-INES PER-TOMAS JRN-HOME JRN-HOME/prove-your-income"
            " JRN-HOME/prove-your-income/upload-of-income-papers",
            "PER-MAYA SEG-STARTERS JRN-ACCOUNT INI-STATUS",
        ),
        # Ravi walks a journey that is made for another segment.
        Sight(
            {"segment": "SEG-FREELANCE"}, "JRN-ACCOUNT JRN-ACCOUNT/first-month/welcome-messages", "PER-MAYA JRN-HOME"
        ),
    ),
    "segment_needs": (
        Sight(
            {"segment": "SEG-FAMILIES"},
            "have-irregular-income-taken-seriously know-where-my-application-stands INI-STATUS feel-safe-from-fraud"
            " SVC-FRAUD PER-INES PRD-HOUSEHOLD",
            "build-a-savings-habit PER-MAYA SEG-RETIRED",
        ),
    ),
    "shared_capabilities": (
        Sight(
            {"journey": "JRN-HOME", "other": "JRN-CARD"},
            "JRN-HOME/sign-and-move-in CAP-IDENTITY JRN-CARD/confirm-it-is-you",
            "CAP-INCOME JRN-ACCOUNT JRN-CARD/report-the-loss JRN-HOME/apply",
        ),
        Sight({"journey": "JRN-HOME", "other": "JRN-ACCOUNT"}, "VS-LOAN/collect-evidence CAP-FORMS", "CAP-INCOME"),
        Sight({"journey": "JRN-HOME", "other": "JRN-HOME"}, "", "JRN-HOME CAP-GUIDANCE"),
    ),
    "strategy_tree": (
        Sight(
            {"strategy": "STR-HOME"},
            "SEG-FAMILIES INI-INCOME gap-REL-FAM-INCOME CAP-INCOME RSP-WEEK TRG-BROKERS KPI-NEWLOANS home-lending",
            "INI-LOBBY RSP-VOICE gap-CAP-DECISION SEG-RETIRED",
        ),
    ),
    "touchpoint_foundations": (
        # Case x of the example.
        Sight(
            {"touchpoint": "JRN-HOME/prove-your-income/upload-of-income-papers"},
            "JRN-HOME CHN-APP AST-READER CAP-INCOME VS-LOAN/collect-evidence CAP-FORMS AST-SPECIALISTS PRC-INCOME"
            " REQ-AFFORDABLE",
            "JRN-HOME/prove-your-income/request-for-missing-papers CAP-DECISION AST-SCORECARD",
        ),
    ),
    "trigger_responses": (
        Sight(
            {"trigger": "TRG-BROKERS"},
            "RSP-LIST RSP-VOICE RSP-WEEK RAT-SPEED SEG-FAMILIES JRN-HOME/wait-for-the-decision KPI-STATUSCALLS"
            " INI-INCOME EVD-FAMILYTALKS",
            "RSP-WALLET TRG-SUMMER",
        ),
        # Case v: nobody has answered it.
        Sight({"trigger": "TRG-SUMMER"}, "SEG-FREELANCE JRN-BUSINESS/bridge-a-lean-month", "RSP-LIST RSP-WEEK"),
    ),
    "two_personas": (
        # Case e of the example.
        Sight(
            {"stage": "JRN-HOME/prove-your-income", "persona": "PER-INES", "other": "PER-TOMAS"},
            "PER-INES/JRN-HOME/prove-your-income PER-TOMAS/JRN-HOME/prove-your-income CNT-IRREGULAR CHN-CHAT CHN-APP"
            " have-irregular-income-taken-seriously move-in-on-the-promised-date CAP-NOTIFY SEG-FAMILIES JRN-HOME",
            "PER-MAYA PER-INES/JRN-HOME/wait-for-the-decision CNT-SELLER",
        ),
        # One of the two has no experience there.
        Sight({"stage": "JRN-HOME/apply", "persona": "PER-INES", "other": "PER-TOMAS"}, "", "PER-TOMAS JRN-HOME/apply"),
        Sight(
            {"stage": "JRN-HOME/apply", "persona": "PER-TOMAS", "other": "PER-TOMAS"}, "", "PER-TOMAS JRN-HOME/apply"
        ),
    ),
    "unit_remit": (
        Sight(
            {"unit": "lending-operations"},
            "quillmere-bank CAP-INCOME JRN-HOME/wait-for-the-decision RSP-WEEK RSP-LIST AST-SPECIALISTS",
            "home-lending CAP-CONTACT JRN-HOME VS-LOAN",
        ),
    ),
    "value_stream_map": (
        Sight(
            {"value_stream": "VS-LOAN"},
            "VS-LOAN/decide VS-LOAN/pay-out-and-serve CAP-DECISION gap-CAP-DECISION JRN-HOME/wait-for-the-decision"
            " JRN-HOME PRD-HOMELOAN",
            "VS-ACCOUNT JRN-HOME/dream-and-budget CAP-NOTIFY",
        ),
        Sight({"value_stream": "VS-ACCOUNT"}, "CAP-FORMS gap-REL-STA-IDENTITY", "gap-REL-STA-FORMS"),
    ),
}
"""Of each text what it shows of the example."""

OPEN: Final = "WHERE coalesce(gap.status, 'open') <> 'closed'"
MUTATIONS: Final = (
    ("capability_dependents", "<-[:DEPENDS_ON*1..7]-", "<-[:DEPENDS_ON*1..1]-"),
    ("capability_dependents", "(base)<-[:DEPENDS_ON]-", "(base)-[:DEPENDS_ON]-"),
    ("capability_dependents", "<-[:MAPS_TO]-(:JourneyStage)", "<-[:MAPS_TO]-(:Process)"),
    ("capability_map", OPEN, "WHERE true"),
    ("capability_map", "-[:PARENT_OF*1..8]->", "-[:PARENT_OF*1..1]->"),
    ("capability_map", "(capability)<-[:GAP_IN]-", "(capability)-[:GAP_IN]->"),
    ("capability_neighbourhood", "<-[:HAS_STAGE]-(:Journey)", "<-[:AT_STAGE]-(:StageExperience)"),
    ("capability_neighbourhood", "(capability)-[]-", "(capability)-[]->"),
    ("channel_use", "|OWNS|", "|"),
    ("channel_use", "<-[:PREFERS_CHANNEL]-(:Persona)", "<-[:PREFERS_CHANNEL]-()"),
    ("evidence_trail", "-[:CONTRIBUTED_BY|DRAWN_FROM]->", "-[:CONTRIBUTED_BY]->"),
    ("evidence_trail", "<-[:EVIDENCED_BY]-()", "-[:EVIDENCED_BY]->()"),
    ("gap_neighbourhood", "<-[:DEPENDS_ON*1..8]-", "<-[:DEPENDS_ON*1..1]-"),
    ("gap_neighbourhood", "<-[:CLOSES]-", "<-[:ADDRESSES]-"),
    ("initiative_reach", "|REPRESENTS|", "|"),
    ("initiative_reach", "|MAPS_TO|", "|"),
    ("initiative_reach", "(initiative)-[:IMPLEMENTS|", "(initiative)-[:"),
    ("initiative_reach", "|DEPENDS_ON]->", "]->"),
    ("journey_map", OPEN, "WHERE true"),
    ("journey_map", "worse.satisfactionScore < ", "worse.satisfactionScore > "),
    ("journey_map", "AND NOT EXISTS {", "OR NOT EXISTS {"),
    ("journey_map", "-[:MAPS_TO]->", "-[:INVOLVES]->"),
    ("offering_footprint", "-[:DEPENDS_ON*1..7]->", "-[:DEPENDS_ON*1..2]->"),
    ("offering_footprint", "-[:DEPENDS_ON*1..8]->", "-[:DEPENDS_ON*1..2]->"),
    ("offering_footprint", "|DELIVERS|", "|"),
    ("orphans", "WHERE NOT EXISTS", "WHERE EXISTS"),
    ("painful_stages", "<= $max_satisfaction", "< $max_satisfaction"),
    ("painful_stages", "<-[:HAS_STAGE]-(:Journey)", "-[:NEXT_STAGE]->()"),
    ("persona_experiences", "PREFERS_CHANNEL|PREFERS_CONTENT", "PREFERS_CHANNEL"),
    ("persona_experiences", "<-[:HAS_STAGE]-(:Journey)", "-[:NEXT_STAGE]->()"),
    ("relationship_outlook", "(:CustomerSegment)-[:HAS_OPPORTUNITY|MEASURED_BY]->", "(:CustomerSegment)-[:HAS_NEED]->"),
    ("relationship_outlook", "<-[:ADDRESSES]-()", "<-[:EXPOSED_TO]-()"),
    ("roadmap_items", "-[:HAS_ITEM|SCHEDULES*1..2]->", "-[:HAS_ITEM|SCHEDULES*1..1]->"),
    ("roadmap_items", "-[:CLOSES]->", "-[:IMPROVES]->"),
    ("segment_chain", "<-[:APPLIES_TO]-", "<-[:DESIGN_FOCUS]-"),
    ("segment_chain", "|HAS_TOUCHPOINT*1..2", "|HAS_TOUCHPOINT*1..1"),
    ("segment_needs", "[:FULFILLS|ADDRESSES]", "[:FULFILLS]"),
    ("segment_needs", "-[:CONSUMES]->", "-[:RELATED_SEGMENT]->"),
    ("shared_capabilities", "WHERE journey.id <> other.id", "WHERE true"),
    ("shared_capabilities", "|ENABLED_BY*2..3", "|ENABLED_BY*2..2"),
    ("strategy_tree", "-[:RESPONDS_TO]->(:Trigger)", "-[:JUSTIFIED_BY]->(:Rationale)"),
    ("strategy_tree", "-[:CLOSES]->", "-[:ADDRESSES]->"),
    ("touchpoint_foundations", "[:SUPPORTS|REALIZES|SPECIFIES*1..2]", "[:SUPPORTS|REALIZES*1..2]"),
    ("touchpoint_foundations", "(touchpoint)<-[:SUPPORTS]-", "(touchpoint)<-[:OWNS]-"),
    ("trigger_responses", "JUSTIFIED_BY|TARGETS|CHANGES|MEASURED_BY", "JUSTIFIED_BY|TARGETS|CHANGES"),
    ("trigger_responses", "[:AFFECTS|EVIDENCED_BY]", "[:EVIDENCED_BY]"),
    ("two_personas", "AND $persona <> $other", ""),
    ("two_personas", "(:Persona {id: $persona})", "(:Persona)"),
    ("two_personas", "WHERE persona.id IN [$persona, $other]", "WHERE persona.id <> ''"),
    ("two_personas", "[:HAS_NEED|REQUIRES|REPRESENTS]", "[:REQUIRES|REPRESENTS]"),
    ("unit_remit", "|EXECUTES|", "|"),
    ("unit_remit", "(unit)<-[:PARENT_OF|IMPACTS]-", "(unit)<-[:IMPACTS]-"),
    ("value_stream_map", OPEN, "WHERE true"),
    ("value_stream_map", "-[:DELIVERS]->", "<-[:DELIVERS]-"),
)
"""Changes to a text, each to be found by what is to be seen."""
