"""What the comparison of readers promises: whole files left out, honest scores, children that report."""

from pathlib import Path

import pytest

from benchmarks import bulk, quality, reading, speed
from benchmarks.peers.peer import BASELINE, NAMES, Message, peer
from benchmarks.quality import Quality
from benchmarks.speed import ChildFailedError, Speed
from putright.classifier import corpus, model

LETTER = Message("email", "The lift", "Nobody came to mend the lift and I am unhappy about it.")


def test_every_file_is_in_one_group() -> None:
    records = corpus.load(corpus.files(model.FOLDER / "corpus"))
    of = {(r.file, group) for r, group in zip(records, quality.dealt(records, 3), strict=True)}
    assert len(of) == len({file for file, _ in of}) and {group for _, group in of} == {0, 1, 2}


def test_what_knows_only_complaints_is_scored_on_them_alone() -> None:
    truth = ["complaint", "other", "service_request", "complaint"]
    assert quality.score(truth, ["complaint", "", "", "complaint"], two_way=True) == Quality(1.0)
    wide = quality.score(truth, ["complaint", "service_request", "other", "complaint"])
    assert (wide.complaint_f1, wide.accuracy) == (1.0, 0.5)
    assert wide.macro_f1 == pytest.approx(1 / 3)


@pytest.mark.parametrize("name", NAMES)
def test_a_peer_that_cannot_run_says_why(name: str) -> None:
    why = peer(name).missing()
    assert why == "" or why.endswith(".")
    assert peer(name).TITLE and name.isidentifier()


def test_a_fresh_process_reports_and_a_failing_one_says_why(tmp_path: Path) -> None:
    found = speed.measure("keywords", tmp_path, [LETTER] * 4, [LETTER] * 9, tmp_path, bulk_seconds=0.05)
    assert 0 < found.one <= found.p99 and found.bulk > 1 and found.cold > found.one
    with pytest.raises(ChildFailedError, match=r"model\.pickle"):
        speed.measure(BASELINE, tmp_path, [LETTER], [LETTER] * 2, tmp_path)


def test_in_bulk_the_command_itself_is_timed(tmp_path: Path) -> None:
    assert bulk.rate([LETTER], tmp_path, least=3) > 0.1
    assert (tmp_path / "bulk.out").read_text(encoding="utf-8").count('"label"') == 3
    with pytest.raises(ChildFailedError, match="channel"):
        bulk.rate([LETTER._replace(channel="pigeon")], tmp_path, least=1)


def test_tables_set_each_figure_beside_the_baseline() -> None:
    qualities = {"bogofilter": Quality(0.6), BASELINE: Quality(0.8, 0.9, 0.8)}
    assert reading.right(qualities)[1] == ["bogofilter", "–", "–", "0.600 (0.75x)"]
    speeds = {"ours": Speed(0.001, 0.002, 1000, 2e8, 1.0), BASELINE: Speed(0.002, 0.004, 500, 1e8, 2.0)}
    assert reading.fast(speeds)[1] == [
        "putright", "1.00 ms (0.50x)", "2.00 ms (0.50x)", "1,000 (2.00x)", "200 MB (2.00x)", "1.00 s (0.50x)",
    ]  # fmt: skip
    assert reading.fast({"ours": speeds["ours"]})[1][1] == "1.00 ms (–)"


def test_a_reader_that_fails_does_not_end_the_comparison(tmp_path: Path) -> None:
    records = corpus.load(corpus.files(model.FOLDER / "corpus"))[::40]
    found, failed = quality.compare(["keywords", "nobody"], records, 2, tmp_path, lambda: None)
    assert list(found) == ["keywords"] and list(failed) == ["nobody"]
    assert "nobody" in failed["nobody"]
