"""Learning from reviewed messages: what is learned from, what is kept apart, and the shelf of models."""

import dataclasses
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from putright.cases.labels import Label, ServiceArea
from putright.classifier import knowledge, model, reviews, shelf, train
from putright.classifier.corpus import FaultyCorpusError, Record
from putright.classifier.gate import Kind, Outcome
from putright.classifier.reader import Reader
from putright.classifier.reviews import Reviewed
from tests.classifier.small import Small, small, small_folder

__all__ = ["small", "small_folder"]


def reviewed(reference: str, body: str, label: Label = Label.COMPLAINT, group: str = "") -> Reviewed:
    return Reviewed(reference, group or reference, "email", "", body, label)


LATE = reviewed("HC-2026-0001", "Four weeks of rain and the gutter is as you left it.")
TAP = reviewed("HC-2026-0002", "The tap drips again.", Label.SERVICE_REQUEST)

# --- what is learned from -------------------------------------------------------------------------


def test_the_last_label_of_a_message_counts(small: Small) -> None:
    changed = dataclasses.replace(LATE, label=Label.OTHER)
    assert reviews.gather([LATE, TAP, changed], small.folder).reviewed == (changed, TAP)


def test_what_is_in_the_corpus_or_kept_apart_is_not_learned_from_again(small: Small) -> None:
    teaching = reviews.gather([LATE], small.folder)
    twice = [
        Reviewed("HC-2026-0009", "", r.channel, r.subject, r.body, r.label)
        for r in (teaching.corpus[0], teaching.held_out[0])
    ]
    assert reviews.gather([LATE, *twice], small.folder).reviewed == (LATE,)


def test_corpus_files_stay_whole_and_reviewed_messages_have_no_roles(small: Small) -> None:
    teaching = reviews.gather([LATE, TAP], small.folder)
    records = reviews.records_of(teaching, Reader(small.bundled))
    parts: dict[str, set[str]] = {}
    for before, after in zip(teaching.corpus, records, strict=False):
        parts.setdefault(before.file, set()).add(after.file)
    assert all(len(found) == 1 for found in parts.values())
    assert [(r.id, r.label, r.sentences) for r in records[-2:]] == [
        ("HC-2026-0001", Label.COMPLAINT, ()),
        ("HC-2026-0002", Label.SERVICE_REQUEST, ()),
    ]


def test_a_resident_s_messages_and_those_that_begin_alike_are_not_parted() -> None:
    found = reviews.families(
        [
            reviewed("A", "The gate sticks.", group="jo"),
            reviewed("B", "The lift stopped.", group="jo"),
            reviewed("C", "the LIFT stopped", group="al"),
            reviewed("D", "Thank you.", group="al"),
            reviewed("E", "Where do I pay?", group="bo"),
        ]
    )
    assert found == ["A", "A", "A", "A", "E"]


BAD_CASES = ["{oops", "[]", '{"id": "x", "body": "", "channel": "email"}', '{"id": "x", "labels": ["moan"]}']


@pytest.mark.parametrize("line", BAD_CASES)
def test_a_line_that_is_no_must_pass_case_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "must-pass.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(FaultyCorpusError, match=r"must-pass\.jsonl:2: "):
        list(reviews.must_pass(tmp_path / "must-pass.jsonl"))


def test_without_must_pass_cases_there_are_none(tmp_path: Path) -> None:
    assert list(reviews.must_pass(tmp_path / "must-pass.jsonl")) == []


# --- the candidate against the old one ------------------------------------------------------------


def tried(small: Small, place: Path, *given: Reviewed, old: Reader | None = None) -> tuple[Reader, Outcome]:
    old = old or Reader(small.bundled)
    teaching = reviews.gather(given or (LATE, TAP), small.folder)
    place.mkdir()
    return reviews.try_out(
        teaching, reviews.records_of(teaching, old), old, small.folder, place, learn=small.learn
    )


def test_the_same_model_passes_and_its_files_can_be_read(small: Small, tmp_path: Path) -> None:
    candidate, outcome = tried(small, tmp_path / "new")
    assert outcome.refused == ()
    assert model.load(tmp_path / "new").name == candidate.model.name


def test_a_model_that_calls_everything_other_is_refused_and_what_it_loses_is_named(
    small: Small, tmp_path: Path
) -> None:
    small.model = small.blind()
    _, outcome = tried(small, tmp_path / "new")
    said = " ".join(outcome.refused)
    assert "It lets slip a complaint caught before (reviewed message): HC-2026-0001." in said
    assert "(must-pass case): code-1." in said
    assert "in 100% of resamples that is worse" in said
    assert "gutter" not in said


def test_what_the_old_model_was_trained_on_is_not_compared(small: Small) -> None:
    old = Reader(dataclasses.replace(small.bundled, trained_on=frozenset({LATE.fingerprint})))
    teaching = reviews.gather([LATE, TAP], small.folder)
    trained = small.learn(reviews.records_of(teaching, old), small.folder, print)
    found = {x.name: x for x in reviews.items(teaching, trained, old, old) if x.kind is Kind.REVIEWED}
    assert found["HC-2026-0001"].unseen is None
    assert found["HC-2026-0002"].unseen is not None


def test_training_takes_messages_without_roles(small: Small) -> None:
    teaching = reviews.gather(
        [LATE, TAP, reviewed("HC-2026-0003", "Thanks ever so much.", Label.OTHER)], small.folder
    )
    records = reviews.records_of(teaching, Reader(small.bundled))
    seen: list[str] = []
    trained = train.train_on(records, small.folder, seen.append)
    assert {"HC-2026-0001", "HC-2026-0002", "HC-2026-0003"} <= set(trained.unseen)
    assert LATE.fingerprint in trained.model.trained_on
    assert len(seen) + 2 == reviews.steps(records)
    assert all(np.isfinite(reading.probabilities[Label.COMPLAINT]) for reading in trained.unseen.values())


def test_a_record_s_area_and_points_are_those_of_the_reading(small: Small) -> None:
    teaching = reviews.gather([LATE], small.folder)
    old = Reader(small.bundled)
    record: Record = reviews.records_of(teaching, old)[-1]
    assert record.service_area is old.read_text("", LATE.body).service_area
    assert isinstance(record.service_area, ServiceArea)


# --- the shelf ------------------------------------------------------------------------------------


@pytest.fixture
def bundled(small: Small, tmp_path: Path) -> Path:
    return model_in(small.folder, tmp_path / "bundled")


@pytest.fixture
def kept(bundled: Path, tmp_path: Path) -> shelf.Shelf:
    return shelf.beside(tmp_path / "putright.db", bundled)


def model_in(source: Path, place: Path) -> Path:
    """A folder with a model, as a candidate's is."""
    place.mkdir(parents=True)
    for name in knowledge.FILES:
        shutil.copy(source / name, place / name)
    shutil.copytree(source / "putright-model", place / "putright-model")
    return place


def candidate(kept: shelf.Shelf, name: str) -> None:
    """Promote a model that can be told by a file of its name."""
    kept.make()
    place = model_in(kept.bundled, kept.folder / "candidate")
    (place / name).touch()
    kept.promote(place)


def test_without_a_promoted_model_the_bundled_one_is_in_use(kept: shelf.Shelf) -> None:
    assert kept.in_use() == kept.bundled
    with pytest.raises(shelf.NothingBefore, match="the model that came with putright is in use"):
        kept.back()


def test_one_step_back_leads_to_the_bundled_model_and_no_further(kept: shelf.Shelf) -> None:
    candidate(kept, "first")
    assert kept.in_use() == kept.current
    assert kept.before() == kept.bundled
    kept.back()
    assert kept.in_use() == kept.bundled
    with pytest.raises(shelf.NothingBefore):
        kept.back()


def test_one_step_back_leads_to_the_landlord_s_model_before_and_no_further(kept: shelf.Shelf) -> None:
    candidate(kept, "first")
    candidate(kept, "second")
    assert (kept.in_use() / "second").exists()
    kept.back()
    assert (kept.in_use() / "first").exists()
    with pytest.raises(shelf.NothingBefore, match="only one step is kept"):
        kept.back()
    assert (kept.in_use() / "first").exists()


def test_a_promotion_cut_off_between_its_renames_leaves_the_model_before_in_use(kept: shelf.Shelf) -> None:
    candidate(kept, "first")
    kept.current.rename(kept.previous.with_name("x"))
    shutil.rmtree(kept.previous)
    kept.previous.with_name("x").rename(kept.previous)
    assert (kept.in_use() / "first").exists()
    candidate(kept, "second")
    assert (kept.in_use() / "second").exists()
    assert (kept.before() / "first").exists()


def test_a_model_of_an_earlier_putright_is_not_used(kept: shelf.Shelf) -> None:
    candidate(kept, "first")
    assert not kept.outdated
    (kept.bundled / "putright-model" / "model.sha256").write_text("0" * 64, encoding="ascii")
    assert kept.outdated
    assert kept.in_use() == kept.bundled
    candidate(kept, "second")
    assert (kept.in_use() / "second").exists()
    assert kept.before() == kept.bundled


def test_nobody_else_may_look_into_the_folder(kept: shelf.Shelf) -> None:
    kept.make()
    assert kept.folder.stat().st_mode & 0o077 == 0


def test_the_log_is_only_added_to(kept: shelf.Shelf) -> None:
    assert kept.history() == []
    kept.log({"what": "train", "model": "1+a"})
    kept.log({"what": "back", "model": "1+b"})
    assert [x["model"] for x in kept.history()] == ["1+a", "1+b"]
    assert [json.loads(x)["what"] for x in kept.history_file.read_text().splitlines()] == ["train", "back"]
