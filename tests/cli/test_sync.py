"""`faqbot faq sync`: a folder and the store, changed on both sides."""

import os
from pathlib import Path

import pytest

from tests.cli.commands import Commands
from tests.cli.test_sources import NOBODY


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


def _put(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_what_was_edited_here_alone_is_no_conflict(synced: Commands, folder: Path) -> None:
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    tried = synced("faq", "sync", "faq", "--dry-run")
    assert (tried.out, "would write faq/bread.yaml" in tried.err) == ("0 new, 0 changed, 2 unchanged, 0 merged\n", True)
    assert "Here." in (folder / "faq" / "bread.yaml").read_text("utf-8")
    assert "conflict" not in synced("faq", "sync", "faq").out


def test_going_back_in_the_folder_to_what_it_once_had_comes_in(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    _put(path, "Here.", "In the yard.")
    synced("faq", "sync", "faq")
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    synced("faq", "sync", "faq")
    _put(path, "Over there.", "In the yard.")
    assert "1 changed" in synced("faq", "sync", "faq").out
    assert "answer      In the yard." in synced("faq", "show", "one").out


def test_each_field_is_as_the_side_that_changed_it_has_it(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--set", "owner=ann", "--yes")
    synced("faq", "alias", "one", "seen one", "--yes")
    _put(path, "Where is number one?", "Where did number one go?")
    _put(path, "Here.", "Upstairs.")
    tried = synced("faq", "sync", "faq", "--dry-run").out
    found = synced("faq", "sync", "faq")
    for out in (tried, found.out):
        assert "edited here, so it stays: answer\n" in out
        assert "answer: [-Over there.-]{+Upstairs.+}" in out
    told = path.read_text("utf-8")
    for line in ("Where did number one go?", "- seen one", "answer: Over there.", "owner: ann"):
        assert line in told
    assert (
        synced("faq", "sync", "faq").out
        == "0 new, 0 changed, 2 unchanged, 0 merged\n2 entries written: 2 files in faq\n"
    )


def test_of_two_edits_at_once_that_of_the_folder_counts_when_asked_for(synced: Commands, folder: Path) -> None:
    path, cake = folder / "faq" / "bread.yaml", folder / "faq" / "cake.yaml"
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--set", "owner=ann", "--yes")
    synced("faq", "edit", "two", "--set", "answer=Over there.", "--yes")
    _put(path, "Here.", "Upstairs.")
    cake.unlink()
    assert "conflict" not in synced("faq", "sync", "faq", "--theirs").out
    assert "answer: Upstairs.\n" in path.read_text("utf-8")
    assert "owner: ann" in path.read_text("utf-8")
    assert not cake.exists()
    assert "status      retired" in synced("faq", "show", "two").out


def test_phrasings_go_on_the_side_that_they_were_not_taken_out_of(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    for text in ("first name", "second name"):
        synced("faq", "alias", "one", text, "--yes")
    synced("faq", "sync", "faq")
    _put(path, "    - first name\n", "")
    synced("faq", "alias", "one", "second name", "--remove", "--yes")
    assert "conflict" not in synced("faq", "sync", "faq").out
    assert "name" not in path.read_text("utf-8").replace("second", "")
    assert "aliases" not in synced("faq", "show", "one").out


def test_what_is_taken_out_of_one_side_and_edited_on_the_other_stays_as_it_is_here(
    synced: Commands, folder: Path
) -> None:
    bread, cake = folder / "faq" / "bread.yaml", folder / "faq" / "cake.yaml"
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    bread.unlink()
    synced("faq", "retire", "two", "--yes")
    _put(cake, "Here.", "Upstairs.")
    out = synced("faq", "sync", "faq").out
    assert "not in the source any more; edited here, so it stays" in out
    assert "edited here, so it stays: status" in out
    assert "answer: Over there." in bread.read_text("utf-8")
    assert not cake.exists()
    assert "retired" not in synced("faq", "sync", "faq").out


def test_the_question_of_what_people_added_is_changed_in_the_folder(synced: Commands, folder: Path) -> None:
    _put(folder / "faq" / "bread.yaml", "Where is number one?", "Which one is first?")
    assert "1 changed" in synced("faq", "sync", "faq").out
    assert "question    Which one is first?" in synced("faq", "show", "one").out


def test_what_another_source_took_over_is_not_of_the_folder(synced: Commands, folder: Path) -> None:
    rye = "- id: one\n  question: Where is number one?\n  answer: Here.\n  owner: kim\n"
    (folder / "other.yaml").write_text(rye, "utf-8")
    assert synced("faq", "import", "other.yaml", "--source", "other", "--theirs").code == 0
    refused = synced("faq", "sync", "faq")
    assert (refused.code, "imported from the source 'other'" in refused.err) == (2, True)


def test_an_id_is_changed_in_the_folder_there_and_back(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    _put(path, "id: one", "id: first")
    out = synced("faq", "sync", "faq").out
    assert ("1 new" in out, "retired  one" in out) == (True, True)
    assert synced("ask", "where is number one").out == "Where is number one?\n\nHere.\n"
    assert "is already a phrasing of 'first'" in synced("faq", "restore", "one", "--yes").err
    _put(path, "id: first", "id: one")
    assert "retired  first" in synced("faq", "sync", "faq").out
    assert "status      published" in synced("faq", "show", "one").out


def test_files_may_be_moved_renamed_and_saved_with_other_line_ends(synced: Commands, folder: Path) -> None:
    faq = folder / "faq"
    (faq / "inner").mkdir()
    (faq / ".hidden").mkdir()
    (faq / ".hidden" / "own.yaml").write_text("no entry\n", "utf-8")
    (faq / "inner" / "own.yaml").write_text("no entry\n", "utf-8")
    (faq / "bread.yaml").rename(faq / "inner" / "moved.YML")
    saved = faq / "cake.yaml"
    saved.write_bytes(b"\xef\xbb\xbf" + saved.read_bytes().replace(b"\n", b"\r\n"))

    done = synced("faq", "sync", "faq")
    assert done.out == "0 new, 0 changed, 2 unchanged, 0 merged\n2 entries written: 2 files in faq\n"
    told = ["left alone: faq/inner/own.yaml, which was not written by an export; take it in with --adopt"]
    told += ["wrote faq/bread.yaml", "removed faq/inner/moved.YML, whose entries are elsewhere or gone"]
    assert done.err.splitlines() == told
    assert saved.read_bytes().endswith(b"\r\n")
    assert "wrote" not in synced("faq", "sync", "faq").err


def test_a_folder_that_cannot_be_written_changes_nothing(synced: Commands, folder: Path) -> None:
    _put(folder / "faq" / "bread.yaml", "Here.", "Upstairs.")
    (folder / "faq" / "..faqbot.new").mkdir()  # in the way of what is written first
    refused = synced("faq", "sync", "faq")
    assert (refused.code, refused.out) == (2, "")
    assert "Here." in synced("faq", "show", "one").out
    named = synced("faq", "sync", "faq/bread.yaml")
    assert (named.code, named.err) == (2, "faqbot faq sync: faq/bread.yaml is a file; name a folder\n")


def test_a_folder_that_may_not_be_looked_into_changes_nothing(synced: Commands, folder: Path) -> None:
    inner = folder / "faq" / "inner"
    inner.mkdir()
    (folder / "faq" / "bread.yaml").rename(inner / "bread.yaml")
    inner.chmod(0)
    for path in (folder, *folder.rglob("*"), *folder.parent.glob("*")):
        os.chown(path, NOBODY, -1)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        refused = synced("faq", "sync", "faq")
    finally:
        if is_root:
            os.seteuid(0)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "faqbot: faq/inner: permission denied; check the path and who may use it\n"


def test_a_dry_run_on_an_empty_folder_tells_what_would_be_written(synced: Commands, folder: Path) -> None:
    tried = synced("faq", "sync", "elsewhere", "--dry-run")
    told = ["would write elsewhere/bread.yaml", "would write elsewhere/cake.yaml", "Nothing was written."]
    assert (tried.out, tried.err.splitlines()) == ("", told)
    assert not (folder / "elsewhere").exists()
    _put(folder / "faq" / "bread.yaml", "category: Bread", "category: Rolls")
    tried = synced("faq", "sync", "faq", "--dry-run")
    assert "would remove faq/bread.yaml, whose entries are elsewhere or gone" in tried.err


def test_what_was_retired_on_either_side_comes_back_from_either(synced: Commands, folder: Path) -> None:
    bread, cake = folder / "faq" / "bread.yaml", folder / "faq" / "cake.yaml"
    was = bread.read_text("utf-8"), cake.read_text("utf-8")
    bread.unlink()
    synced("faq", "retire", "two", "--yes")
    synced("faq", "sync", "faq")
    bread.write_text(was[0].replace("Here.", "Upstairs."), "utf-8")
    cake.write_text(was[1], "utf-8")
    assert "2 changed" in synced("faq", "sync", "faq").out
    assert "answer      Upstairs." in synced("faq", "show", "one").out

    synced("faq", "retire", "two", "--yes")
    synced("faq", "sync", "faq")
    synced("faq", "restore", "two", "--yes")
    assert "gone" not in synced("faq", "sync", "faq").out
    assert cake.read_text("utf-8") == was[1]
