"""`faqbot faq sync`: which files of a folder are read, and which entries are in it."""

import os
from pathlib import Path

from tests.cli.commands import Commands
from tests.cli.conftest import put
from tests.cli.test_sources import NOBODY


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
    put(folder / "faq" / "bread.yaml", "Here.", "Upstairs.")
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
    put(folder / "faq" / "bread.yaml", "category: Bread", "category: Rolls")
    tried = synced("faq", "sync", "faq", "--dry-run")
    assert "would remove faq/bread.yaml, whose entries are elsewhere or gone" in tried.err


def test_what_was_imported_without_a_source_is_adopted_when_asked_for(empty: Commands, folder: Path) -> None:
    rye = "- id: rye\n  question: Is there rye bread?\n  answer: Yes.\n  category: Bread\n"
    oat = "- id: oat\n  question: Are there oat cakes?\n  answer: Yes.\n  category: Cake\n"
    (folder / "faq.yaml").write_text(rye + oat, "utf-8")
    empty("faq", "import", "faq.yaml")
    empty("faq", "edit", "rye", "--set", "answer=Perhaps.", "--yes")
    offered = "Not in the folder: 2 entries that were imported without a source; take them in with --adopt."
    for options in (("--dry-run",), ()):
        assert offered in empty("faq", "sync", "faq", *options).err.splitlines()

    path = folder / "faq" / "mine.yaml"
    path.write_text(rye.replace("Is there rye", "Is there any rye"), "utf-8")
    tried = empty("faq", "sync", "faq", "--adopt", "--dry-run")
    assert ("would write faq/cake.yaml" in tried.err, offered in tried.err) == (True, False)
    done = empty("faq", "sync", "faq", "--adopt")
    assert ("conflict" in done.out, "retired" in done.out, "Not in the folder" in done.err) == (False, False, False)
    bread = (folder / "faq" / "bread.yaml").read_text("utf-8")
    assert ("Is there any rye bread?" in bread, "answer: Perhaps." in bread) == (True, True)

    cake = folder / "faq" / "cake.yaml"
    put(cake, "Yes.", "On Mondays.")
    empty("faq", "edit", "oat", "--set", "owner=ann", "--yes")
    assert "conflict" not in empty("faq", "sync", "faq").out
    assert "owner: ann" in cake.read_text("utf-8")
    assert "answer      On Mondays." in empty("faq", "show", "oat").out
