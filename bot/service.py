"""The service: mail in, Slack in and out, and the clock, in one pass (`once`) or until stopped (`run`)."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from slack_sdk.errors import SlackApiError
from sqlite_utils import Database

from putright.bot.outgoing import Now, Unsaid, say_all, slack_client, voice_of
from putright.bot.redrawing import redraw_all
from putright.bot.settings.load import Settings
from putright.bot.slack_app import TAKERS, NotConnected, SlackDesk, build_app, who_we_are
from putright.bot.slack_backfill import backfill
from putright.bot.slack_files import SlackFiles
from putright.bot.slack_names import Names
from putright.bot.slack_socket import Handler
from putright.bot.slack_voice import advice, code_of
from putright.bot.slack_watchdog import PING_SECONDS, Watchdog
from putright.bot.sources import put_away, say_troubles, sources_of, take
from putright.mailbox.child import Parser
from putright.mailbox.drop_folder import DropFolder
from putright.mailbox.imap import ImapSource
from putright.mailbox.source import Source, SourceUnavailable
from putright.storage import intake, looks, outbox, questions, shared_files
from putright.storage.database import open_database
from putright.storage.errors import DatabaseProblem
from putright.triage import slack_heard
from putright.triage.looks import looked, raise_alarm
from putright.triage.remind import queue_digest
from putright.triage.remind_each import queue_each
from putright.triage.retime import retime, say_retimed
from putright.triage.settle import Reads
from putright.triage.shared_files import fetch_due, limit_of
from putright.triage.take_in import process_waiting

log = logging.getLogger(__name__)

FULL_LOOK_SECONDS = 600.0
"""A mailbox is looked at this often whatever IDLE says."""
FOLDER_LOOK_SECONDS = 1.0
"""The drop folder is looked at this often."""
CLOCK_SECONDS = 20.0
WORK_SECONDS = 5.0
"""What waits is looked for this often even when nothing woke the worker: after a fault nothing stays behind."""
UNREACHED = "Slack could not be read back: it cannot be reached. It is tried again by itself."
FILES_SECONDS = 0.5
"""How often it is looked whether a file shared in Slack is to be fetched."""
LET_FIRST_SECONDS = 2.0
"""For so long at most the worker and the voice stand back when many of Slack's events wait."""
PACE_SECONDS = 0.1
"""How often the outbox is looked at again while something in it waits for its turn."""
LOOK_BACK_SECONDS = 300.0
"""How often Slack's channels are read back for what no event told of (the line may have been down unseen)."""
AGAIN_SECONDS = (5.0, 60.0)
"""After a failure a part begins again after the first, and after each further one later, up to the second."""


def once(settings: Settings, reader: Reads, now: Now) -> list[str]:
    """One pass: look at every source and at Slack, process, put away, say. Gives what could not be done.

    For cron. A source that cannot be read is reported and stops nothing else.
    """
    problems = []
    pause = threading.Event()
    with closing(open_database(settings.database)) as db:
        say_retimed(db, settings.landlord, retime(db, settings.landlord), now())
        sources = sources_of(settings)
        looks.keep_only(db, [account for account, _ in sources])
        for account, source in sources:
            try:
                take(db, source)
                if isinstance(source, DropFolder) and source.pending:  # perhaps still being written
                    pause.wait(FOLDER_LOOK_SECONDS)
                    take(db, source)
                looked(db, settings.landlord, account, now())
            except SourceUnavailable as error:
                problems.append(str(error))
                looks.bad(db, account, str(error), now())
                raise_alarm(db, settings.landlord, account, now(), settings.mail_alarm_minutes)
        problems += _catch_up(settings, now)
        _fetch(db, settings, now)
        with Parser(forms=settings.landlord.forms) as child:
            for _ in process_waiting(db, reader, settings.landlord, now, child.parse):
                pass
        for account, source in sources:
            put_away(db, source, account)
            problems += say_troubles(db, source, settings, now())
            source.close()
        _remind(db, settings, now)
        voice = voice_of(settings)
        say_all(db, voice, now)
        redraw_all(db, voice, settings.landlord, now)
        while voice.busy() and (outbox.claimable(db, now()) or outbox.to_redraw(db, now())):
            pause.wait(PACE_SECONDS)
            say_all(db, voice, now)
            redraw_all(db, voice, settings.landlord, now)
        left = outbox.unsent(db)
        if left:
            problems.append(
                f"{left} posts could not be said yet; they are kept and tried again at the next pass."
            )
    return problems


def _remind(db: Database, settings: Settings, now: Now) -> None:
    """Queue what this morning has to be said; each handler's own only where it reaches them alone."""
    queue_digest(db, settings.landlord, now())
    questions.forget_before(db, now() - timedelta(days=settings.slack.questions_kept_days))
    if settings.slack.configured:
        queue_each(db, settings.landlord, now())


def _fetch(db: Database, settings: Settings, now: Now) -> int:
    """Fetch what was shared in Slack and is due. Gives how many files are waited for no longer."""
    if not settings.slack.configured or not shared_files.waiting(db):
        return 0
    files = SlackFiles(slack_client(settings), lambda file: limit_of(file, settings.landlord))
    return fetch_due(db, files.fetch, settings.landlord, now)


def _catch_up(settings: Settings, now: Now) -> list[str]:
    """Read what was written in Slack's intake channels since the last pass."""
    if not settings.slack.configured:
        return []
    client = slack_client(settings)
    try:
        team, bot_user = who_we_are(client)
        desk = SlackDesk(
            settings, lambda: open_database(settings.database), lambda: None, now, bot_user, team=team
        )
        backfill(desk, client, lambda: open_database(settings.database), team)
    except NotConnected as error:
        return [str(error)]
    except SlackApiError as error:
        return [advice(error)]
    except OSError:
        return [UNREACHED]
    return []


@dataclass
class Service:
    """`run`: threads for each source, the worker, the voice, the clock and Slack, until `stop` is set."""

    settings: Settings
    reader: Reads
    now: Now
    stop: threading.Event = field(default_factory=threading.Event)
    tell: Callable[[str], None] = log.info
    _unacknowledged: Callable[[], int] = field(default=lambda: 0)
    """How many of Slack's events and clicks wait for a thread."""
    _stood_back: bool = False
    """Whether the last standing back for Slack ran out of time, and they still wait."""
    _cut_short: bool = False
    """Whether the line to Slack was given up a moment ago: then it is made again before anything is read."""
    _work: threading.Event = field(default_factory=threading.Event)
    _settled: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _accounts: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator["Service"]:
        """Start everything; on leaving, stop and wait for all of it. Raises DatabaseProblem."""
        with closing(
            open_database(self.settings.database)
        ) as db:  # a damaged one stops the start, in plain words
            landlord = self.settings.landlord
            say_retimed(db, landlord, retime(db, landlord), self.now())
            sources = sources_of(self.settings)
            self._accounts = [account for account, _ in sources]
            looks.keep_only(db, self._accounts)
        parts = [("worker", self._worker), ("voice", self._voice), ("clock", self._clock)]
        if self.settings.slack.configured:
            parts += [("slack", self._slack), ("files", self._files)]
        for name, body in parts:
            self._start(name, body)
        for account, source in sources:
            self._start(f"mail {account}", partial(self._mail, account, source))
        self._work.set()
        try:
            yield self
        finally:
            self.stop.set()
            self._work.set()
            self._settled.set()
            for thread in self._threads:
                thread.join(timeout=10)

    def _start(self, name: str, body: Callable[[], None]) -> None:
        thread = threading.Thread(target=self._kept_alive, args=(name, body), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _kept_alive(self, name: str, body: Callable[[], None]) -> None:
        """Run a part until stopped; what goes wrong is told and the part begins again, never silently dead."""
        told, pause = "", AGAIN_SECONDS[0]
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                body()
                failed = ""
            except (DatabaseProblem, NotConnected) as error:
                failed = str(error)
                if failed != told:  # said once, and again when it changes
                    self.tell(failed)
            except Exception as error:
                failed = f"{type(error).__name__}: {error}"
                if failed != told:
                    log.exception("the %s failed (%s) and begins again", name, type(error).__name__)
            told = failed
            if not failed or time.monotonic() - began > AGAIN_SECONDS[1]:
                told, pause = "", AGAIN_SECONDS[0]  # it was well for a while: this is another failure
            if failed:
                self.stop.wait(pause)
                pause = min(2 * pause, AGAIN_SECONDS[1])

    def _mail(self, account: str, source: Source) -> None:
        told = ""
        with closing(open_database(self.settings.database)) as db, closing(source):
            while not self.stop.is_set():
                try:
                    if take(db, source):
                        self._work.set()
                        self._wait_until_settled(db)
                    put_away(db, source, account)
                    looked(db, self.settings.landlord, account, self.now())
                    say_troubles(db, source, self.settings, self.now())
                    if told:
                        self.tell(f"The mail source {account} is well again.")
                        told = ""
                except SourceUnavailable as error:
                    looks.bad(db, account, str(error), self.now())
                    if str(error) != told:  # said once, and once when it is well again
                        told = str(error)
                        self.tell(told)
                if isinstance(source, ImapSource):
                    source.wait(FULL_LOOK_SECONDS, self.stop)
                else:
                    self.stop.wait(FOLDER_LOOK_SECONDS)

    def _wait_until_settled(self, db: Database) -> None:
        """Let the worker finish before the mail is put away; it never takes long, and never for ever."""
        for _ in range(600):
            if self.stop.is_set() or not intake.waiting(db):
                return
            self._settled.wait(0.1)
            self._settled.clear()

    def _let_slack_first(self) -> None:
        """Leave the processor to what Slack waits for an acknowledgement of: seconds count there, not here.

        What is stuck is waited for once, not before each mail: a fault of Slack's keeps no mail waiting.
        """
        until = time.monotonic() + (0 if self._stood_back else LET_FIRST_SECONDS)
        while (waits := self._unacknowledged()) and time.monotonic() < until and not self.stop.is_set():
            self.stop.wait(0.005)
        self._stood_back = bool(waits)

    def _worker(self) -> None:
        with closing(open_database(self.settings.database)) as db, self._parser() as child:
            while not self.stop.is_set():
                self._let_slack_first()
                for _ in process_waiting(db, self.reader, self.settings.landlord, self.now, child.parse):
                    self._settled.set()
                    if self.stop.is_set():
                        return
                    self._let_slack_first()
                self._work.wait(WORK_SECONDS)
                self._work.clear()

    def _files(self) -> None:
        """Fetch what is shared in Slack, apart from the worker: a slow file keeps no other message waiting."""
        with closing(open_database(self.settings.database)) as db:
            while not self.stop.wait(FILES_SECONDS):
                if _fetch(db, self.settings, self.now):
                    self._work.set()

    def _parser(self) -> Parser:
        return Parser(forms=self.settings.landlord.forms)

    def _voice(self) -> None:
        voice, unsaid = voice_of(self.settings), Unsaid()
        with closing(open_database(self.settings.database)) as db:
            while not self.stop.is_set():
                say_all(db, voice, self.now, self.stop, unsaid)
                redraw_all(db, voice, self.settings.landlord, self.now, self.stop)
                self.stop.wait(PACE_SECONDS)

    def _clock(self) -> None:
        started = self.now()
        with closing(open_database(self.settings.database)) as db:
            while not self.stop.is_set():
                _remind(db, self.settings, self.now)
                self._listen_for_silence(db, started)
                self.stop.wait(CLOCK_SECONDS)

    def _listen_for_silence(self, db: Database, started: datetime) -> None:
        """Raise the alarm for what fails, and for what neither fails nor succeeds: a look that never ends."""
        for account in self._accounts:
            heard = max(looks.of(db, account).good_at or started, started)
            silent_since = heard + timedelta(seconds=FULL_LOOK_SECONDS)
            minutes = self.settings.mail_alarm_minutes
            raise_alarm(db, self.settings.landlord, account, self.now(), minutes, silent_since)

    def _slack(self) -> None:
        """Listen in Slack. What is read back, before and after connecting and now and then, closes every gap.

        After a silence of seconds it connects first: reading many channels takes longer than the silence was.
        """
        at_once, self._cut_short = self._cut_short, False
        client = slack_client(self.settings)
        team, bot_user = who_we_are(client)

        def open_db() -> Database:
            return open_database(self.settings.database)

        desk = SlackDesk(
            self.settings, open_db, self._work.set, self.now, bot_user, self._let_slack_first, team
        )
        desk.meet = Names(open_db, client, self.settings.landlord.people).meet
        look_back = partial(self._look_back, partial(backfill, desk, client, open_db, team, self.stop.wait))
        if not at_once:  # what begins a thread is to be known before its replies come
            look_back()
        handler = Handler(
            build_app(desk, client, team),
            self.settings.slack.app_token,
            ping_interval=PING_SECONDS,
            concurrency=TAKERS,
            store=desk.take_together,
        )
        try:
            self._unacknowledged = handler.unacknowledged
            handler.connect()  # type: ignore[no-untyped-call]
            self.tell("Connected to Slack.")
            look_back()
            watch, looked = Watchdog(), time.monotonic()
            noted = -math.inf
            while not self.stop.wait(1):
                answered = watch.answered(handler.client)
                if answered and time.monotonic() - noted > slack_heard.NOTED_SECONDS:
                    self._note_heard(handler.last_event, answered)
                    noted = time.monotonic()
                if watch.silent(handler.client):
                    self.tell("Slack has gone silent; I connect again and read what was missed.")
                    self._cut_short = True
                    return
                if time.monotonic() - looked > LOOK_BACK_SECONDS:
                    look_back()
                    looked = time.monotonic()
        except SlackApiError as error:
            code = code_of(error) or f"HTTP {error.response.status_code}"
            raise NotConnected(
                f"Slack refuses the app token ({code}). It begins with xapp- and needs the scope connections:write; "
                "copy it again into SLACK_APP_TOKEN."
            ) from error
        finally:
            handler.client.auto_reconnect_enabled = False
            handler.close()
            if self.stop.is_set():
                self._note_heard(handler.last_event, None)

    def _note_heard(self, event: float | None, answered: float | None) -> None:
        """For `putright doctor`: when Slack was last heard; `answered` is None where nobody listens from now on."""
        with suppress(DatabaseProblem), closing(open_database(self.settings.database)) as db:
            slack_heard.note(db, _moment(event), _moment(answered))

    def _look_back(self, read: Callable[[], int]) -> None:
        try:
            missed = read()
        except SlackApiError as error:
            self.tell(f"What was written in Slack meanwhile could not all be read: {advice(error)}")
        except OSError:
            self.tell(UNREACHED)
        else:
            if missed:
                self._work.set()
                self.tell(f"{missed} messages were written in Slack while I was away; they are taken in now.")


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
