"""putright's Slack side on the fake: the real Bolt app and socket, with the worker and the voice run by hand."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from sqlite_utils import Database

from putright.bot.outgoing import say_all
from putright.bot.redrawing import redraw_all
from putright.bot.settings.load import Settings
from putright.bot.settings.slack import Slack
from putright.bot.slack_app import TAKERS, SlackDesk, build_app
from putright.bot.slack_backfill import backfill
from putright.bot.slack_files import SlackFiles
from putright.bot.slack_socket import Handler
from putright.bot.slack_voice import SlackVoice
from putright.cases.case import Case
from putright.storage import cases
from putright.storage.cases import Filter, Row
from putright.storage.database import open_database
from putright.triage.act import find
from putright.triage.landlord import Landlord
from putright.triage.shared_files import fetch_due, limit_of
from tests.harrowmere import LANDLORD, LATER, MONDAY, database, work
from tests.readers import StandIn
from tests.slack_fake.bolt import client, connected_by
from tests.slack_fake.files import SharedFile
from tests.slack_fake.server import SlackFake
from tests.slack_fake.workspace import BOT_USER, TEAM


def ts(after: float = 0) -> str:
    """A Slack ts so many seconds after the test's morning."""
    return f"{MONDAY.timestamp() + after:.6f}"


@dataclass
class Office:
    """One run of putright on `slack`; `now` is its clock."""

    slack: SlackFake
    path: Path
    db: Database
    now: datetime = MONDAY
    woken: int = 0
    reader: StandIn = field(default_factory=StandIn)
    slack_more: dict[str, Any] = field(default_factory=dict)
    """Further settings of Slack."""
    file_seconds: float = 5.0
    """For how long a download may be silent."""
    paused: list[float] = field(default_factory=list)
    """How long it would have waited for Slack while reading back."""
    landlord: Landlord = LANDLORD
    open: Callable[[], Database] | None = None
    """Takes the place of opening the database, for the handlers."""

    def __post_init__(self) -> None:
        self.settings = Settings(
            landlord=self.landlord,
            database=self.path,
            drop_folder=None,
            slack=Slack(
                self.slack.bot_token,
                self.slack.app_token,
                self.slack.base_url,
                ("C1",),
                0,
                **self.slack_more,
            ),
        )
        self.web: WebClient = client(self.slack)
        self.desk = SlackDesk(self.settings, self.open_db, self.wake, lambda: self.now, BOT_USER, team=TEAM)
        self.voice = SlackVoice(self.web, 0)

    def open_db(self) -> Database:
        return self.open() if self.open else open_database(self.path, clock=lambda: LATER)

    def wake(self) -> None:
        self.woken += 1

    @contextmanager
    def listening(self) -> Iterator[None]:
        app = build_app(self.desk, self.web, TEAM)
        handler = Handler(
            app, self.slack.app_token, ping_interval=3, concurrency=TAKERS, store=self.desk.take_together
        )
        with connected_by(self.slack, handler):
            yield

    def work(self) -> None:
        """What the fetching of files, the worker and the voice do, once."""
        self.fetch()
        work(self.db, self.now, self.reader, self.landlord)
        self.say()

    def fetch(self, after: float = 0) -> int:
        self.now += timedelta(seconds=after)
        files = SlackFiles(self.web, lambda x: limit_of(x, self.landlord), seconds=self.file_seconds)
        return fetch_due(self.db, files.fetch, self.landlord, lambda: self.now)

    def shared(self, *files: SharedFile, text: str = "", after: float = 0, **more: Any) -> str:
        """Someone shares files in the intake channel and the app has acknowledged it."""
        said = self.slack.share("C1", "U1", *files, text=text, ts=ts(after), **more)
        self.slack.wait_for_ack(said)
        return said

    def say(self, after: float = 0) -> int:
        self.now += timedelta(seconds=after)
        said = say_all(self.db, self.voice, lambda: self.now)
        return said + redraw_all(self.db, self.voice, self.landlord, lambda: self.now)

    def backfill(self) -> int:
        return backfill(self.desk, self.web, self.open_db, TEAM, self.paused.append)

    def rows(self) -> list[Row]:
        return cases.listing(self.db, Filter(closed=None))

    def case(self, number: int = 1) -> Case:
        return find(self.db, f"HC-2026-{number:04d}")

    def heard(self, text: str, after: float = 0, user: str = "U1", **more: Any) -> str:
        """Someone writes in the intake channel and the app has acknowledged it."""
        said = self.slack.say("C1", user, text, ts=ts(after), **more)
        self.slack.wait_for_ack(said)
        return said

    def received(self) -> int:
        return int(self.db.table("locations").count)


@contextmanager
def office(slack: SlackFake, folder: Path, *, listening: bool = True, **more: Any) -> Iterator[Office]:
    path = folder / "office.db"
    with ExitStack() as stack:
        db = stack.enter_context(database(path))
        open_office = Office(slack, path, db, **more)
        if listening:
            stack.enter_context(open_office.listening())
        yield open_office
