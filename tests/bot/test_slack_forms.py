"""Every act on a case by its modal in Slack, opened by a command, and done as on the terminal."""

from collections.abc import Callable
from typing import Any

import pytest

from putright.bot.case_verbs import IN_SLACK
from putright.bot.slack_forms import FORMS, form_named
from putright.cases.events import Kind
from tests.bot.filled_in import (
    AWARE,
    OTHER,
    acknowledged,
    adjusted,
    answered,
    asked_for,
    closed,
    defined,
    fresh,
    in_danger,
    not_taken,
    sent,
)
from tests.bot.office import Office
from tests.slack_fake.server import SlackFake

Prepare = Callable[[Office], None]
DONE: list[tuple[str, Prepare, dict[str, Any], Kind, dict[str, Any]]] = [
    ("reclassify", fresh, {"label": "other", "reason": "thanks"}, Kind.RECLASSIFIED, {"label": "other"}),
    ("choice", fresh, {"result": "accepted"}, Kind.CHOICE, {"on": "2026-11-23"}),
    (
        "authority",
        fresh,
        {"representative": "Ann Bell", "status": "given", "evidence": "a letter"},
        Kind.AUTHORITY,
        {"status": "given"},
    ),
    ("assign", fresh, {"handler": "Ben Okoro"}, Kind.ASSIGNED, {"handler": "Ben Okoro"}),
    (
        "conflict",
        fresh,
        {"person": "Ben Okoro", "what": "a neighbour", "dealt_with": "Amara has it"},
        Kind.CONFLICT,
        {"person": "Ben Okoro"},
    ),
    (
        "define",
        fresh,
        {"points": "a\nb", "outcomes": "c", "not_ours": "2: the council", "issue_date": "2026-11-01"},
        Kind.DEFINED,
        {"responsible": ["yes", "no: the council"], "issue_date": "2026-11-01"},
    ),
    ("assess", fresh, {"complexity": "high"}, Kind.ASSESSED, {"risk": "none known"}),
    (
        "hazard",
        fresh,
        {"kind": "significant", "of": "damp-mould", "aware": AWARE, "reason": "a baby"},
        Kind.HAZARD,
        {"aware": "2026-11-23T09:00:00+00:00"},
    ),
    (
        "hazard-step",
        in_danger,
        {"step": "investigated", "when": AWARE},
        Kind.HAZARD_STEP,
        {"step": "investigated"},
    ),
    ("adjust", fresh, {"what": "large print", "due": "2026-12-18"}, Kind.ADJUSTED, {"number": 1}),
    ("flag", fresh, {"what": "two to visit"}, Kind.FLAGGED, {"what": "two to visit"}),
    (
        "acknowledge",
        defined,
        {"complexity": "low"},
        Kind.ACKNOWLEDGED,
        {"day": "2026-11-23"},
    ),
    (
        "refuse",
        fresh,
        {
            "ground": "over-12-months",
            "reason": "too old",
            "evidence": "the letter",
            "discretion": "weighed",
            "vulnerability": "weighed",
            "ombudsman_told": ["yes"],
            "issue_date": "2024-01-31",
        },
        Kind.REFUSED,
        {"issue_date": "2024-01-31", "ombudsman_told": True},
    ),
    ("reconsider", not_taken, {"reason": "in error"}, Kind.RECONSIDERED, {"reason": "in error"}),
    ("mark", fresh, {"mark": "sar", "since": AWARE}, Kind.MARKED, {"mark": "sar"}),
    ("contact", fresh, {"how": "phone", "result": "no-answer"}, Kind.CONTACTED, {"how": "phone"}),
    (
        "evidence",
        defined,
        {"point": "1", "what": "a report", "from_resident": ["yes"]},
        Kind.EVIDENCE,
        {"point": 1, "from_resident": True},
    ),
    (
        "consulted",
        fresh,
        {"person": "Ben Okoro", "about": "the law"},
        Kind.CONSULTED,
        {"person": "Ben Okoro"},
    ),
    ("update", fresh, {"text": "a surveyor comes"}, Kind.UPDATED, {"on": "2026-11-23"}),
    ("extend", acknowledged, {"days": "5", "reason": "the surveyor"}, Kind.EXTENDED, {"late": False}),
    (
        "restrict",
        fresh,
        {"what": "by letter", "reason": "threats", "due": "2026-12-18", "equality": "weighed"},
        Kind.RESTRICTED,
        {"number": 1},
    ),
    ("incident", fresh, {"what": "no mail", "return_on": "2026-12-01"}, Kind.INCIDENT, {"what": "no mail"}),
    (
        "respond",
        acknowledged,
        {"outcome": "upheld", "reasons": "nobody came", "impact": "cold", "decided_by": "Ben Okoro"},
        Kind.RESPONDED,
        {"outcome": "upheld"},
    ),
    (
        "remedy",
        fresh,
        {
            "kind": "money",
            "what": "heating",
            "due": "2026-12-18",
            "amount": "150.50",
            "impact": "a cold week",
            "guidance": "2026",
        },
        Kind.REMEDY,
        {"amount": "150.50"},
    ),
    (
        "action",
        fresh,
        {"what": "a visit", "due": "2026-12-18", "owner": "Repairs", "told_resident": ["yes"]},
        Kind.ACTION,
        {"owner": "Repairs", "told_resident": True},
    ),
    ("done", adjusted, {"promise": "adjusted:1", "evidence": "moved"}, Kind.DONE, {"why": "moved"}),
    ("escalate", answered, {}, Kind.ESCALATED, {"day": "2026-11-23"}),
    ("escalate", closed, {"reason": "unhappy"}, Kind.ESCALATED, {"reason": "unhappy"}),
    ("withdraw", fresh, {"reason": "moved away"}, Kind.WITHDRAWN, {"reason": "moved away"}),
    ("close", answered, {"reason": "all done"}, Kind.CLOSED, {"reason": "all done"}),
    ("reopen", closed, {"reason": "not done"}, Kind.REOPENED, {"reason": "not done"}),
    ("learn", closed, {"what": "check the roof"}, Kind.LEARNT, {"number": 1}),
    ("satisfaction", closed, {"answer": "neither"}, Kind.SATISFACTION, {"answer": "neither"}),
    ("ombudsman", closed, {"kind": "enquiry", "what": "sends papers"}, Kind.OMBUDSMAN, {"number": 1}),
    ("split", fresh, {"label": "service_request", "points": "the tap"}, Kind.LINKED, {"how": "split into"}),
    (
        "add-issue",
        acknowledged,
        {"issue": "and the roof", "related": "yes", "delays": "no"},
        Kind.ISSUE,
        {"joins": True},
    ),
    ("link", fresh, {"other": "hc 2026 2"}, Kind.LINKED, {"reference": OTHER}),
    ("merge", fresh, {"other": OTHER}, Kind.JOINED_INTO, {"into": OTHER}),
]


@pytest.mark.parametrize(
    ("verb", "prepare", "values", "kind", "data"),
    DONE,
    ids=[f"{row[0]}, {row[1].__name__.strip('<>')}" for row in DONE],
)
def test_an_act_is_done_by_its_modal(
    slack: SlackFake,
    worked: Office,
    verb: str,
    prepare: Prepare,
    values: dict[str, Any],
    kind: Kind,
    data: dict[str, Any],
) -> None:
    prepare(worked)
    view = asked_for(slack, verb)
    answer = sent(slack, view, values)
    assert answer["response_action"] == "update", answer
    newest = worked.case().of(kind)[-1]
    assert newest.actor == "U1" and newest.data.items() >= data.items()
    assert "Saved." in repr(answer["view"]) and not slack.take_ack_faults()


def test_every_verb_of_the_terminal_has_a_modal_and_is_tried() -> None:
    tried = {row[0] for row in DONE} | {"confine", "unconfine", "complain", "unmerge", "unjoin"}
    assert {form_named(x) for x in IN_SLACK} <= FORMS.keys()
    assert tried == {*IN_SLACK, "done"}


@pytest.mark.parametrize(
    ("verb", "values", "said"),
    [
        ("close", {"reason": "all done"}, "• Closed: all done."),
        (
            "contact",
            {"how": "phone", "result": "no-answer"},
            "• Contact with the resident on Mon 23 Nov 2026 by phone",
        ),
        ("assign", {"handler": "Ben Okoro"}, "Ben Okoro"),
    ],
)
def test_what_was_written_down_is_said_back(
    slack: SlackFake, worked: Office, verb: str, values: dict[str, Any], said: str
) -> None:
    answered(worked)
    answer = sent(slack, asked_for(slack, verb), values)
    assert said in str(answer["view"]["blocks"][0]["text"]["text"])
