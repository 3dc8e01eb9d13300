"""Whether a mail was written by a machine: the twelve header rules of email.md, section 6, in their order."""

from putright.cases.message import Person
from putright.mailbox.headers import Mail

_REPORTS = ("delivery-status", "disposition-notification", "feedback-report")
_BOUNCERS = ("mailer-daemon", "postmaster")
_BOUNCER_NAMES = ("mail delivery system", "mail delivery subsystem")
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-autoreply-from")
_BULK = ("bulk", "list", "junk")
_SUBJECTS = (
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "out of office",
    "out of the office",
    "undeliverable",
    "undelivered mail returned to sender",
    "delivery status notification",
    "delivery failure",
    "failure notice",
    "mail delivery failed",
    "returned mail",
)


def reason(mail: Mail, sender: Person, *, vouched: bool) -> str:
    """Why the mail is a machine's, as `kind: rule`; empty for a person's. Only its outer headers are read.

    `vouched` is a forward by staff or a mail from a known web form: a forwarding rule on a server marks mail
    as automatic too, so there only a bounce counts. X-Auto-Response-Suppress is no mark (ordinary people's
    mail carries it).
    """
    return _bounce(mail, sender) or ("" if vouched else _automatic(mail) or _bulk(mail) or _subject(mail))


def _bounce(mail: Mail, sender: Person) -> str:
    content_type = mail.text("content-type").lower()
    if content_type.startswith("multipart/report") or any(
        f"report-type={quote}{report}" in content_type.replace(" ", "")
        for report in _REPORTS
        for quote in ("", '"')
    ):
        return "bounce: a delivery report (Content-Type)"
    if mail.has("return-path") and mail.text("return-path").replace(" ", "") == "<>":
        return "bounce: an empty Return-Path"
    if mail.has("x-failed-recipients"):
        return "bounce: X-Failed-Recipients"
    local = sender.address.partition("@")[0]
    if local in _BOUNCERS or sender.name.lower() in _BOUNCERS + _BOUNCER_NAMES:
        return "bounce: sent by a mail system"
    return ""


def _automatic(mail: Mail) -> str:
    submitted = mail.text("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return "auto: Auto-Submitted"
    for name in _AUTO_HEADERS:
        if mail.has(name):
            return f"auto: {name.title()}"
    if mail.text("precedence").strip().lower() == "auto_reply":
        return "auto: Precedence auto_reply"
    return ""


def _bulk(mail: Mail) -> str:
    if mail.has("list-id") or mail.has("list-unsubscribe"):
        return "bulk: a mailing list"
    if mail.text("precedence").strip().lower() in _BULK:
        return "bulk: Precedence"
    return ""


def _subject(mail: Mail) -> str:
    subject = mail.text("subject").lower()
    return "subject: begins as an automatic reply or a bounce does" if subject.startswith(_SUBJECTS) else ""
