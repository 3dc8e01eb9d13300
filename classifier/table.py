"""Scores as plain tables for the terminal and the model card."""

from collections.abc import Callable, Mapping

from putright.classifier.scores import FIGURES, Scores

NOT_KNOWN = "–"
NAMES = {
    "macro_f1": "macro-F1",
    "accuracy": "accuracy",
    "pairs_right": "both of a pair right",
    "missed_share": "complaints surely missed",
    "asked": "asked",
    "sure_accuracy": "right when sure",
    "calibration_error": "calibration error",
    "flags_f1": "flags F1",
    "area_accuracy": "area",
    "roles_accuracy": "roles",
    "dissatisfaction_f1": "D F1",
    "points_f1": "points F1",
    "outcomes_f1": "outcomes F1",
}
"""What each figure is called."""
NEEDS = {
    "pairs_right": "no families whose members differ in label",
    "missed_share": "no complaints",
    "sure_accuracy": "nothing was sure",
}
"""Why a figure may be missing; any other was not marked in the file."""
COUNTED: dict[str, Callable[[Scores], str]] = {
    "pairs_right": lambda s: f"{s.families_right} of {s.families}",
    "missed_share": lambda s: f"{s.surely_missed} of {s.complaints}",
}


def shown(found: Scores, name: str) -> str:
    """One figure: counts where they say more than a share, a dash where there is none."""
    value: float | None = getattr(found, name)
    if value is None:
        return NOT_KNOWN
    if name in COUNTED:
        return COUNTED[name](found)
    return f"{value:.0%}" if name == "asked" else f"{value:.3f}"


def of_scores(scores: Mapping[str, Scores]) -> str:
    """A Markdown table, a row a file; with several files also the mean of what can be averaged."""
    rows = [["file", "messages", *NAMES.values()], ["---"] * (len(NAMES) + 2)]
    rows += [
        [file, str(found.messages), *(shown(found, name) for name in NAMES)] for file, found in scores.items()
    ]
    if len(scores) > 1:
        mean = sum(s.macro_f1 or 0 for s in scores.values()) / len(scores)
        right = sum(s.accuracy or 0 for s in scores.values()) / len(scores)
        total = str(sum(s.messages for s in scores.values()))
        rows.append(["mean", total, f"{mean:.3f}", f"{right:.3f}"] + [""] * (len(NAMES) - 2))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def of_one(name: str, found: Scores, undecided: int = 0) -> str:
    """The figures of one file, a line each with what it means; and what could not be computed, and why."""
    more = "1 more has" if undecided == 1 else f"{undecided} more have"
    left_out = f" ({more} two right labels, not counted)" if undecided else ""
    lines = [f"{name}: {found.messages} messages{left_out}", ""]
    missing: dict[str, list[str]] = {}
    for figure, called in NAMES.items():
        value: float | None = getattr(found, figure)
        if value is None:
            missing.setdefault(NEEDS.get(figure, "not marked in this file"), []).append(called)
            continue
        counts = f" ({COUNTED[figure](found)})" if figure in COUNTED else ""
        lines.append(f"  {called:<25} {value:.3f}  {FIGURES[figure]}{counts}")
    lines += [f"  {', '.join(names)}: {why}." for why, names in missing.items()]
    return "\n".join([*lines, "", of_labels(found)])


def of_labels(scores: Scores) -> str:
    """A Markdown table of precision, recall and F1 by label."""
    rows = ["| label | precision | recall | F1 | messages |", "|---|---|---|---|---|"]
    for row in scores.labels:
        figures = (NOT_KNOWN if x is None else f"{x:.3f}" for x in (row.precision, row.recall, row.f1))
        rows.append(f"| {row.label.words} | {' | '.join(figures)} | {row.count} |")
    return "\n".join(rows)
