"""putright train: from a person's label in review to a model in use, refused or gone back from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from putright.bot.main import main
from putright.bot.program import Program
from putright.cases import acts
from putright.cases.events import MACHINE, Event, Kind, Shown
from putright.cases.labels import Label
from putright.storage import events, labels
from tests.classifier.small import Small, small, small_folder
from tests.harrowmere import ADDRESS, LATER, MONDAY, RESIDENT, database, do, log, on, take, told

__all__ = ["small", "small_folder"]
NOW = ("--at", "2026-11-23T10:00", "--as", "Priya Shah")
BODY = "Your plumber drank his tea, looked at my gutter and drove away; water pours past my window."
MODELS = Path("putright-models")


@pytest.fixture
def reviewed() -> str:
    """A case that a person said is a complaint; its reference."""
    with database(Path("test.db")) as db:
        reference = log(db, BODY)
        do(db, reference, acts.confirm, shown=Shown.UNSURE)
    return reference


def train(small: Small, *arguments: str, code: int = 0) -> Result:
    """`putright train` with the small folder of models and its learner."""
    program = Program(models=small.folder, learn=small.learn, busy_seconds=0.2)
    done = CliRunner(catch_exceptions=False).invoke(
        main, ["--db", "test.db", "train", *NOW, *arguments], obj=program
    )
    assert done.exit_code == code, done.output
    return done


def in_use(small: Small) -> str:
    """The name of the model that a command would read with."""
    program = Program(database=Path("test.db"), models=small.folder)
    return str(program.reader().model.name)


def slightly_different(small: Small, by: float = 1e-4) -> None:
    """The learner's next model reads as the bundled one and has another name."""
    weights = small.bundled.message.copy()
    weights[0, 0] += by
    small.model = type(small.bundled)(**{**vars(small.bundled), "message": weights})


# --- labels ---------------------------------------------------------------------------------------


def test_a_label_says_who_when_and_why_it_was_shown(reviewed: str) -> None:
    with database(Path("test.db")) as db:
        (label,) = labels.human(db)
    assert (label.reference, label.label, label.who, label.when) == (
        reviewed,
        Label.COMPLAINT,
        "Priya Shah",
        MONDAY,
    )
    assert (label.shown, label.guide, label.alone) == (Shown.UNSURE, "1", True)
    assert label.message.body == BODY


WHY = [
    ("a person set what the machine asked about", "ask! request: x", ("review", "set"), Shown.UNSURE),
    ("a person set what the machine was sure of", "request: x", ("review", "set"), Shown.DISPUTED),
    ("a person disagreed on the case", "request: x", ("case", "reclassify"), Shown.DISPUTED),
    ("a person agreed with what the machine was sure of", "complaint: x", ("review", "set"), Shown.AGREED),
    ("a person agreed on the case", "complaint: x", ("case", "reclassify"), Shown.AGREED),
]


@pytest.mark.parametrize(("body", "command", "shown"), [row[1:] for row in WHY], ids=[row[0] for row in WHY])
def test_why_a_label_was_shown(body: str, command: tuple[str, str], shown: Shown) -> None:
    with database(Path("test.db")) as db:
        reference = log(db, body)
    what = (
        ["complaint", "--because", "no show"]
        if command[0] == "review"
        else ["--label", "complaint", "--reason", "no show"]
    )
    arguments = ["--db", "test.db", *command, reference, *what, *NOW]
    done = CliRunner(catch_exceptions=False).invoke(main, arguments, obj=Program(clock=lambda: LATER))
    assert done.exit_code == 0, done.output
    with database(Path("test.db")) as db:
        (label,) = labels.human(db)
    assert (label.shown, label.label, label.who) == (shown, Label.COMPLAINT, "Priya Shah")


def test_a_label_from_before_this_was_kept_is_told_by_what_the_machine_did() -> None:
    with database(Path("test.db")) as db:
        do(db, log(db, "ask! request: x"), acts.confirm)
        do(db, log(db, "request: y"), acts.reclassify, label=Label.OTHER, reason="thanks")
        assert [x.shown for x in labels.human(db)] == [Shown.UNSURE, Shown.DISPUTED]


def test_agreement_once_written_down_as_dispute_is_agreement_unless_a_person_had_said_otherwise() -> None:
    agreed = {"label": "complaint", "shown": "disputed", "guide": "1"}
    with database(Path("test.db")) as db:
        events.append(db, log(db, "complaint: x"), [Event(Kind.CONFIRMED, LATER, "Ann Poe", agreed)])
        two = log(db, "request: y")
        do(db, two, acts.reclassify, label=Label.COMPLAINT, reason="no show", shown=Shown.DISPUTED)
        do(db, two, acts.confirm, shown=Shown.DISPUTED, by="Ann Poe")
        assert sorted(x.shown for x in labels.human(db)) == [Shown.AGREED, Shown.DISPUTED, Shown.DISPUTED]


def test_every_label_is_kept_and_what_the_program_did_is_none() -> None:
    with database(Path("test.db")) as db:
        reference = log(db, "request: x")
        ours = Event(Kind.CONFIRMED, LATER, MACHINE, {"label": "service_request"})
        events.append(db, reference, [ours])
        do(db, reference, acts.reclassify, label=Label.OTHER, reason="thanks", at=on("2026-11-24"))
        do(db, reference, acts.reclassify, label=Label.COMPLAINT, reason="no", at=on("2026-11-25"))
        assert [x.label for x in labels.human(db)] == [Label.OTHER, Label.COMPLAINT]


def test_a_label_after_a_second_message_may_be_due_to_that_one() -> None:
    with database(Path("test.db")) as db:
        (outcome,) = take(db, told("request: x", team="T", place="C1", ts="1.0"))
        take(db, told("complaint: y", team="T", place="C1", ts="2.0", thread_ts="1.0"))
        assert outcome.reference
        do(db, outcome.reference, acts.reclassify, label=Label.COMPLAINT, reason="no show")
        assert [x.alone for x in labels.human(db)] == [False]


# --- the command ----------------------------------------------------------------------------------


def test_without_a_label_there_is_nothing_to_learn_from(small: Small) -> None:
    with database(Path("test.db")) as db:
        log(db, BODY)
    assert "nothing to learn from: `putright review`" in train(small, code=1).stderr
    assert not MODELS.exists()


def test_a_candidate_that_loses_nothing_is_promoted_and_read_with(small: Small, reviewed: str) -> None:
    before = in_use(small)
    slightly_different(small)
    said = train(small).stdout
    assert (
        "and 1 reviewed ones. Why people were shown what they labelled: 1 unsure, 0 disputed, 0 agreed"
        in said
    )
    assert f"is in use now, before it {before}" in said
    assert in_use(small) != before
    assert in_use(small) in said


def test_a_candidate_that_loses_a_complaint_is_refused_and_the_case_is_named(
    small: Small, reviewed: str
) -> None:
    before = in_use(small)
    small.model = small.blind()
    done = train(small, code=1)
    assert f"Not promoted: {before} stays in use." in done.stderr
    assert f"caught before (reviewed message): {reviewed}." in done.stderr
    assert in_use(small) == before
    (entry,) = json.loads(train(small, "--history", "--json").stdout)
    assert entry["promoted"] is False
    assert entry["by"] == "Priya Shah"


def test_a_dry_run_keeps_nothing(small: Small, reviewed: str) -> None:
    slightly_different(small)
    assert "would be promoted" in train(small, "--dry-run").stdout
    assert sorted(x.name for x in Path().iterdir() if "putright" in x.name) == []


def test_nothing_personal_is_kept_in_the_log(small: Small, reviewed: str) -> None:
    small.model = small.blind()
    said = train(small, code=1).output + (MODELS / "history.jsonl").read_text(encoding="utf-8")
    for word in (*RESIDENT.split(), ADDRESS, "gutter"):
        assert word not in said


def test_one_command_goes_back_and_says_what_is_in_use(small: Small, reviewed: str) -> None:
    bundled = in_use(small)
    slightly_different(small)
    train(small)
    first = in_use(small)
    slightly_different(small, 2e-4)
    train(small)
    second = in_use(small)
    assert f"{first} is in use now; {second} was thrown away." in train(small, "--back").stdout
    assert in_use(small) == first
    assert "only one step is kept" in train(small, "--back", code=1).stderr
    assert len({bundled, first, second}) == 3
    said = train(small, "--history").stdout
    assert said.count("trained on 1 reviewed messages: promoted.") == 2
    assert f"Mon 23 Nov 2026 10:00  Priya Shah went back from {second} to {first}." in said


def test_back_without_a_model_before_is_refused_in_a_sentence(small: Small) -> None:
    assert "nothing to go back to" in train(small, "--back", code=1).stderr
    assert "Nothing was trained here yet" in train(small, "--history").stdout


def test_an_altered_model_is_refused_and_one_command_leads_back(small: Small, reviewed: str) -> None:
    bundled = in_use(small)
    slightly_different(small)
    train(small)
    with (MODELS / "current" / "putright-model" / "weights.f32").open("ab") as file:
        file.write(b"\0\0\0\0")
    assert "weights were altered" in (said := train(small, code=1).stderr)
    assert "`putright train --back` goes back" in said
    assert (
        f"{bundled} is in use now; a model that cannot be used was thrown away."
        in train(small, "--back").stdout
    )
    assert in_use(small) == bundled


def test_an_altered_model_is_not_gone_back_to(small: Small, reviewed: str) -> None:
    for by in (1e-4, 2e-4):
        slightly_different(small, by)
        train(small)
    second = in_use(small)
    (MODELS / "previous" / "putright-model" / "model.json").write_text("{}", encoding="utf-8")
    assert "cannot be used, so nothing was changed" in train(small, "--back", code=1).stderr
    assert in_use(small) == second


def test_two_wishes_at_once_are_a_wrong_call(small: Small) -> None:
    assert "Give one of" in train(small, "--back", "--history", code=2).stderr
