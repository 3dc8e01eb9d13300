"""The model card: what was measured on messages the model had not seen, in words and tables, made from the run."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from putright.cases.labels import Decision, Label
from putright.classifier import agreement, corpus, scores, table
from putright.classifier.corpus import Record
from putright.classifier.decision import MISSED, OTHER_SURE, SHARES, Limits, decide
from putright.classifier.heads import LABELS
from putright.classifier.model import FOLDER, Model
from putright.classifier.reader import Reader
from putright.classifier.scores import Scores
from putright.classifier.train import ASKED, Trained

LIBRARIES = ("numpy", "scikit-learn", "scipy", "spacy")
ABOUT_FILE = re.compile(r"^\| `([\w-]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
"""A row of the table in models/corpus/WRITING.md that says who each file's landlord is and what it leans on."""


def landlords(folder: Path = FOLDER) -> dict[str, str]:
    """Who the landlord of each file is, and what the file leans on."""
    about = folder / "corpus" / "WRITING.md"
    text = about.read_text(encoding="utf-8") if about.exists() else ""
    return {file: f"{who}; leans on {leans}" for file, who, leans in ABOUT_FILE.findall(text)}


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
    mean = sum(s.macro_f1 or 0 for s in files.values()) / len(files)
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


def held_out(model: Model, folder: Path = FOLDER) -> list[str]:
    """How the model reads the files that nothing is ever trained or tuned on."""
    found = {}
    for path in corpus.files(folder / "corpus" / "held-out"):
        mine = corpus.load([path])
        readings = [Reader(model).read_text(r.subject, r.body, r.channel) for r in mine]
        found[path.stem] = scores.score(mine, readings)
    if not found:
        return []
    said = "Never trained or tuned on; an invented landlord's month with 30 minimal pairs in it."
    return ["", "## Held out", "", said, "", table.of_scores(found)]


def asking(records: Sequence[Record], trained: Trained, limits: Limits) -> list[str]:
    """What each share of complaints surely missed costs in asking, with the limits of the model in hand."""
    families = Counter(r.family for r in records)
    single = [r for r in records if families[r.family] == 1 and r.id in trained.unseen]
    paired = [r for r in records if families[r.family] > 1 and r.id in trained.unseen]
    channels = sorted({name for name, *_ in limits.coverage if name})
    if not single or not limits.coverage:
        return []
    heads = [
        "`reader.missed_complaints`",
        "asked",
        "surely missed",
        "asked in families",
        "surely missed there",
    ]
    rows = [[*heads, *(f"limit: {name}" for name in channels), "limit: others"]]
    rows.append(["---"] * len(rows[0]))
    for share in SHARES:
        figures = [f"{share:.1%}"]
        for group in (single, paired):
            asked = missed = complaints = 0
            for record in group:
                chances = np.array([trained.unseen[record.id].probabilities[label] for label in LABELS])
                verdict, _ = decide(chances, limits.of(record.channel, share), ())
                asked += verdict is Decision.ASK
                if record.label is Label.COMPLAINT:
                    complaints += 1
                    said = LABELS[int(chances.argmax())]
                    missed += verdict is Decision.SURE and said is not Label.COMPLAINT
            figures += [f"{asked / max(len(group), 1):.0%}", f"{missed} of {complaints}"]
        below = [limits.of(name, share).complaint_below for name in (*channels, "")]
        rows.append([*figures, *(f"{limit:.3f}" for limit in below)])
    return [
        "",
        "A landlord may allow more or less (by the scores alone, on unseen messages outside and inside families):",
        "",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


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
    limits, known = model.limits, landlords()
    lines += held_out(model)
    lines += agreement.lines(records, FOLDER)
    lines += [
        "",
        "## When it asks",
        "",
        f"The limits were chosen on unseen messages outside families: at most {MISSED:.1%} of complaints surely",
        f"called something else, and what asking is left of {ASKED:.0%} spent on the least sure. A label other than",
        "complaint is sure only while the chance of a complaint is below the limit of its channel, and any label from",
        f"{limits.sure_from:.2f} on, other from {OTHER_SURE:.2f}. Scores are divided by {limits.temperature:.2f}",
        "before they become probabilities.",
        *asking(records, trained, limits),
        "",
        "## The files",
        "",
        *(f"- `{file}`: {known.get(file, 'not described')}." for file in sorted({r.file for r in records})),
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
