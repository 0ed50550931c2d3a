"""`faqbot faq import`: what is printed, and that one mistake keeps everything out."""

from pathlib import Path

import pytest

from tests.cli.commands import Commands
from tests.cli.conftest import FAQ


def test_what_is_new_is_listed_with_its_place(empty: Commands, faq_file: Path) -> None:
    result = empty("faq", "import", "faq.yaml")
    assert (result.code, result.err) == (0, "language: en (4)\n")
    assert result.out == (
        "     ENTRY            WHERE\n"
        "new  freeze-app       faq.yaml:1\n"
        "new  freeze-web       faq.yaml:8\n"
        "new  withdrawal-fees  faq.yaml:12\n"
        "new  staff-approvals  faq.yaml:21\n"
        "4 new, 0 changed, 0 unchanged, 0 merged\n"
    )


def test_the_same_again_changes_nothing(faqbot: Commands) -> None:
    assert faqbot("faq", "import", "faq.yaml").out == "0 new, 0 changed, 4 unchanged, 0 merged\n"


def test_what_changed_is_listed(faqbot: Commands, faq_file: Path) -> None:
    faq_file.write_text(FAQ.replace("Log in and", "First log in and"), encoding="utf-8")
    assert faqbot("faq", "import", "faq.yaml").out == (
        "         ENTRY       WHERE\nchanged  freeze-web  faq.yaml:8\n0 new, 1 changed, 3 unchanged, 0 merged\n"
    )
    assert "First log in" in faqbot("ask", "How do I freeze my account on the website?").out


def test_a_dry_run_writes_nothing(empty: Commands, faq_file: Path) -> None:
    result = empty("faq", "import", "faq.yaml", "--dry-run")
    assert result.out.endswith("4 new, 0 changed, 0 unchanged, 0 merged\n")
    assert result.err == "language: en (4)\nNothing was written.\n"
    assert len(empty("faq", "list").out.splitlines()) == 1


def test_records_of_one_title_are_merged(empty: Commands) -> None:
    Path("a.txt").write_text("How do I start?\n\nPress start.\n", encoding="utf-8")
    Path("b.txt").write_text("How do I start?\n\nTurn it on first.\n", encoding="utf-8")
    result = empty("faq", "import", ".")
    assert "merged  how-do-i-start  a.txt:1 + b.txt:1" in result.out
    assert result.out.endswith("1 new, 0 changed, 0 unchanged, 1 merged\n")


def test_what_moderators_edited_is_kept_and_told(faqbot: Commands, faq_file: Path) -> None:
    faqbot("faq", "edit", "freeze-web", "--set", "answer=Ours.")
    faq_file.write_text(FAQ.replace("Log in and", "First log in and"), encoding="utf-8")
    result = faqbot("faq", "import", "faq.yaml")
    assert "conflict  freeze-web  faq.yaml:8: edited here, so it stays: answer" in result.out
    assert "Ours." in faqbot("faq", "show", "freeze-web").out


def test_entries_of_another_source_are_not_replaced(empty: Commands, faq_file: Path) -> None:
    assert empty("faq", "import", "faq.yaml", "--source", "wiki").code == 0
    result = empty("faq", "import", "faq.yaml")
    assert result.code == 2
    assert result.err.startswith(
        "faq.yaml:1: id: the id 'freeze-app' is that of an entry that was imported from the so"
    )
    assert empty("faq", "import", "faq.yaml", "--source", "wiki").code == 0


def test_the_pack_is_there(empty: Commands) -> None:
    assert empty("faq", "import", "--pack").out.endswith("124 new, 0 changed, 0 unchanged, 0 merged\n")


def test_entries_are_for_everybody_unless_they_say_otherwise(empty: Commands, faq_file: Path) -> None:
    empty("faq", "import", "faq.yaml", "--audience", "internal")
    assert "internal" in empty("faq", "show", "freeze-web").out
    assert empty("ask", "How do I freeze my account on the website?").code == 3


@pytest.mark.parametrize(
    ("arguments", "what"), [((), "there is nothing to import"), (("--pack", "faq.yaml"), "--pack and files together")]
)
def test_it_needs_files_or_the_pack(empty: Commands, arguments: tuple[str, ...], what: str) -> None:
    result = empty("faq", "import", *arguments)
    assert result.code == 2
    assert result.err == (f"faqbot faq import: {what}; give PATH…, or --pack for the FAQ that ships with the bot\n")


def test_all_mistakes_are_told_and_nothing_is_written(empty: Commands, faq_file: Path) -> None:
    Path("empty.yaml").touch()
    Path("latin.yaml").write_bytes("- id: café\n".encode("cp1252"))
    Path("cut.yaml").write_bytes(FAQ.encode("utf-16")[:-1])
    Path("bomb.yaml").write_text("- &a [x]\n- &b [*a, *a]\n", encoding="utf-8")
    Path("twice.yaml").write_text(
        "- id: freeze-app\n  question: Another?\n  answer: Yes.\n"
        "- id: other\n  question: WD fee!\n  answer: Yes.\n"
        "- id: third\n  question: A third?\n  answer: Yes.\n  colour: red\n",
        encoding="utf-8",
    )
    result = empty("faq", "import", "missing.yaml", ".")
    assert (result.code, result.out) == (2, "")
    expected = [
        "missing.yaml: there is no such file or folder; check the path",
        "bomb.yaml:1: the anchor &a is not allowed",
        "bomb.yaml:2: the alias *a is not allowed",
        "cut.yaml: the file begins as UTF-16-LE but breaks at byte",
        "empty.yaml: the file is empty",
        "latin.yaml:1: the file is not UTF-8: byte 0xE9 cannot stand here, and it may be Windows-1252 or Windows-1250;",
        "twice.yaml:10: colour: there is no such field; use one of id,",
        "twice.yaml:1: id: the id 'freeze-app' is already that of faq.yaml:1",
        "twice.yaml:4: question: 'WD fee!' is already a phrasing of 'withdrawal-fees' (faq.yaml:12); keep it on one",
    ]
    lines = iter(result.err.splitlines())
    assert all(any(line.startswith(start) for line in lines) for start in expected), result.err
    assert len(empty("faq", "list").out.splitlines()) == 1
