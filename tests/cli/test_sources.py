"""Files and folders to import: what is read, and what is said about the rest."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.imports import read_paths
from bot.errors import Problem
from bot.formats.decoding import SIZE_LIMIT
from bot.formats.reading import SUFFIXES

NOBODY = 65534
ENTRY = "- id: {0}\n  question: What is {0}?\n  answer: A thing.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, with FAQ files and others in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.yaml", "a.yml", "deep/er/c.YAML", ".hidden.yaml", ".git/d.yaml", "notes.docx"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ENTRY.format(path.stem.strip(".")), encoding="utf-8")
    return tmp_path


def ids(*paths: str) -> list[str | None]:
    """Return the ids that were read, in order."""
    return [record.id for document in read_paths(map(Path, paths)) for record in document.records]


def problems(*paths: str) -> list[Problem]:
    """Return what was wrong."""
    return [problem for document in read_paths(map(Path, paths)) for problem in document.problems]


def test_a_folder_is_read_with_all_below_it_and_without_hidden_files(folder: Path) -> None:
    assert ids(".") == ["a", "b", "c"]
    assert not problems(".")


def test_a_file_is_read_once(folder: Path) -> None:
    Path("link.yaml").symlink_to("b.yaml")
    assert ids("b.yaml", ".", "./b.yaml", "deep/../a.yml", str(folder)) == ["b", "a", "c"]


def test_a_file_that_somebody_names_is_never_passed_over(folder: Path) -> None:
    assert ids(".hidden.yaml") == ["hidden"]
    Path("notes.docx").write_text("Notes", encoding="utf-8")
    (problem,) = problems("notes.docx")
    assert (problem.where, problem.what) == ("notes.docx", "files that end in .docx cannot be read")


def test_places_are_named_as_they_were_given(folder: Path) -> None:
    (document,) = read_paths([Path("deep")])
    assert document.records[0].place == "deep/er/c.YAML:1"


def test_everything_that_is_wrong_is_told(folder: Path) -> None:
    Path("empty.yaml").touch()
    Path("empty").mkdir()
    os.mkfifo("pipe.yaml")
    Path("loop.yaml").symlink_to("loop.yaml")
    long = f"{'x' * 300}.yaml"
    given = ("missing.yaml", "empty.yaml", "empty", "pipe.yaml", "loop.yaml", long, "a.yml/b.yaml")
    found = {problem.where: problem.what for problem in problems(*given)}
    assert found == {
        "missing.yaml": "there is no such file or folder",
        "empty.yaml": "the file is empty",
        "empty": f"no file in it ends in {', '.join(SUFFIXES)}",
        "pipe.yaml": "neither a file nor a folder",
        "loop.yaml": "cannot be read: too many levels of symbolic links",
        long: "cannot be read: file name too long",
        "a.yml/b.yaml": "cannot be read: not a directory",
    }


def test_a_huge_file_is_not_read_to_its_end(folder: Path) -> None:
    Path("huge.yaml").touch()
    os.truncate("huge.yaml", 2**40)
    (problem,) = problems("huge.yaml")
    assert problem.what == f"the file has {SIZE_LIMIT + 1:,} bytes, more than the {SIZE_LIMIT:,} that are read"


def test_a_name_is_harmless_and_can_be_stored(folder: Path) -> None:
    Path(os.fsdecode(b"\xff\x1b[2J\n.yaml")).touch()
    (problem,) = problems(*(name for name in os.listdir() if "J" in name))  # noqa: PTH208  # a name, not a path
    assert problem.where == "\ufffd[2J .yaml"


@pytest.fixture
def somebody(folder: Path) -> Iterator[None]:
    """Go on as a user whom permissions bind, which the superuser is not."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, -1)
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


@pytest.mark.usefixtures("somebody")
def test_what_may_not_be_read_is_told() -> None:
    Path("b.yaml").chmod(0)
    Path("deep").chmod(0)
    found = {problem.where: problem.what for problem in problems(".", "deep/er/c.YAML")}
    assert found == dict.fromkeys(("b.yaml", "deep", "deep/er/c.YAML"), "cannot be read: permission denied")
