"""Posts of cases that moved since, brought up to date: whoever acted, and wherever they did."""

import logging
import threading
from datetime import timedelta

from sqlite_utils import Database

from putright.bot.outgoing import Now
from putright.bot.voice import NotSaid, Voice
from putright.storage import events, outbox
from putright.triage.landlord import Landlord
from putright.triage.posts import from_json
from putright.triage.redrawn import redrawn
from putright.triage.slack_names import in_post, known

log = logging.getLogger(__name__)


def redraw_all(
    db: Database, voice: Voice, landlord: Landlord, now: Now, stop: threading.Event | None = None
) -> int:
    """Redraw what may be redrawn now, for as long as nothing waits to be said. Gives how many were redrawn."""
    done = 0
    while not (stop and stop.is_set()):
        said = outbox.to_redraw(db, now(), voice.busy())
        if said is None or (done and outbox.claimable(db, now())):
            return done
        case = events.load(db, said.case_ref)
        if case is not None:
            due = case.next_due(landlord.calendar, landlord.targets)
            try:
                post = redrawn(case, due, from_json(said.payload), said.kind)
                voice.redraw(said.channel, said.ts, in_post(post, known(db, landlord)))
            except NotSaid as problem:
                if not problem.final:
                    outbox.redraw_later(db, said.id, now() + timedelta(seconds=problem.wait))
                    continue
                log.warning("a post about %s could not be brought up to date: %s", said.case_ref, problem)
        outbox.redrawn(db, said.id, max(said.version, case.version if case else 0))
        done += 1
    return done
