"""`faqbot faq sync`: a folder and the store, changed on both sides."""

from pathlib import Path

import pytest

from tests.cli.commands import Commands


@pytest.fixture
def synced(empty: Commands, folder: Path) -> Commands:
    """Return the commands on a store with two entries that people added, and their folder."""
    for number, category in (("one", "Bread"), ("two", "Cake")):
        question = ("--question", f"Where is number {number}?", "--answer", "Here.", "--category", category)
        empty("faq", "add", "--id", number, *question, "--yes")
    assert empty("faq", "sync", "faq").out == "2 entries written: 2 files in faq\n"
    (folder / "faq" / "README.md").write_text("How we write.\n", "utf-8")
    return empty


def test_what_people_added_goes_into_the_folder(synced: Commands, folder: Path) -> None:
    assert sorted(path.name for path in (folder / "faq").iterdir()) == ["README.md", "bread.yaml", "cake.yaml"]
    again = synced("faq", "sync", "faq")
    assert (again.code, "wrote" in again.err) == (0, False)


def test_what_the_folder_says_comes_in(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    path.write_text(
        path.read_text("utf-8") + "\n- id: rye\n  question: Is there rye bread?\n  answer: Yes.\n  category: Bread\n"
    )
    tried = synced("faq", "sync", "faq", "--dry-run")
    assert "1 new" in tried.out
    assert synced("faq", "show", "rye").code == 3
    assert "1 new" in synced("faq", "sync", "faq").out
    assert synced("ask", "is there rye bread").out == "Is there rye bread?\n\nYes.\n"

    path.write_text(path.read_text("utf-8").replace("answer: Yes.", "answer: No."), "utf-8")
    assert "1 changed" in synced("faq", "sync", "faq").out
    assert "No." in synced("ask", "is there rye bread").out


def test_an_edit_here_goes_out_and_stays(synced: Commands, folder: Path) -> None:
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    assert "wrote faq/bread.yaml" in synced("faq", "sync", "faq").err
    assert "answer: Over there." in (folder / "faq" / "bread.yaml").read_text("utf-8")
    assert "wrote" not in synced("faq", "sync", "faq").err
    assert "answer      Over there." in synced("faq", "show", "one").out


def test_of_two_edits_the_later_one_counts_and_of_two_at_once_that_here(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    synced("faq", "sync", "faq")
    path.write_text(path.read_text("utf-8").replace("Over there.", "Round the corner."), "utf-8")
    assert "conflict" not in synced("faq", "sync", "faq").out
    assert "answer      Round the corner." in synced("faq", "show", "one").out

    synced("faq", "edit", "one", "--set", "answer=In the yard.", "--yes")
    path.write_text(path.read_text("utf-8").replace("Round the corner.", "Upstairs."), "utf-8")
    assert "edited here, so it stays: answer" in synced("faq", "sync", "faq").out
    assert "answer: In the yard." in path.read_text("utf-8")


def test_what_is_taken_out_on_one_side_goes_on_the_other(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    rye = "\n- id: rye\n  question: Is there rye bread?\n  answer: Yes.\n  category: Bread\n"
    before = path.read_text("utf-8")
    path.write_text(before + rye, "utf-8")
    synced("faq", "sync", "faq")
    path.write_text(before, "utf-8")
    assert "retired" in synced("faq", "sync", "faq").out
    assert "status      retired" in synced("faq", "show", "rye").out
    assert "rye" not in path.read_text("utf-8")

    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    synced("faq", "sync", "faq")
    path.unlink()
    assert "retired" in synced("faq", "sync", "faq").out
    assert "status      retired" in synced("faq", "show", "one").out

    synced("faq", "retire", "two", "--yes")
    assert "removed faq/cake.yaml" in synced("faq", "sync", "faq").err
    assert not (folder / "faq" / "cake.yaml").exists()
    assert synced("faq", "sync", "faq").code == 0


def test_an_empty_folder_retires_nothing(synced: Commands, folder: Path) -> None:
    assert synced("faq", "sync", "elsewhere").out == "2 entries written: 2 files in elsewhere\n"
    assert "retired" not in synced("faq", "list").out


def test_a_file_of_somebody_else_is_adopted_only_when_asked_for(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "mine.yaml"
    path.write_text("- id: rye\n  question: Is there rye bread?\n  answer: Yes.\n  category: Bread\n", "utf-8")
    refused = synced("faq", "sync", "faq")
    assert (refused.code, refused.out) == (2, "")
    assert "faq/mine.yaml was not written by an export" in refused.err
    assert "1 new" in synced("faq", "sync", "faq", "--adopt").out
    assert not path.exists()
    assert "id: rye" in (folder / "faq" / "bread.yaml").read_text("utf-8")


def test_a_mistake_in_the_folder_changes_nothing(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    path.write_text(path.read_text("utf-8").replace("answer:", "anwser:"), "utf-8")
    broken = path.read_text("utf-8")
    refused = synced("faq", "sync", "faq")
    assert (refused.code, refused.out) == (2, "")
    assert "did you mean 'answer'" in refused.err
    assert path.read_text("utf-8") == broken
