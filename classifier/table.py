"""Scores as a plain table for the terminal and the model card."""

from collections.abc import Callable, Mapping

from putright.classifier.scores import Scores

COLUMNS: tuple[tuple[str, Callable[[Scores], str]], ...] = (
    ("messages", lambda s: str(s.messages)),
    ("macro-F1", lambda s: f"{s.macro_f1:.3f}"),
    ("accuracy", lambda s: f"{s.accuracy:.3f}"),
    ("complaints surely missed", lambda s: f"{s.surely_missed} of {s.complaints}"),
    ("asked", lambda s: f"{s.asked:.0%}"),
    ("right when sure", lambda s: f"{s.sure_accuracy:.3f}"),
    ("calibration error", lambda s: f"{s.calibration_error:.3f}"),
    ("flags F1", lambda s: f"{s.flags_f1:.3f}"),
    ("area", lambda s: f"{s.area_accuracy:.3f}"),
    ("roles", lambda s: f"{s.roles_accuracy:.3f}"),
    ("D F1", lambda s: f"{s.dissatisfaction_f1:.3f}"),
    ("points F1", lambda s: f"{s.points_f1:.3f}"),
    ("outcomes F1", lambda s: f"{s.outcomes_f1:.3f}"),
)


def of_scores(scores: Mapping[str, Scores]) -> str:
    """A Markdown table, a row a file; with several files also the mean of what can be averaged."""
    rows = [["file", *(name for name, _ in COLUMNS)], ["---"] * (len(COLUMNS) + 1)]
    rows += [[file, *(show(found) for _, show in COLUMNS)] for file, found in scores.items()]
    if len(scores) > 1:
        mean = sum(s.macro_f1 for s in scores.values()) / len(scores)
        right = sum(s.accuracy for s in scores.values()) / len(scores)
        rows.append(
            ["mean", str(sum(s.messages for s in scores.values())), f"{mean:.3f}", f"{right:.3f}"] + [""] * 10
        )
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def of_labels(scores: Scores) -> str:
    """A Markdown table of precision, recall and F1 by label."""
    rows = ["| label | precision | recall | F1 | messages |", "|---|---|---|---|---|"]
    rows += [
        f"| {row.label.words} | {row.precision:.3f} | {row.recall:.3f} | {row.f1:.3f} | {row.count} |"
        for row in scores.labels
    ]
    return "\n".join(rows)
