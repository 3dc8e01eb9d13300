"""Settings: each wrong value stops the program with a sentence that names it; the rest is as documented."""

from datetime import date, time
from pathlib import Path

import pytest

from putright.bot.settings.checks import SettingsProblem
from putright.bot.settings.load import Settings, checked, load
from putright.cases.labels import Channel
from putright.cases.limits import Clock

BOX = '[[mailbox]]\nhost = "mail.example"\nuser = "complaints@harrowmere.example"\n'
PASSWORD = {"PUTRIGHT_MAIL_PASSWORD": "s3cret"}
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def loaded(
    toml: str = "", environment: dict[str, str] | None = None, database: Path | None = None
) -> Settings:
    Path("putright.toml").write_text(toml, encoding="utf-8")
    return load(database=database, environment=environment or {})


def test_without_a_file_the_defaults_hold() -> None:
    settings = load(environment={})
    assert (settings.database, settings.drop_folder) == (Path("putright.db"), Path("Inbox"))
    assert not settings.mailboxes and not settings.slack.configured
    assert settings.slack.api_url == "https://slack.com/api/" and settings.slack.seconds_between_posts == 1
    landlord = settings.landlord
    assert (landlord.digest_at, landlord.mail_channel, dict(landlord.targets)) == (time(8, 30), "", {})


def test_everything_that_can_be_set_arrives() -> None:
    settings = loaded(
        'database = "log.db"\ndrop_folder = "Drop"\n[landlord]\nname = "Harrowmere Homes"\n'
        'staff_domains = ["@Harrowmere.Example"]\n[senders]\n"Forms@web.example" = "webform"\n'
        '[slack]\nintake_channels = ["C1", "G2"]\ndigest_channel = "C3"\napi_url = "http://127.0.0.1:9/api"\n'
        "seconds_between_posts = 0.5\n[targets]\nstage_1_acknowledgement = 2\n"
        '[reminders]\nat = "07:45"\nmail_alarm_minutes = 15\n[calendar]\nextra_holidays = [2027-05-10, "2027-06-11"]\n'
        + BOX
        + 'name = "inbox"\nport = 1993\nfolder = "Complaints"\n',
        {**PASSWORD, **TOKENS},
    )
    (box,) = settings.mailboxes
    assert (box.name, box.port, box.tls, box.folder, box.password) == (
        "inbox",
        1993,
        True,
        "Complaints",
        "s3cret",
    )
    assert settings.drop_folder == Path("Drop") and settings.database == Path("log.db")
    landlord = settings.landlord
    assert landlord.staff_domains == {"harrowmere.example"}
    assert landlord.senders == {"forms@web.example": Channel.WEBFORM}
    assert (landlord.mail_channel, landlord.digest_channel, landlord.digest_at) == ("C1", "C3", time(7, 45))
    assert landlord.targets == {Clock.STAGE_1_ACKNOWLEDGEMENT: 2}
    assert not landlord.calendar.is_working_day(date(2027, 5, 10))
    assert not landlord.calendar.is_working_day(date(2027, 6, 11))
    assert settings.slack.configured and settings.slack.api_url == "http://127.0.0.1:9/api/"
    assert settings.mail_alarm_minutes == 15


def test_with_a_mailbox_there_is_no_drop_folder_unless_it_is_named() -> None:
    assert loaded(BOX, PASSWORD).drop_folder is None
    assert loaded('drop_folder = "Drop"\n' + BOX, PASSWORD).drop_folder == Path("Drop")
    assert loaded('drop_folder = ""\n').drop_folder is None


def test_the_database_is_the_commands_then_the_environments_then_the_files() -> None:
    toml = 'database = "file.db"'
    assert loaded(toml).database == Path("file.db")
    assert loaded(toml, {"PUTRIGHT_DB": "env.db"}).database == Path("env.db")
    assert loaded(toml, {"PUTRIGHT_DB": "env.db"}, Path("cli.db")).database == Path("cli.db")


def test_the_file_may_be_named_in_the_environment(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[landlord]\nname = "Other"\n')
    assert load(environment={"PUTRIGHT_SETTINGS": str(other)}).landlord.name == "Other"


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file\n")
    settings = loaded(BOX, {"PUTRIGHT_MAIL_PASSWORD_FILE": str(tmp_path / "secret")})
    assert settings.mailboxes[0].password == "from-a-file"
    named = loaded(BOX + 'password_env = "BOX_SECRET"\n', {"BOX_SECRET": "by another name"})
    assert named.mailboxes[0].password == "by another name"


@pytest.mark.parametrize(
    ("auth", "environment", "missing"),
    [
        ('"microsoft"', {}, ""),
        ('"google"', {}, "The client secret of the mailbox at mail.example is not set"),
        ('"microsoft-app"\nclient_secret_env = "OURS"', {}, "into the environment variable OURS"),
        ('"microsoft-app"', {"PUTRIGHT_MAIL_CLIENT_SECRET": "s3cret"}, ""),
    ],
)
def test_a_sign_in_by_oauth_needs_no_password_and_says_what_it_needs(
    auth: str, environment: dict[str, str], missing: str
) -> None:
    settings = loaded(BOX + f'client_id = "c"\ntenant = "t"\nauth = {auth}\n', environment)
    (box,) = settings.mailboxes
    assert missing in box.missing and bool(missing) == bool(box.missing)
    assert box.auth in auth and not box.password and "s3cret" not in repr(settings)


def test_no_secret_is_shown() -> None:
    shown = repr(loaded(BOX, {**PASSWORD, **TOKENS}))
    assert "s3cret" not in shown and "xoxb" not in shown and "xapp" not in shown


WRONG: list[tuple[str, str, dict[str, str], str]] = [
    ("an unknown section", "[slak]\n", {}, "There is no setting slak. Did you mean slack?"),
    (
        "an unknown setting",
        "[slack]\nintake_chanels = []\n",
        {},
        "no setting slack.intake_chanels. Did you mean",
    ),
    ("nothing near it", "zzz = 1\n", {}, "There is no setting zzz. Known here: landlord, database"),
    (
        "a handler by name",
        '[slack]\nhandlers = ["@priya"]\n',
        {},
        'The setting slack.handlers holds ids of members such as "U0123ABCD"',
    ),
    ("a section as a value", "slack = 3\n", {}, "The setting slack is a section, written [slack]."),
    ("a name that is a number", "[landlord]\nname = 3\n", {}, "The setting landlord.name is text in quotes"),
    (
        "one domain, no list",
        '[landlord]\nstaff_domains = "x.example"\n',
        {},
        "landlord.staff_domains is a list of texts",
    ),
    (
        "a list of numbers",
        "[landlord]\nstaff_domains = [1]\n",
        {},
        "landlord.staff_domains is a list of texts",
    ),
    ("a database that is a number", "database = 1\n", {}, "The setting database is text"),
    ("a drop folder that is false", "drop_folder = false\n", {}, "The setting drop_folder is text"),
    ("an hour past the day", '[reminders]\nat = "25:00"\n', {}, "reminders.at is a time such as"),
    ("an hour that is a number", "[reminders]\nat = 8\n", {}, "The setting reminders.at is text"),
    (
        "a holiday that is none",
        '[calendar]\nextra_holidays = ["May Day"]\n',
        {},
        "calendar.extra_holidays is a list of dates",
    ),
    (
        "a holiday with an hour",
        "[calendar]\nextra_holidays = [2027-05-10T00:00:00]\n",
        {},
        "calendar.extra_holidays",
    ),
    (
        "a looser target",
        "[targets]\nstage_1_response = 11\n",
        {},
        "targets.stage_1_response is a number from 1 to 10",
    ),
    (
        "a request with no days",
        "[targets]\nservice_request = 0\n",
        {},
        "targets.service_request is a number from 1 to 60",
    ),
    (
        "a request with a quarter",
        "[targets]\nservice_request = 61\n",
        {},
        "targets.service_request is a number from 1 to 60",
    ),
    (
        "a target in words",
        '[targets]\nservice_request = "three"\n',
        {},
        "targets.service_request is a number from 1 to 60, not 'three'",
    ),
    ("half a day", "[targets]\nstage_1_response = 1.5\n", {}, "targets.stage_1_response is a whole number"),
    (
        "an unknown clock",
        "[targets]\nstage_3_response = 1\n",
        {},
        "There is no setting targets.stage_3_response",
    ),
    (
        "an unknown channel",
        '[senders]\n"a@b.example" = "pigeon"\n',
        {},
        "A channel in [senders] is one of email",
    ),
    ("senders as a list", "senders = []\n", {}, "The setting senders is a section"),
    ("one bracket", "[mailbox]\nhost = 'x'\n", {}, "written [[mailbox]], with two brackets"),
    ("a mailbox without a host", "[[mailbox]]\nuser = 'x'\n", PASSWORD, "A [[mailbox]] needs host."),
    ("a mailbox without a user", "[[mailbox]]\nhost = 'x'\n", PASSWORD, "A [[mailbox]] needs user."),
    ("a user that is a number", "[[mailbox]]\nhost = 'x'\nuser = 3\n", PASSWORD, "mailbox.user is text"),
    (
        "a way to sign in that is none",
        BOX + 'auth = "basic"\n',
        PASSWORD,
        "mailbox.auth is one of password, microsoft",
    ),
    (
        "an app without its id",
        BOX + 'auth = "microsoft"\ntenant = "t"\n',
        {},
        'with auth = "microsoft" needs client_id',
    ),
    ("a directory that is not named", BOX + 'auth = "microsoft"\nclient_id = "c"\n', {}, "needs tenant"),
    (
        "tokens in the clear",
        BOX + 'auth = "google"\nclient_id = "c"\nauth_url = "http://login.example"\n',
        {"PUTRIGHT_MAIL_CLIENT_SECRET": "x"},
        "mailbox.auth_url begins with https://",
    ),
    ("mail in the clear", BOX + "tls = false\n", PASSWORD, "must use TLS: leave out mailbox.tls"),
    ("tls that is text", BOX + 'tls = "yes"\n', PASSWORD, "mailbox.tls is true or false"),
    ("a port past the last", BOX + "port = 70000\n", PASSWORD, "mailbox.port is a number from 1 to 65535"),
    (
        "two mailboxes of one name",
        BOX + BOX,
        PASSWORD,
        "Two mailboxes are called complaints@harrowmere.example",
    ),
    (
        "a channel's name",
        '[slack]\nintake_channels = ["#complaints"]\n',
        {},
        "slack.intake_channels holds channel ids",
    ),
    (
        "a pace of minus one",
        "[slack]\nseconds_between_posts = -1\n",
        {},
        "slack.seconds_between_posts is a number from 0",
    ),
    (
        "a pace that is true",
        "[slack]\nseconds_between_posts = true\n",
        {},
        "slack.seconds_between_posts is a number",
    ),
    (
        "an API in the clear",
        '[slack]\napi_url = "http://slack.example/api/"\n',
        {},
        "slack.api_url begins with https://",
    ),
    (
        "one token of two",
        "",
        {"SLACK_BOT_TOKEN": "xoxb-1"},
        "SLACK_APP_TOKEN (it begins with xapp-) is not set",
    ),
    (
        "the other of two",
        "",
        {"SLACK_APP_TOKEN": "xapp-1"},
        "SLACK_BOT_TOKEN (it begins with xoxb-) is not set",
    ),
    (
        "tokens swapped",
        "",
        {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"},
        "SLACK_BOT_TOKEN does not look right",
    ),
    ("no TOML", "slack = [", {}, "putright.toml is not valid TOML"),
]


@pytest.mark.parametrize(
    ("toml", "environment", "sentence"), [x[1:] for x in WRONG], ids=[x[0] for x in WRONG]
)
def test_what_is_wrong_is_named(toml: str, environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsProblem) as caught:
        loaded(toml, environment)
    said = str(caught.value)
    assert sentence in said
    assert said[-1] in ".?" and not any(x in said for x in ("s3cret", "xoxb-1", "xapp-1"))


def test_a_settings_file_that_is_named_must_be_there() -> None:
    with pytest.raises(SettingsProblem, match=r"nowhere\.toml cannot be read"):
        load(Path("nowhere.toml"), environment={})


MISSING = [
    ("no password", {}, "put it into the environment variable PUTRIGHT_MAIL_PASSWORD"),
    (
        "a file that is not there",
        {"PUTRIGHT_MAIL_PASSWORD_FILE": "/nowhere/x"},
        "PUTRIGHT_MAIL_PASSWORD_FILE",
    ),
    ("a file that is no text", {"PUTRIGHT_MAIL_PASSWORD_FILE": "secret"}, "cannot be read (it is no text)"),
]


@pytest.mark.parametrize(("environment", "sentence"), [x[1:] for x in MISSING], ids=[x[0] for x in MISSING])
def test_a_missing_password_stops_only_what_opens_the_mailbox(
    environment: dict[str, str], sentence: str
) -> None:
    Path("secret").write_bytes(b"\xff\xfe\x00")
    (missing,) = loaded(BOX, environment).unready
    assert sentence in missing and missing.endswith(".")


def test_what_is_watched_is_said_when_it_is_nothing() -> None:
    (missing,) = loaded('drop_folder = " "\n').unready
    assert missing.startswith("Nothing is watched: drop_folder is empty and there is no [[mailbox]]")
    assert loaded('drop_folder = ""\n' + BOX, PASSWORD).unready == ()
    assert loaded('drop_folder = ""\n', TOKENS).unready == ()


DOMAINS = [
    ("an at sign in front", "@Harrowmere.Example", True),
    ("a domain below another", "mail.harrowmere.example", True),
    ("letters of another language", "häuser.example", True),
    ("no dot", "harrowmere", False),
    ("an at sign and no dot", "@x", False),
    ("a space in it", "harrow mere.example", False),
    ("spaces around it", " harrowmere.example ", False),
    ("a scheme", "https://harrowmere.example", False),
    ("a path", "harrowmere.example/mail", False),
    ("a whole address", "complaints@harrowmere.example", False),
    ("a star", "*.harrowmere.example", False),
    ("nothing", "", False),
]


@pytest.mark.parametrize(("given", "good"), [x[1:] for x in DOMAINS], ids=[x[0] for x in DOMAINS])
def test_a_staff_domain_is_what_stands_behind_the_at_sign(given: str, good: bool) -> None:
    toml = f'[landlord]\nstaff_domains = ["{given}"]\n'
    if good:
        assert loaded(toml).landlord.staff_domains == {given.lower().strip("@")}
        return
    with pytest.raises(
        SettingsProblem, match=r"landlord\.staff_domains holds mail domains such as"
    ) as caught:
        loaded(toml)
    assert repr(given) in str(caught.value)


def test_everything_that_is_wrong_is_listed_and_the_rest_is_read() -> None:
    Path("putright.toml").write_text(
        'drop_foldr = "x"\ndatabase = ""\n[landlord]\nname = 3\nstaff_domains = ["x", "a.example", "b c"]\n'
        '[slack]\nmail_channel = "#mail"\nseconds_between_posts = 99\n[reminders]\nat = "noon"\n'
        '[[mailbox]]\nhost = 3\nuser = "u"\n[[mailbox]]\nhost = "h"\nuser = "u"\nport = 0\n'
    )
    settings, problems = checked(environment={})
    for name in (
        *(
            "setting drop_foldr. Did you mean drop_folder",
            "setting database is empty",
            "landlord.name is text",
        ),
        *("not 'x'", "not 'b c'", "slack.mail_channel holds channel ids", "slack.seconds_between_posts"),
        *("reminders.at is a time", "mailbox.host is text", "mailbox.port is a number"),
    ):
        assert sum(name in x for x in problems) == 1, (name, problems)
    assert len(problems) == 10
    assert settings.database == Path("putright.db") and settings.drop_folder is None
    with pytest.raises(SettingsProblem, match=r"9 more are wrong: `putright doctor` lists them all\.$"):
        load(environment={})
