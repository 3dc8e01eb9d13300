"""A case as far as a test needs it, and the modals on it as somebody opens, fills in and sends them."""

from datetime import datetime
from typing import Any

from putright.bot.slack_forms import form_named
from putright.cases import acts
from putright.cases.record import record
from putright.cases.records.hazard import HAZARD
from putright.cases.records.people import ADJUST
from putright.cases.records.refusal import REFUSE
from tests.bot.office import Office
from tests.harrowmere import MONDAY, do, on
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import Json, View

REF, OTHER = "HC-2026-0001", "HC-2026-0002"
AWARE = int(datetime.fromisoformat("2026-11-23T09:00:00+00:00").timestamp())


def fresh(live: Office) -> None:
    """Nothing was done yet."""


def defined(live: Office) -> None:
    do(live.db, REF, acts.define, points=["mushrooms grow"], outcomes=["a visit"])


def acknowledged(live: Office) -> None:
    defined(live)
    do(live.db, REF, acts.acknowledge)


def answered(live: Office) -> None:
    acknowledged(live)
    do(live.db, REF, acts.respond, outcome="upheld", reasons=["nobody came"])


def closed(live: Office) -> None:
    answered(live)
    do(live.db, REF, acts.confirm)
    do(live.db, REF, acts.close, reason="done")


def in_danger(live: Office) -> None:
    given = {"kind": "significant", "of": "damp-mould", "aware": MONDAY, "reason": "a baby"}
    do(live.db, REF, lambda case, by: record(HAZARD, case, by, given))


def adjusted(live: Office) -> None:
    given = {"what": "large print", "due": on("2026-12-18").date()}
    do(live.db, REF, lambda case, by: record(ADJUST, case, by, given))


def not_taken(live: Office) -> None:
    given = {"ground": "other", "reason": "no", "evidence": "x", "discretion": "x", "vulnerability": "x"}
    do(live.db, REF, lambda case, by: record(REFUSE, case, by, {**given, "ombudsman_told": True}))


def asked_for(slack: SlackFake, verb: str, reference: str = REF, user: str = "U1") -> View:
    """The modal that `/case VERB REF` opens."""
    slack.command("/case", f"{verb} {reference}", user=user, channel="C1")
    return slack.wait_for_modal(user, form_named(verb))


def sent(slack: SlackFake, view: View, values: dict[str, Any], user: str = "U1") -> Json:
    """What is acknowledged when the modal is sent."""
    ack = slack.wait_for_ack(slack.submit(view, values, user=user))
    assert ack.payload
    return ack.payload
