"""The shipped example is what its README says it is, and every question has its known answer on it, on every store."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkb.example import BANK
from graphkb.knowledge_base import KnowledgeBase
from graphkb.load_options import LoadOptions
from graphkb.queries import ask_rows, catalog, gaps, initiatives, stages
from tests.conftest import STORES, open_cleared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.queries.gaps import AffectedStage

README: Final = (BANK / "README.md").read_text(encoding="utf-8")
EXPECTED: Final = Path(__file__).parent / "data" / "expected"
"""One file a question: the key columns of every row, worked out by hand from the example's files."""
STRICT: Final = LoadOptions(strict=True, stubs=False)


@pytest.fixture(scope="module", params=[*STORES, "py2neo"])
def bank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Give the example in each store in turn; tests of this module only read it."""
    with KnowledgeBase(open_cleared(request.param, tmp_path_factory.mktemp("bank"), request)) as kb:
        kb.load([BANK], source="bank", options=STRICT)
        yield kb


@pytest.fixture(scope="module")
def affected(bank: KnowledgeBase) -> tuple[AffectedStage, ...]:
    """Give all rows of the first question."""
    return gaps.affecting_stages(bank).rows


def stages_of(rows: tuple[AffectedStage, ...], gap: str) -> set[str]:
    """Return the stages that a gap affects."""
    return {row.stage_id for row in rows if row.gap_id == gap}


@pytest.mark.parametrize("name", [question.name for question in catalog.questions()])
def test_every_question_has_its_expected_answer(bank: KnowledgeBase, name: str) -> None:
    """The rows are those of tests/data/expected, in order; a question without such a file fails here."""
    expected = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    answer = ask_rows(bank, name, expected.get("parameters", {}))
    assert set(expected["columns"]) <= set(answer.columns)
    actual = [[row[column] for column in expected["columns"]] for row in answer.to_dicts()]
    assert len(actual) == len(expected["rows"])
    for row, wanted in zip(actual, expected["rows"], strict=True):
        assert row == [_nearly(value) for value in wanted]
    assert not answer.truncated


def test_every_expected_answer_belongs_to_a_question() -> None:
    """No file outlives its question."""
    files = {path.relative_to(EXPECTED).with_suffix("").as_posix() for path in EXPECTED.rglob("*.json")}
    assert files == {question.name for question in catalog.questions()}


def test_the_example_is_complete(bank: KnowledgeBase) -> None:
    """It was loaded strictly and without stubs, and no required field is missing."""
    assert bank.check("incomplete", "missing_owner", "stub") == []
    assert bank.cypher("MATCH (n:Element {isStub: true}) RETURN count(n) AS stubs") == [{"stubs": 0}]


def test_a_check_finds_what_the_readme_lists(bank: KnowledgeBase, tmp_path: Path) -> None:
    """Rule by rule these elements and no others, on a day after which nothing more falls due for years."""
    listed = re.findall(r"^\| `(\w+)` \| (`.+?`) \| .+ \|$", README.partition("## What a check finds")[2], re.MULTILINE)
    assert len(listed) == 16
    expected = {(rule, identifier) for rule, ids in listed for identifier in re.findall(r"`([^`]+)`", ids)}
    config = tmp_path / "graphkb.toml"
    config.write_text('[checks.overdue_review]\ntoday = "2026-11-27"\nreason = "A day for tests."\n', encoding="utf-8")
    found = bank.check(config=config)
    assert {(each.rule, each.id) for each in found} == expected
    assert len(found) == len(expected)


def test_loading_the_example_again_changes_nothing(bank: KnowledgeBase) -> None:
    """The plan of a second load is empty."""
    plan = bank.plan([BANK], source="bank", options=STRICT)
    assert plan.is_empty
    assert plan.problems == ()


@pytest.mark.parametrize(
    ("said", "label", "count"),
    [
        ("16 organization units", "OrgUnit", 16),
        ("7 channels", "Channel", 7),
        ("6 segments", "CustomerSegment", 6),
        ("14 needs", "Need", 14),
        ("4 relationships", "CustomerRelationship", 4),
        ("6 personas", "Persona", 6),
        ("5 journeys", "Journey", 5),
        ("26 stages", "JourneyStage", 26),
        ("31 touchpoints", "Touchpoint", 31),
        ("21 experiences", "StageExperience", 21),
        ("52 capabilities", "Capability", 52),
        ("5 value streams", "ValueStream", 5),
        ("22 stages", "ValueStreamStage", 22),
        ("7 products", "Product", 7),
        ("4 services", "Service", 4),
        ("4 strategies", "Strategy", 4),
        ("15 initiatives", "Initiative", 15),
        ("5 assets", "Asset", 5),
        ("3 processes", "Process", 3),
        ("4 requirements", "Requirement", 4),
        ("10 contents", "Content", 10),
        ("5 triggers", "Trigger", 5),
        ("3 rationales", "Rationale", 3),
        ("5 responses", "StrategicResponse", 5),
        ("3 roadmaps", "Roadmap", 3),
        ("9 items", "RoadmapItem", 9),
        ("7 pieces of evidence", "Evidence", 7),
        ("3 data sources", "DataSource", 3),
        ("2 stakeholders", "Stakeholder", 2),
    ],
)
def test_the_example_is_as_large_as_its_readme_says(bank: KnowledgeBase, said: str, label: str, count: int) -> None:
    """Every number of the table of files is the number in the store."""
    assert said in README
    assert bank.stats()["nodes"][label] == count


@pytest.mark.parametrize(
    ("said", "pattern", "count"),
    [
        ("11 segment-capability records", "(:CustomerSegment)-[r:SUPPORTED_BY]->(:Capability)", 11),
        ("6 of them with a gap", "(:CapabilityGap {gapKind: 'assessed'})-[r:HINDERS]->(:CustomerSegment)", 6),
        ("laid along 5 journeys", "(:Journey)-[r:MAPPED_TO]->(:ValueStream)", 5),
        ("12 records of use", "(:CustomerSegment)-[r:CONSUMES]->()", 12),
        ("8 weights of segments", "(:Strategy)-[r:TARGETS]->(:CustomerSegment)", 8),
    ],
)
def test_the_example_has_the_records_that_its_readme_counts(
    bank: KnowledgeBase, said: str, pattern: str, count: int
) -> None:
    """Records are relationships in the graph."""
    assert said in README
    assert bank.cypher(f"MATCH {pattern} RETURN count(r) AS count") == [{"count": count}]


def test_indicators_have_the_history_that_the_readme_counts(bank: KnowledgeBase) -> None:
    """Eight indicators stand by themselves, three of them with dated values."""
    assert "8 indicators, 3 of them with a history" in README
    text = "MATCH (k:PerformanceIndicator) WHERE k.id STARTS WITH 'KPI-' RETURN k.id AS id"
    assert len(bank.cypher(text)) == 8
    assert len(bank.cypher("MATCH (k)-[:HAS_MEASUREMENT]->(:Measurement) RETURN DISTINCT k.id AS id")) == 3


def test_journeys_have_five_to_seven_stages(bank: KnowledgeBase) -> None:
    """Enough to follow, few enough to read."""
    rows = bank.cypher("MATCH (j:Journey)-[:HAS_STAGE]->(s) RETURN j.id AS id, count(s) AS stages ORDER BY id")
    assert [row["stages"] for row in rows] == [5, 5, 5, 6, 5]


def test_capabilities_stand_on_three_levels_with_long_chains_of_dependency(bank: KnowledgeBase) -> None:
    """The longest chain has four steps, from Credit Decisioning to Event Streaming."""
    levels = bank.cypher("MATCH (c:Capability) RETURN c.level AS level, count(c) AS count ORDER BY level")
    assert [row["level"] for row in levels] == [1, 2, 3]
    chains = bank.cypher("MATCH p = (a:Capability)-[:DEPENDS_ON*4]->(b:Capability) RETURN a.id AS a, b.id AS b")
    assert chains == [{"a": "CAP-DECISION", "b": "CAP-EVENTS"}]


def test_the_story_tells_the_first_rows(affected: tuple[AffectedStage, ...]) -> None:
    """Gap, stage, persona and severity of the README's table are the first rows of the answer."""
    told = re.findall(r"^\| (\d) \| (.+?) \| (.+?) \| (.+?) \| ([\d.]+) \|$", README, re.MULTILINE)
    assert len(told) == 5
    for place, gap, stage, persona, severity in told:
        row = affected[int(place) - 1]
        assert (row.gap, row.stage, row.persona, row.severity) == (gap, stage, persona, _nearly(float(severity)))
    assert f"The whole answer has {len(affected)} rows." in README


def test_case_a_a_gap_reaches_stages_only_through_dependencies(affected: tuple[AffectedStage, ...]) -> None:
    """Customer Master Data enables no stage, and is felt two or three steps away."""
    rows = [row for row in affected if row.gap_id == "gap-CAP-MASTERDATA"]
    assert {row.route for row in rows} == {"dependency"}
    hops = {row.stage_id: row.hops for row in rows}
    assert hops["JRN-HOME/prove-your-income"] == 2
    assert hops["JRN-HOME/wait-for-the-decision"] == 3


def test_case_b_a_capability_is_shared_by_three_journeys(bank: KnowledgeBase) -> None:
    """Identity Verification enables a stage of each of them."""
    text = "MATCH (s:JourneyStage)-[:ENABLED_BY]->(:Capability {id: 'CAP-IDENTITY'}) RETURN s.id AS id ORDER BY id"
    assert [row["id"] for row in bank.cypher(text)] == [
        "JRN-ACCOUNT/prove-who-you-are",
        "JRN-CARD/confirm-it-is-you",
        "JRN-HOME/sign-and-move-in",
    ]


def test_case_c_gaps_that_hurt_have_nobody_to_close_them(
    bank: KnowledgeBase, affected: tuple[AffectedStage, ...]
) -> None:
    """The limits that ignore the seasons, and the worst gap of all."""
    unfunded = {row.gap_id for row in gaps.unfunded(bank)}
    assert {"gap-REL-IND-LIMITS", affected[0].gap_id} <= unfunded
    assert affected[0].gap_id == "gap-CAP-DECISION"
    rows = [row for row in affected if row.gap_id == "gap-REL-IND-LIMITS"]
    assert {row.persona_id for row in rows} == {"PER-RAVI"}
    assert {row.stage_id for row in rows} == {"JRN-BUSINESS/bridge-a-lean-month", "JRN-BUSINESS/get-paid"}


def test_case_d_two_initiatives_close_no_gap_and_touch_no_journey(bank: KnowledgeBase) -> None:
    """The lobby improves nothing, the archive something that no journey rests on."""
    idle = {row.initiative_id: row.improves for row in initiatives.closing_nothing(bank)}
    assert idle == {"INI-LOBBY": (), "INI-ARCHIVE": ("Regulatory Reporting",)}


def test_case_e_two_personas_feel_the_opposite_at_one_stage(bank: KnowledgeBase) -> None:
    """Tomas is delighted where Ines despairs."""
    text = """MATCH (p:Persona)-[:HAS_EXPERIENCE]->(e)-[:AT_STAGE]->({id: 'JRN-HOME/prove-your-income'})
    WHERE p.id IN ['PER-INES', 'PER-TOMAS']
    RETURN p.id AS id, e.satisfactionScore AS score ORDER BY id"""
    assert bank.cypher(text) == [{"id": "PER-INES", "score": 1.5}, {"id": "PER-TOMAS", "score": 4.5}]


def test_case_f_a_gap_reaches_no_stage(bank: KnowledgeBase, affected: tuple[AffectedStage, ...]) -> None:
    """Nothing links Tax Statement Production to the stage where taxes are filed, which has no capability at all."""
    assert stages_of(affected, "gap-REL-IND-TAXES") == set()
    assert [row.gap_id for row in gaps.reaching_no_stage(bank)] == ["gap-REL-IND-TAXES"]
    text = "MATCH (s:JourneyStage) WHERE NOT EXISTS { (s)-[:ENABLED_BY]->() } RETURN s.id AS id"
    assert bank.cypher(text) == [{"id": "JRN-BUSINESS/file-the-taxes"}]


def test_case_g_elements_of_two_kinds_have_equal_titles(bank: KnowledgeBase) -> None:
    """A journey and a value stream, a capability and a service."""
    text = """MATCH (a:Element), (b:Element)
    WHERE a.title IN ['Open an Account', 'Fraud Monitoring'] AND a.title = b.title AND a.id < b.id
    RETURN a.id AS a, b.id AS b ORDER BY a"""
    pairs = [{"a": "CAP-FRAUD", "b": "SVC-FRAUD"}, {"a": "JRN-ACCOUNT", "b": "VS-ACCOUNT"}]
    assert bank.cypher(text) == pairs


def test_case_h_a_closed_gap_has_no_row(bank: KnowledgeBase, affected: tuple[AffectedStage, ...]) -> None:
    """Its capability enables a stage, and an initiative has closed it."""
    text = "MATCH (i)-[:CLOSES]->(g:CapabilityGap {status: 'closed'}) RETURN g.id AS gap, i.id AS initiative"
    assert bank.cypher(text) == [{"gap": "gap-REL-STA-FORMS", "initiative": "INI-ONEPAGE"}]
    assert stages_of(affected, "gap-REL-STA-FORMS") == set()


def test_case_i_a_gap_of_one_segment_is_not_felt_by_another(affected: tuple[AffectedStage, ...]) -> None:
    """Maya walks the stage and is of another segment than the one that the gap hinders."""
    rows = [row for row in affected if row.stage_id == "JRN-HOME/prove-your-income"]
    assert {row.persona_id for row in rows} == {"PER-INES", "PER-MAYA", "PER-TOMAS"}
    assert {row.persona_id for row in rows if row.gap_id == "gap-REL-FAM-INCOME"} == {"PER-INES", "PER-TOMAS"}


def test_case_j_a_stage_without_an_experience_assumes_its_pain(affected: tuple[AffectedStage, ...]) -> None:
    """The rows say that nobody recorded it."""
    rows = [row for row in affected if row.stage_id == "JRN-HOME/sign-and-move-in"]
    assert {(row.pain, row.pain_recorded) for row in rows} == {(2.0, False)}


def test_case_k_stages_that_nobody_walks_have_rows_without_a_persona(affected: tuple[AffectedStage, ...]) -> None:
    """Of the card journey only the stage where Greta was seen has a persona."""
    rows = {(row.stage_id, row.persona_id) for row in affected if row.journey_id == "JRN-CARD"}
    assert rows == {
        ("JRN-CARD/confirm-it-is-you", None),
        ("JRN-CARD/get-the-replacement", None),
        ("JRN-CARD/live-without-the-card", None),
        ("JRN-CARD/report-the-loss", "PER-GRETA"),
    }
    assert {row.segment_id for row in affected if row.journey_id == "JRN-CARD" and not row.persona_id} == {None}


def test_case_l_a_maturity_gap_gives_way_to_an_assessed_one(
    bank: KnowledgeBase, affected: tuple[AffectedStage, ...]
) -> None:
    """Everywhere for the limits; for the income only where the assessed gap counts."""
    text = "MATCH (g:CapabilityGap {gapKind: 'maturity'}) WHERE g.id IN $ids RETURN count(g) AS count"
    assert bank.cypher(text, ids=["gap-CAP-LIMITS", "gap-CAP-INCOME"]) == [{"count": 2}]
    assert stages_of(affected, "gap-CAP-LIMITS") == set()
    assert {row.persona_id for row in affected if row.gap_id == "gap-CAP-INCOME"} == {"PER-MAYA"}


def test_case_m_a_gap_reaches_a_stage_by_several_routes(
    bank: KnowledgeBase, affected: tuple[AffectedStage, ...]
) -> None:
    """Directly, and through the value stage that the stage maps to; the row shows the stronger and counts both."""
    gap, stage = "gap-REL-FAM-INCOME", "JRN-HOME/prove-your-income"
    rows = [row for row in affected if (row.gap_id, row.stage_id) == (gap, stage)]
    assert {(row.route, row.routes) for row in rows} == {("direct", 2)}
    text = "MATCH ({id: $stage})-[:MAPS_TO]->(v)-[:ENABLED_BY]->(c {id: 'CAP-INCOME'}) RETURN v.id AS id"
    assert bank.cypher(text, stage=stage) == [{"id": "VS-LOAN/collect-evidence"}]


def test_case_n_the_worst_rated_stage_has_an_owner_and_weak_capabilities(bank: KnowledgeBase) -> None:
    """Both capabilities of the wait for the decision are two levels below target."""
    worst = stages.weakest(bank, max_satisfaction=1.0)
    assert {(row.stage_id, row.mean_satisfaction, row.stage_owner) for row in worst} == {
        ("JRN-HOME/wait-for-the-decision", 1.5, "Lending Operations")
    }
    levels = {row.capability_id: (row.maturity_level, row.target_maturity_level) for row in worst}
    assert levels == {"CAP-NOTIFY": (2, 4), "CAP-DECISION": (2, 4)}
    assert stages.weakest(bank)[0].stage_id == worst[0].stage_id


def test_case_o_a_maturity_gap_reaches_its_stage_only_through_a_value_stream(
    bank: KnowledgeBase, affected: tuple[AffectedStage, ...]
) -> None:
    """No journey map names Credit Decisioning."""
    rows = [row for row in affected if row.gap_id == "gap-CAP-DECISION"]
    assert {(row.stage_id, row.route) for row in rows} == {("JRN-HOME/wait-for-the-decision", "value stream")}
    assert bank.cypher("MATCH (s)-[:ENABLED_BY]->({id: 'CAP-DECISION'}) RETURN s.id AS id") == [
        {"id": "VS-LOAN/decide"}
    ]


def test_case_p_a_priority_on_paper_has_nothing_to_show(bank: KnowledgeBase) -> None:
    """Of four priorities one has weight, and neither persona nor journey nor measure nor an initiative."""
    text = """MATCH (s:CustomerSegment)
    WHERE s.isPriority AND EXISTS { (:Strategy)-[:TARGETS]->(s) } AND NOT EXISTS { (:Persona)-[:REPRESENTS]->(s) }
      AND NOT EXISTS { (:Journey)-[:DESIGNED_FOR]->(s) } AND NOT EXISTS { (s)-[:MEASURED_BY]->() }
      AND NOT EXISTS { (:Initiative)-[:TARGETS]->(s) }
    RETURN s.id AS id"""
    assert bank.cypher(text) == [{"id": "SEG-FIRMS"}]
    assert len(bank.cypher("MATCH (s:CustomerSegment) WHERE s.isPriority RETURN s.id AS id")) == 4


def test_case_q_a_claim_is_contradicted_by_the_data(bank: KnowledgeBase) -> None:
    """Greta was in the app before she called."""
    text = """MATCH (claimed)-[r:EVIDENCED_BY]->(e:Evidence) WHERE r.supports = false
    RETURN claimed.id AS id, r.claimField AS field, e.id AS evidence"""
    assert bank.cypher(text) == [{"id": "PER-GRETA", "field": "behaviors", "evidence": "EVD-APPLOG"}]


def test_case_r_two_responses_change_one_stage_at_the_same_time(bank: KnowledgeBase) -> None:
    """A cancelled one, and two that follow each other, clash with nothing."""
    text = """MATCH (a:StrategicResponse)-[:CHANGES]->(s)<-[:CHANGES]-(b:StrategicResponse)
    WHERE a.id < b.id AND a.status <> 'Cancelled' AND b.status <> 'Cancelled'
    RETURN s.id AS stage, a.id AS a, b.id AS b, a.startDate <= b.endDate AND b.startDate <= a.endDate AS clash
    ORDER BY stage"""
    rows = [(row["stage"], row["a"], row["b"], row["clash"]) for row in bank.cypher(text)]
    assert rows == [
        ("JRN-ACCOUNT/prove-who-you-are", "RSP-PICTURE", "RSP-WALLET", False),
        ("JRN-HOME/wait-for-the-decision", "RSP-VOICE", "RSP-WEEK", True),
    ]


def test_case_s_three_initiatives_wait_for_each_other(bank: KnowledgeBase) -> None:
    """Each of them can be reached from itself in three steps."""
    text = """MATCH (a:Initiative)-[:DEPENDS_ON]->(b:Initiative)-[:DEPENDS_ON]->(c:Initiative)-[:DEPENDS_ON]->(a)
    RETURN a.id AS a, b.id AS b, c.id AS c ORDER BY a"""
    assert [(row["a"], row["b"], row["c"]) for row in bank.cypher(text)] == [
        ("INI-APP", "INI-CHAT", "INI-LOGIN"),
        ("INI-CHAT", "INI-LOGIN", "INI-APP"),
        ("INI-LOGIN", "INI-APP", "INI-CHAT"),
    ]


def test_case_t_scores_of_alignment_are_belied_by_customers(bank: KnowledgeBase) -> None:
    """The best score stands beside unhappy stages, the worst beside happy ones."""
    text = """MATCH (j:Journey)-[r:MAPPED_TO]->(v:ValueStream) WHERE r.alignmentScore IN [1, 5]
    MATCH (j)-[:HAS_STAGE]->(s)-[:MAPS_TO]->(:ValueStreamStage)<-[:HAS_STAGE]-(v)
    MATCH (e:StageExperience)-[:AT_STAGE]->(s)
    RETURN j.id AS id, r.alignmentScore AS score, avg(e.satisfactionScore) AS satisfaction ORDER BY id"""
    rows = [(row["id"], row["score"], row["satisfaction"]) for row in bank.cypher(text)]
    assert rows == [("JRN-BUSINESS", 5, _nearly(7.8 / 3)), ("JRN-PLAN", 1, _nearly(13 / 3))]


def test_case_u_two_capabilities_have_nearly_one_name(bank: KnowledgeBase) -> None:
    """They are owned by two units."""
    text = """MATCH (u:OrgUnit)-[:OWNS]->(c:Capability) WHERE c.title CONTAINS 'Consent Management'
    RETURN c.id AS id, u.title AS unit ORDER BY id"""
    assert bank.cypher(text) == [
        {"id": "CAP-CONSENT", "unit": "Technology and Data"},
        {"id": "CAP-CONSENTS", "unit": "Marketing"},
    ]


def test_case_v_a_trigger_has_no_response(bank: KnowledgeBase) -> None:
    """Of the two without one only the late payments of the summer reach a segment and a stage."""
    text = """MATCH (t:Trigger)-[:AFFECTS]->(touched) WHERE NOT EXISTS { (:StrategicResponse)-[:RESPONDS_TO]->(t) }
    RETURN t.id AS id, touched.id AS touched ORDER BY id, touched"""
    assert [(row["id"], row["touched"]) for row in bank.cypher(text)] == [
        ("TRG-POSTAGE", "CHN-POST"),
        ("TRG-SUMMER", "JRN-BUSINESS/bridge-a-lean-month"),
        ("TRG-SUMMER", "SEG-FREELANCE"),
    ]


def test_case_w_wanted_content_does_not_exist(bank: KnowledgeBase) -> None:
    """What Ines ranks first at her two stages is still needed."""
    text = """MATCH (:Persona {id: 'PER-INES'})-[:HAS_EXPERIENCE]->()-[r:PREFERS_CONTENT]->(c:Content)
    WHERE r.rank = 1 RETURN c.id AS id, c.status AS status ORDER BY id"""
    assert bank.cypher(text) == [{"id": "CNT-IRREGULAR", "status": "needed"}, {"id": "CNT-SELLER", "status": "needed"}]


def test_case_x_a_touchpoint_leads_down_to_the_machine_room(bank: KnowledgeBase) -> None:
    """From the upload of papers to people, a process and a rule."""
    text = """MATCH (:Touchpoint {id: $id})<-[:HAS_TOUCHPOINT]-()-[:MAPS_TO]->()-[:ENABLED_BY]->(c:Capability)
    MATCH (below)-[:SUPPORTS|REALIZES|SPECIFIES]->(c) RETURN c.id AS capability, below.id AS id ORDER BY id"""
    touchpoint = "JRN-HOME/prove-your-income/upload-of-income-papers"
    rows = [(row["capability"], row["id"]) for row in bank.cypher(text, id=touchpoint)]
    assert rows == [("CAP-INCOME", "AST-SPECIALISTS"), ("CAP-INCOME", "PRC-INCOME"), ("CAP-INCOME", "REQ-AFFORDABLE")]


def test_case_y_nothing_leads_to_one_offering(bank: KnowledgeBase) -> None:
    """No segment, journey, value stream or capability is tied to it."""
    text = """MATCH (o:Product|Service) WHERE NOT EXISTS { ()-[:CONSUMES|DELIVERS]->(o) }
      AND NOT EXISTS { (o)-[:USED_IN|DEPENDS_ON]->() } RETURN o.id AS id"""
    assert bank.cypher(text) == [{"id": "SVC-BOXES"}]


def test_case_z_a_review_is_due_and_nobody_is_there_to_hold_it(bank: KnowledgeBase) -> None:
    """Neither the capability nor the brochure has a unit that owns it."""
    text = """MATCH (d:Element) WHERE d.nextReviewOn < '2026-11-26' AND NOT EXISTS { (:OrgUnit)-[:OWNS]->(d) }
    RETURN d.id AS id ORDER BY id"""
    assert bank.cypher(text) == [{"id": "CAP-ANALYTICS"}, {"id": "CNT-BROCHURE"}]


def test_every_case_of_the_readme_has_a_test() -> None:
    """The letters of its table are those of the tests above."""
    told = set(re.findall(r"^\| ([a-z]) \|", README, re.MULTILINE))
    assert told == {name.split("_")[2] for name in globals() if name.startswith("test_case_")}


def _nearly(value: Any) -> Any:
    return pytest.approx(value, abs=1e-9, rel=0) if isinstance(value, float) else value
