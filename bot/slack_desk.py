"""What the listeners of buttons, modals and the Home share: the database, the landlord, who is who and the time."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from putright.bot.slack_authority import Asker, Authority, Forbidden, team_of
from putright.cases.acts import By
from putright.cases.case import Case
from putright.cases.errors import Refused
from putright.cases.events import Event, JoinedAs
from putright.cases.message import Message
from putright.cases.reading import Reading
from putright.cases.references import find_reference
from putright.storage import messages, questions
from putright.storage.errors import DatabaseProblem, StaleView
from putright.storage.questions import Asked
from putright.triage.act import Moved, act, find
from putright.triage.eyes import Eyes, Role
from putright.triage.landlord import Landlord
from putright.triage.slack_names import known, named

Body = Mapping[str, Any]
SUBMISSION_SECONDS = 0.6
"""How long a submission waits for Slack to say who may do it."""
CLICK_SECONDS = 1.5
"""The same for a click: a modal opens within 3 seconds of it, or not at all."""


class CaseDesk:
    """What the listeners below share: the database, the landlord, who is who and the time."""

    def __init__(
        self,
        open_db: Callable[[], Database],
        landlord: Landlord,
        authority: Authority,
        name_of: Callable[[str], str],
        now: Callable[[], datetime],
        wake: Callable[[], None],
        team: str,
    ) -> None:
        self.open_db = open_db
        self.landlord = landlord
        self.authority = authority
        self.name_of = name_of
        self.now = now
        self.wake = wake
        self.team = team
        self.at_home: dict[str, str] = {}
        """Which tab and page of the Home each person saw last, since the program began."""

    def allow(self, body: Body, *, lead: bool = False) -> tuple[str, Eyes]:
        """The id of whoever clicked, and what they see; a refusal is kept. Raises Forbidden, DatabaseProblem.

        A submission is not acknowledged yet, so it waits a moment only; but who lost their role since the modal was
        opened is refused, so Slack is asked once more.
        """
        sent = body.get("type") == "view_submission"
        asker = Asker(
            str(body["user"]["id"]),
            team_of(body),
            str((body.get("channel") or {}).get("id", "")),
            anew=sent,
            patience=SUBMISSION_SECONDS if sent else CLICK_SECONDS,
        )
        clicked, view = (body.get("actions") or [{}])[0], body.get("view") or {}
        act = clicked.get("action_id") or f"case:{view.get('callback_id') or body.get('callback_id') or ''}"
        ref = find_reference(f"{clicked.get('value') or view.get('private_metadata') or ''}")
        return self.admit(asker, str(act), ref or "", lead=lead)

    def admit(self, asker: Asker, act: str, reference: str, *, lead: bool = False) -> tuple[str, Eyes]:
        """As `allow`, for an act by its name on a case. Raises Forbidden, DatabaseProblem."""
        try:
            role = self.authority.check(asker, lead=lead)
        except Forbidden as refused:
            about = {"ref": reference} if reference else {}
            with contextlib.suppress(DatabaseProblem), closing(self.open_db()) as db:
                questions.add(db, Asked(self.now(), asker.user, act, about, refused=refused.why))
            raise
        return asker.user, self.eyes(asker.user, role)

    def eyes(self, user: str, role: Role) -> Eyes:
        return Eyes(role, (user, self.name_of(user)))

    def by(self, user: str) -> By:
        return By(self.name_of(user), self.now())

    def seen(self, reference: str, eyes: Eyes) -> tuple[Case, Message | None, Reading | None]:
        """A case with its first message and that message's reading. Raises Refused, DatabaseProblem."""
        with closing(self.open_db()) as db:
            case = find(db, reference, eyes)
            first = next((x for x in messages.of_case(db, reference) if x.id == case.messages[0]), None)
            return case, first, messages.latest_reading(db, first.id) if first else None

    def later(self, case: Case) -> list[Message]:
        """What was said on it after its first message, oldest first, without copies. Raises DatabaseProblem."""
        copies = {x.data["message"] for x in case.joins.values() if x.data.get("as") == JoinedAs.COPY}
        wanted = {*case.messages[1:]} - copies
        with closing(self.open_db()) as db:
            return [x for x in messages.of_case(db, case.reference) if x.id in wanted]

    def act(self, reference: str, decide: Callable[[Case], Event | tuple[Event, ...]], eyes: Eyes) -> Moved:
        """Raises Refused, StaleView, DatabaseProblem."""
        with self.by_name(), closing(self.open_db()) as db:
            return act(db, reference, self.landlord, self.now(), decide, eyes)

    @contextlib.contextmanager
    def by_name(self) -> Iterator[None]:
        """What is refused inside it may say who did something: by their name."""
        try:
            yield
        except (Refused, StaleView) as error:
            raise type(error)(named(str(error), self.names())) from error

    def names(self) -> dict[str, str]:
        """What members of Slack are called, by their ids. Raises DatabaseProblem."""
        with closing(self.open_db()) as db:
            return known(db, self.landlord)
