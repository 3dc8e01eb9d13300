"""The house: which folder may import which, how each is packaged, and what no tracked file may name."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALONE: frozenset[str] = frozenset()
ON_CASES = frozenset({"cases"})
MAY_IMPORT = {
    "cases": ALONE,
    "mailbox": ON_CASES,
    "classifier": ON_CASES,
    "storage": ON_CASES,
    "papers": ON_CASES,
    "triage": ON_CASES | {"mailbox", "classifier", "storage", "papers"},
    "bot": ON_CASES | {"mailbox", "classifier", "storage", "papers", "triage"},
}
"""Imports run one way. A folder that is not here yet gets its line when it comes."""
NO_PACKAGES = {"tests", "benchmarks", "typings", "docs", "build"}


def _packages() -> list[str]:
    """The top-level folders that hold modules of ours."""
    return sorted(
        folder.name
        for folder in ROOT.iterdir()
        if folder.is_dir()
        and not folder.name.startswith(".")
        and folder.name not in NO_PACKAGES
        and not folder.name.endswith(".egg-info")
        and any(folder.rglob("*.py"))
    )


def _modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Each imported module with how many dots stand before it; also those inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""
            if node.module == "putright":
                yield from ((0, f"putright.{name.name}") for name in node.names)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


OURS = _modules(*_packages())
EVERY = [*OURS, *_modules("tests", "benchmarks")]


def test_every_folder_has_its_line_in_the_table_of_layers() -> None:
    assert set(_packages()) == set(MAY_IMPORT)


@pytest.mark.parametrize("path", [pytest.param(x, id=_name(x)) for x in OURS])
def test_imports_run_one_way(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[1] for _, name in _imports(path) if name.startswith("putright.")}
    assert ours - {folder} <= MAY_IMPORT[folder]
    assert not {name for _, name in _imports(path) if name.split(".")[0] == "tests"}


@pytest.mark.parametrize("path", [pytest.param(x, id=_name(x)) for x in _modules("cases")])
def test_cases_need_nothing_but_the_standard_library(path: Path) -> None:
    others = {name.split(".")[0] for _, name in _imports(path)} - {"putright"}
    assert others <= sys.stdlib_module_names


def test_no_import_is_relative() -> None:
    assert [_name(path) for path in EVERY if any(level for level, _ in _imports(path))] == []


def test_every_module_begins_with_a_docstring() -> None:
    assert [
        _name(path) for path in EVERY if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ] == []


def test_no_folder_has_an_init_file() -> None:
    assert [_name(path) for path in EVERY if path.name == "__init__.py"] == []


def test_every_folder_is_packaged_and_linked_for_the_type_checkers() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {path.parent.relative_to(ROOT).as_posix() for path in OURS}
    wanted = {"putright." + folder.replace("/", "."): folder for folder in folders}
    listed = set(setuptools["packages"])
    assert wanted.items() <= setuptools["package-dir"].items()
    assert wanted.keys() <= listed == setuptools["package-dir"].keys()
    for folder in _packages():
        link = ROOT / "typings" / "putright" / folder
        assert link.is_symlink() and link.resolve() == ROOT / folder, folder


def test_what_is_shown_from_a_file_is_installed_with_its_folder() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    for package, file in (
        ("putright.bot", "bot/slack-manifest.json"),
        ("putright.bot", "bot/demo/notes.jsonl"),
        ("putright.cases", "cases/bank_holidays_england.json"),
        ("putright.cases", "cases/code_2024.toml"),
        ("putright.papers", "papers/letters/stage-1.txt.j2"),
        ("putright.models", "models/putright-model/weights.f32"),
    ):
        folder = ROOT / file.split("/")[0]
        assert ROOT / file in {path for pattern in data[package] for path in folder.glob(pattern)}, file


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


# Written so that this file does not name them itself.
FORBIDDEN = {
    "a machine's path": rb"(?<![\w.])/(?:work|root|Users)/" + rb"\w",
    "a package index": rb"(?:pypi\.org|pythonhosted\.org|/simple" + rb"/)",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{_name(path)}: {hit[0].decode()}"
        for path in _tracked()
        if (hit := pattern.search(path.read_bytes()))
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
def test_a_lock_file_names_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
