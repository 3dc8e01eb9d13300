"""What the use cases need to know about the landlord: its name, calendar, targets and where it wants things said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from putright.cases.labels import Channel
from putright.cases.limits import Clock
from putright.cases.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Landlord:
    """One landlord. `staff_domains` are the mail domains whose forwards are trusted to name the resident."""

    calendar: Calendar
    name: str = ""
    staff_domains: frozenset[str] = frozenset()
    senders: Mapping[str, Channel] = field(default_factory=dict)
    """Addresses that send on behalf of residents (a web form, a survey), and the channel each of them is."""
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each web form's address what its own labels stand for (the values of mailbox.web_form_labels.Kind)."""
    surveys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each address that mails survey exports what its columns hold (the values of mailbox.survey_export.Kind);
    under the empty address those of every export."""
    attachment_bytes: int = 25 * 1024 * 1024
    """Attachments up to this size are kept as files; of larger ones the name, size and hash (and the mail itself)."""
    policy: str = ""
    """Where its complaints policy can be read; named in every letter (3.4)."""
    contact: str = ""
    """How residents reach its complaints team, as letters give it."""
    reply_to: str = ""
    """The mail address that answers to letters go to: the inbox that is watched."""
    templates: str = ""
    """A folder with its own templates of letters; empty uses those that came with putright."""
    targets: Mapping[Clock, int] = field(default_factory=dict)
    """Its own limits in working days: stricter than the Code's, and for service requests, where the Code has none."""
    mail_channel: str = ""
    """The Slack channel in which cases from mail are confirmed; empty says them on the terminal."""
    digest_channel: str = ""
    leads_channel: str = ""
    """Where the weekly summary is said; empty says it where the digest is said."""
    leads: tuple[str, ...] = ()
    """Slack ids of complaints leads, so far as they are named one by one."""
    digest_at: time = time(8, 30)
    """When the digest is said on working mornings, local time."""
    days_before: tuple[int, ...] = (3, 1)
    """How many working days before a due date its handler is reminded."""
    weekly: bool = True
    update_days: int = 7
    """Days to the next update of a late or extended complaint where none was agreed (5.9)."""
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Its own teams by name, and who is in each (handlers' names; may be nobody)."""
    team_channels: Mapping[str, str] = field(default_factory=dict)
    """The Slack channel in which a team reads its own digest, for those that have one."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Members of its Slack workspace by id, and the names they handle cases under."""
