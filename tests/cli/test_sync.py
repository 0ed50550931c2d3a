"""`faqbot faq sync`: a folder and the store, changed on both sides."""

from pathlib import Path

from tests.cli.commands import Commands
from tests.cli.conftest import put


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


def test_an_entry_without_an_id_gets_one_which_is_written_into_the_folder(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n- question: Есть ли хлеб?\n  answer: Да.\n  category: Bread\n", "utf-8")
    assert "1 new" in synced("faq", "sync", "faq").out
    assert "- id: est-li-khleb\n  question: Есть ли хлеб?\n" in path.read_text("utf-8")
    assert "wrote" not in synced("faq", "sync", "faq").err


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


def test_what_was_edited_here_alone_is_no_conflict(synced: Commands, folder: Path) -> None:
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    tried = synced("faq", "sync", "faq", "--dry-run")
    assert (tried.out, "would write faq/bread.yaml" in tried.err) == ("0 new, 0 changed, 2 unchanged, 0 merged\n", True)
    assert "Here." in (folder / "faq" / "bread.yaml").read_text("utf-8")
    assert "conflict" not in synced("faq", "sync", "faq").out


def test_going_back_in_the_folder_to_what_it_once_had_comes_in(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    put(path, "Here.", "In the yard.")
    synced("faq", "sync", "faq")
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--yes")
    synced("faq", "sync", "faq")
    put(path, "Over there.", "In the yard.")
    assert "1 changed" in synced("faq", "sync", "faq").out
    assert "answer      In the yard." in synced("faq", "show", "one").out


def test_each_field_is_as_the_side_that_changed_it_has_it(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    synced("faq", "edit", "one", "--set", "answer=Over there.", "--set", "owner=ann", "--yes")
    synced("faq", "alias", "one", "seen one", "--yes")
    put(path, "Where is number one?", "Where did number one go?")
    put(path, "Here.", "Upstairs.")
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
    put(path, "Here.", "Upstairs.")
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
    put(path, "    - first name\n", "")
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
    put(cake, "Here.", "Upstairs.")
    out = synced("faq", "sync", "faq").out
    assert "not in the source any more; edited here, so it stays" in out
    assert "edited here, so it stays: status" in out
    assert "answer: Over there." in bread.read_text("utf-8")
    assert not cake.exists()
    assert "retired" not in synced("faq", "sync", "faq").out


def test_the_question_of_what_people_added_is_changed_in_the_folder(synced: Commands, folder: Path) -> None:
    put(folder / "faq" / "bread.yaml", "Where is number one?", "Which one is first?")
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
    put(path, "id: one", "id: first")
    out = synced("faq", "sync", "faq").out
    assert ("1 new" in out, "retired  one" in out) == (True, True)
    assert synced("ask", "where is number one").out == "Where is number one?\n\nHere.\n"
    assert "is already a phrasing of 'first'" in synced("faq", "restore", "one", "--yes").err
    put(path, "id: first", "id: one")
    assert "retired  first" in synced("faq", "sync", "faq").out
    assert "status      published" in synced("faq", "show", "one").out


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


def test_answers_for_regions_and_what_is_never_answered_go_one_by_one(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    synced("faq", "answer", "one", "In Rome.", "--region", "EU", "--yes")
    synced("faq", "answer", "one", "In Ohio.", "--region", "US", "--yes")
    synced("faq", "sync", "faq")
    put(path, "In Rome.", "In Bonn.")
    path.write_text(path.read_text("utf-8") + "  never: [number nine]\n", "utf-8")
    synced("faq", "answer", "one", "--region", "US", "--yes")
    synced("faq", "answer", "one", "In Tokyo.", "--region", "JP", "--yes")
    synced("faq", "never", "one", "number ten", "--yes")
    assert "conflict" not in synced("faq", "sync", "faq").out
    said = path.read_text("utf-8")
    assert [each in said for each in ("Bonn", "Tokyo", "number nine", "number ten", "Ohio")] == [True] * 4 + [False]

    synced("faq", "answer", "one", "In Oslo.", "--region", "EU", "--yes")
    put(path, "In Bonn.", "In Kyiv.")
    assert "edited here, so it stays: answers" in synced("faq", "sync", "faq").out
    assert "In Oslo." in path.read_text("utf-8")


def test_answers_that_do_not_go_together_are_a_conflict(synced: Commands, folder: Path) -> None:
    path = folder / "faq" / "bread.yaml"
    german = "  answers:\n    - {locale: de, region: AT, question: Wo ist die Eins?, answer: Da.}\n"
    path.write_text(path.read_text("utf-8") + german, "utf-8")
    synced("faq", "answer", "one", "Hier.", "--locale", "de", "--question", "Wo ist Nummer eins?", "--yes")
    assert "edited here, so it stays: answers" in synced("faq", "sync", "faq").out
    assert synced("faq", "sync", "faq").code == 0
