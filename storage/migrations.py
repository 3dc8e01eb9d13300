"""The schema, as migrations that are only ever added."""

from sqlite_utils import Database, Migrations

migrations = Migrations("putright")


@migrations()
def m001_the_log(db: Database) -> None:
    """Intake, messages, readings, events, cases and the outbox."""
    for statement in _THE_LOG.split(";\n\n"):
        db.execute(statement)


@migrations()
def m002_heard_until(db: Database) -> None:
    """Until when each place that is read back (a Slack channel) has been read."""
    db.execute(
        "create table heard (account text not null, folder text not null, until text not null, "
        "primary key (account, folder)) without rowid"
    )


@migrations()
def m003_last_good_look(db: Database) -> None:
    """When each source of mail was last looked at with success."""
    db.execute(
        "create table looks (account text primary key, good_at text, bad_since text, "
        "problem text not null default '', told integer not null default 0) without rowid"
    )


@migrations()
def m004_own_targets(db: Database) -> None:
    """The landlord's own stricter date beside the Code's, for lists."""
    db.execute("alter table cases add column next_target text")


@migrations()
def m005_claims_and_heads(db: Database) -> None:
    """Who works on a message and until when, when it was settled, and where each case's chain of events ends."""
    db.execute("alter table intake add column claimed_by text not null default ''")
    db.execute("alter table intake add column claimed_until real")
    db.execute("alter table intake add column settled_at text")
    db.execute(
        "create table heads (case_ref text primary key, events integer not null, hash text not null) without rowid"
    )
    db.execute(
        "insert into heads select e.case_ref, e.seq, e.hash from events e "
        "where e.seq = (select max(seq) from events where case_ref = e.case_ref)"
    )


@migrations()
def m006_duties(db: Database) -> None:
    """What cases owe beside the Code's clocks."""
    db.execute(
        "create table duties (case_ref text not null references cases(reference), place integer not null, "
        "kind text not null, due text, owner text not null default '', primary key (case_ref, place)) without rowid"
    )
    db.execute("create index duties_by_kind on duties(kind, due)")


@migrations()
def m007_attachments(db: Database) -> None:
    """Each attached file once, and which messages came with it."""
    db.execute(
        "create table attachments (sha256 text primary key, size integer not null, bytes blob not null)"
    )
    db.execute(
        "create table message_attachments (message_id text not null references messages(id) "
        "deferrable initially deferred, number integer not null, sha256 text not null, "
        "primary key (message_id, number)) without rowid"
    )
    db.execute("create index message_attachments_by_hash on message_attachments(sha256)")


@migrations()
def m008_snoozes(db: Database) -> None:
    """Whose reminder of which case sleeps until when."""
    db.execute(
        "create table snoozes (case_ref text not null references cases(reference), who text not null, "
        "until text not null, primary key (case_ref, who)) without rowid"
    )


@migrations()
def m009_threads(db: Database) -> None:
    """What ties mails together, and what a case puts before a person."""
    db.execute(
        "create table traces (kind text not null, trace text not null, "
        "intake_id integer not null references intake(id), primary key (kind, trace, intake_id)) without rowid"
    )
    db.execute("create index traces_by_intake on traces(intake_id)")
    for kind, field in (("own", "message_id"), ("answers", "in_reply_to")):
        db.execute(
            "insert into traces select ?1, json_extract(data, ?2), intake_id from messages "
            "where coalesce(json_extract(data, ?2), '') != ''",
            [kind, f"$.{field}"],
        )
    db.execute(
        "insert or ignore into traces select 'resident', lower(json_extract(data, '$.resident.address')), intake_id "
        "from messages where coalesce(json_extract(data, '$.resident.address'), '') != ''"
    )
    db.execute("alter table cases add column chased integer not null default 0")
    db.execute(
        "create table offers (case_ref text not null, number integer not null, what text not null, day text, "
        "into_ref text not null, acts text not null, why text not null, primary key (case_ref, number, what)) "
        "without rowid"
    )


@migrations()
def m010_lists_by_index(db: Database) -> None:
    """Each list that people and reminders ask for is read along an index, however many cases there are."""
    db.execute("drop index cases_by_due")
    for name, on in (
        ("cases_by_due", "cases(next_due, year, number) where closed is null"),
        ("cases_in_order", "cases(next_due is null, next_due, year, number) where closed is null"),
        ("cases_by_handler", "cases(handler, closed, next_due, year, number)"),
        ("cases_to_review", "cases(next_due is null, next_due, year, number) where unconfirmed = 1"),
        (
            "cases_emergency",
            "cases(handler) where closed is null and instr(flags, '\"hazard_emergency\"') > 0",
        ),
        ("cases_by_target", "cases(next_target) where closed is null and next_target is not null"),
        ("cases_by_received", "cases(substr(received, 1, 10))"),
        ("cases_by_opened", "cases(substr(opened, 1, 10))"),
        ("duties_by_owner", "duties(owner, kind, due)"),
        ("events_by_kind", "events(kind, case_ref)"),
    ):
        db.execute(f"create index {name} on {on}")


@migrations()
def m011_labels_drawn_by_lot(db: Database) -> None:
    """The few labels given to what was drawn by lot, among all."""
    db.execute(
        "create index events_drawn on events(case_ref) "
        "where kind in ('confirmed', 'reclassified') and json_extract(data, '$.shown') = 'random'"
    )


@migrations()
def m012_shared_files(db: Database) -> None:
    """The files that came with what people wrote in Slack, and how far each has got."""
    db.execute(
        "create table shared_files (intake_id integer not null references intake(id), place integer not null, "
        "file text not null, about text not null, state text not null default 'waiting', "
        "attempts integer not null default 0, next_at text not null default '', reason text not null default '', "
        "sha256 text not null default '', size integer not null default 0, mail_id integer references intake(id), "
        "primary key (intake_id, file)) without rowid"
    )
    db.execute("create index shared_files_waiting on shared_files(next_at) where state = 'waiting'")
    db.execute("create index shared_files_by_file on shared_files(file)")
    db.execute("create index shared_files_by_mail on shared_files(mail_id) where mail_id is not null")


@migrations()
def m013_confined(db: Database) -> None:
    """Who may see a case that not everybody may see."""
    db.execute(
        "create table confined (case_ref text not null references cases(reference), who text not null, "
        "primary key (case_ref, who)) without rowid"
    )


@migrations()
def m014_timed_by(db: Database) -> None:
    """By which calendar, targets and limits the dates in the lists were worked out last: one row."""
    db.execute("create table timed_by (id integer primary key check (id = 1), rules text not null)")


@migrations()
def m015_questions(db: Database) -> None:
    """Who asked what, and who was refused."""
    db.execute(
        "create table questions (id integer primary key, at text not null, who text not null, intent text not null, "
        "slots text not null, answered integer not null, refused text not null)"
    )
    db.execute("create index questions_by_time on questions(at)")
    db.execute(
        "create trigger questions_are_never_changed before update on questions "
        "begin select raise(abort, 'questions are only ever added'); end"
    )


@migrations()
def m016_resident_flags(db: Database) -> None:
    """What a housing system says of residents."""
    db.execute(
        "create table resident_flags (who text not null, what text not null, review text, source text not null, "
        "imported text not null, primary key (who, what)) without rowid"
    )


@migrations()
def m017_handlers_in_order(db: Database) -> None:
    """Somebody's cases stand in the index in the order in which they are listed, so that a page is all that is read."""
    db.execute("drop index cases_by_handler")
    db.execute(
        "create index cases_by_handler on cases(handler, closed, next_due is null, next_due, year, number)"
    )


@migrations()
def m018_posts_to_redraw(db: Database) -> None:
    """Which posts say what their case no longer is: the version they have to show, 0 where they show it."""
    db.execute("alter table outbox add column redraw integer not null default 0")
    db.execute("create index outbox_by_case on outbox(case_ref)")
    db.execute("create index outbox_to_redraw on outbox(id) where redraw > 0")


@migrations()
def m019_slack_names(db: Database) -> None:
    """What Slack calls its members."""
    db.execute("create table slack_names (user text primary key, name text not null) without rowid")


_THE_LOG = """
-- What came in, byte for byte, before anything was made of it.
create table intake (
    id integer primary key,
    fingerprint text not null unique,
    source text not null,
    arrived text not null,
    bytes blob not null,
    state text not null default 'stored',
    attempts integer not null default 0,
    reason text not null default '',
    case_ref text references cases(reference)
);

create index intake_by_state on intake(state);

-- Every path by which it came: one row of intake can have several.
create table locations (
    account text not null,
    folder text not null,
    uidvalidity integer not null,
    uid text not null,
    intake_id integer not null references intake(id),
    moved integer not null default 0,
    primary key (account, folder, uidvalidity, uid)
) without rowid;

create index locations_by_intake on locations(intake_id);

create table cases (
    reference text primary key,
    year integer not null,
    number integer not null,
    label text not null,
    decision text not null,
    confirmed_by text not null,
    unconfirmed integer not null,
    area text not null,
    channel text not null,
    flags text not null,
    stage integer not null,
    received text not null,
    opened text not null,
    handler text not null,
    next_clock text,
    next_due text,
    next_paragraph text,
    next_provisional text,
    closed text,
    version integer not null,
    unique (year, number)
) without rowid;

create index cases_by_due on cases(next_due) where closed is null;

create table events (
    id integer primary key autoincrement,
    case_ref text not null references cases(reference) deferrable initially deferred,
    seq integer not null,
    kind text not null,
    at text not null,
    actor text not null,
    data text not null,
    recorded_at text not null,
    previous_hash text not null,
    hash text not null,
    unique (case_ref, seq)
);

create trigger events_are_never_changed before update on events
begin select raise(abort, 'events are only ever added'); end;

create trigger events_are_never_removed before delete on events
begin select raise(abort, 'events are only ever added'); end;

create table messages (
    id text primary key,
    intake_id integer not null unique references intake(id),
    case_ref text references cases(reference),
    channel text not null,
    received_at text not null,
    data text not null
) without rowid;

create index messages_by_case on messages(case_ref);

create table readings (
    id integer primary key,
    message_id text not null references messages(id),
    at text not null,
    label text not null,
    decision text not null,
    model text not null,
    data text not null
);

create index readings_by_message on readings(message_id);

-- What must be said. A row is claimed, said, and only then marked sent; a claim that is never confirmed expires.
create table outbox (
    id integer primary key,
    key text not null unique,
    kind text not null,
    case_ref text references cases(reference),
    channel text not null,
    thread_ts text not null default '',
    thread_key text not null default '',
    payload text not null,
    made_at text not null,
    state text not null default 'waiting',
    claimed_until text,
    attempts integer not null default 0,
    last_error text not null default '',
    sent_at text,
    ts text not null default ''
);

create index outbox_waiting on outbox(id) where state != 'sent'
"""
