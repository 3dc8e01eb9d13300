"""The model card: what was measured on messages the model had not seen, in words and tables, made from the run."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from putright.cases.labels import Label
from putright.classifier import scores, table
from putright.classifier.corpus import Record
from putright.classifier.heads import LABELS
from putright.classifier.model import Model
from putright.classifier.scores import Scores
from putright.classifier.train import ASKED, MISSED, Trained

LIBRARIES = ("numpy", "scikit-learn", "scipy", "spacy")
LANDLORDS = {
    "north-city": "northern city council, blocks and terraces, district heating; leans on repairs, heating, damp, "
    "staff notes",
    "london": "London and South-East association, shared owners, leaseholders, temporary accommodation; leans on "
    "charges, allocations, forwards, MPs, escalations",
    "rural": "small rural, coastal, sheltered and almshouse associations; leans on short messages, `other`, odd "
    "survey shapes",
    "borders": "Midlands and Welsh border council, national association; families whose wording moves the label",
    "everyday": "arm's-length organisation, co-operatives, extra care, supported housing; leans on calm complaints, "
    "furious requests, threads, dictated and typed-for-someone messages",
}


def by_file(records: Sequence[Record], trained: Trained) -> dict[str, Scores]:
    """Each file's figures from readings by models that had not seen the file."""
    found = {}
    for file in sorted({r.file for r in records}):
        mine = [r for r in records if r.file == file]
        if all(r.id in trained.unseen for r in mine):
            found[file] = scores.score(mine, [trained.unseen[r.id] for r in mine])
    return found


def headline(records: Sequence[Record], trained: Trained) -> str:
    files = by_file(records, trained)
    if not files:
        return "one file only, so nothing was read unseen."
    mean = sum(s.macro_f1 for s in files.values()) / len(files)
    missed, complaints = (
        sum(s.surely_missed for s in files.values()),
        sum(s.complaints for s in files.values()),
    )
    return f"macro-F1 {mean:.3f} leaving one file out, {missed} of {complaints} complaints surely missed."


def grouped_scores(records: Sequence[Record], trained: Trained) -> str:
    """Accuracy and macro-F1 by grouped cross-validation (families kept together)."""
    truth = np.array([LABELS.index(r.label) for r in records])
    said = trained.grouped.argmax(axis=1)
    each = []
    for n in range(len(LABELS)):
        right, both = int(((said == n) & (truth == n)).sum()), int((said == n).sum() + (truth == n).sum())
        each.append(2 * right / both if both else 0.0)
    return f"accuracy {(said == truth).mean():.3f}, macro-F1 {sum(each) / len(each):.3f}"


def fingerprint(records: Sequence[Record]) -> str:
    return hashlib.sha256("".join(sorted(r.id + r.fingerprint for r in records)).encode()).hexdigest()


def write(records: Sequence[Record], trained: Trained, model: Model) -> str:
    """The card as Markdown."""
    files = by_file(records, trained)
    whole = scores.score(records, [trained.unseen[r.id] for r in records]) if files else None
    counts = Counter(r.label for r in records)
    described = ", ".join(f"{counts[label]} {label.words}" for label in Label)
    lines = [
        "# Model card",
        "",
        "Made by `putright train`; do not edit. How the reader works: `CONTRIBUTING.md`.",
        "",
        f"Model `{model.name}`, trained on {len(records)} hand-written, invented messages ({described}) in",
        "`models/corpus`, labelled by `models/corpus/LABELLING.md`. No resident's words were used.",
        "",
        "## Unseen landlords",
        "",
        "The files were dealt to five parts; each part was read by a model, with limits for asking, made without it.",
        "",
        table.of_scores(files),
        "",
        f"Grouped cross-validation (families together, five folds): {grouped_scores(records, trained)}.",
    ]
    if whole:
        lines += ["", "## By label, all files read unseen", "", table.of_labels(whole)]
    limits = model.limits
    lines += [
        "",
        "## When it asks",
        "",
        f"The limits were chosen on unseen messages: at most {MISSED:.1%} of complaints surely called something else,",
        f"and what asking is left of {ASKED:.0%} spent on the least sure. A label other than complaint is sure only",
        f"while the chance of a complaint is below {limits.complaint_below:.3f}, and any label from",
        f"{limits.sure_from:.2f} on. Scores are divided by {limits.temperature:.2f} before they become probabilities.",
        "",
        "## The files",
        "",
        *(
            f"- `{file}`: {LANDLORDS.get(file, 'not described')}."
            for file in sorted({r.file for r in records})
        ),
        "",
        "## Limits of these figures",
        "",
        "The messages are invented and hard on purpose; a landlord's own month will read differently. Scores on one",
        "channel say little about another. A service area or flag with few examples is read badly.",
        "",
        "## Made with",
        "",
        ", ".join(f"{name} {version(name)}" for name in LIBRARIES) + ".",
        "",
        f"Data fingerprint `{fingerprint(records)[:16]}`.",
        "",
    ]
    return "\n".join(lines)
