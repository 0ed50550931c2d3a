"""`faqbot faq check`."""

import json
from pathlib import Path

import pytest

from bot.resources import MODEL, resource
from tests.cli.commands import Commands
from tests.shared import shared

UNSOUND = """\
- id: freeze
  question: How do I freeze my account?
  answer: TODO
- id: fees
  question: What are the fees?
  answer: See http://fees.bakery.test for them, until 5 May 2026.
  review_by: 2026-01-31
"""


@pytest.fixture
def unsound(folder: Path) -> Path:
    """Return a file with entries that have faults."""
    path = folder / "unsound.yaml"
    path.write_text(UNSOUND, "utf-8")
    return path


def test_a_sound_store_is_clean(faqbot: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_LINK_DOMAINS", "example.com")
    found = faqbot("faq", "check", "--strict")
    assert (found.code, found.out) == (0, "4 entries checked: 0 errors, 0 warnings, 0 notes\n")


def test_what_is_wrong_with_files_is_told_with_its_place(empty: Commands, unsound: Path) -> None:
    found = empty("faq", "check", str(unsound))
    told = [line.replace(str(unsound), "FILE") for line in found.out.splitlines()]
    assert told[0] == "error: FILE:1: freeze: answer: 'TODO' is a placeholder; write what belongs there [placeholder]"
    assert [(line.split(": ")[0], line.split(": ")[3], line.split(" [")[1]) for line in told[1:-1]] == [
        ("warning", "answer", "link]"),
        ("warning", "review_by", "overdue]"),
        ("warning", "answer", "ended]"),
        ("note", "answer", "link]"),
    ]
    assert told[-1] == "2 entries checked: 1 error, 3 warnings, 1 note"
    assert found.code == 12


def test_warnings_fail_only_where_that_is_asked_for(empty: Commands, unsound: Path) -> None:
    unsound.write_text(UNSOUND.replace("TODO", "In the menu."), "utf-8")
    assert empty("faq", "check", str(unsound)).code == 0
    assert empty("faq", "check", str(unsound), "--strict").code == 12


def test_files_that_cannot_be_read_are_findings(empty: Commands, folder: Path) -> None:
    path = folder / "broken.yaml"
    path.write_text("- id: A\n  question: x y\n  answer: z\n", "utf-8")
    found = empty("faq", "check", str(path), str(folder / "nowhere"), "--json")
    assert found.code == 12
    assert [(each["check"], each["place"]) for each in json.loads(found.out)["findings"]] == [
        ("unreadable", f"{path}:1"),
        ("unreadable", str(folder / "nowhere")),
    ]


def test_a_check_of_files_makes_no_database(faqbot: Commands, folder: Path, unsound: Path) -> None:
    faqbot.database = f"sqlite:///{folder / 'never.db'}"
    assert faqbot("faq", "check", str(unsound)).code == 12
    assert not (folder / "never.db").exists()


def test_what_needs_no_person_is_mended(empty: Commands, unsound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_LINK_DOMAINS", "bakery.test")
    empty("faq", "import", str(unsound))
    assert "1 can be mended in the store with: faqbot faq check --fix" in empty("faq", "check").out
    mended = empty("faq", "check", "--fix")
    assert mended.err.splitlines()[0] == "mended fees (version 2)"
    assert "can be mended" not in mended.out
    assert "https://fees.bakery.test" in empty("faq", "show", "fees").out


def test_files_are_not_mended(empty: Commands, unsound: Path) -> None:
    refused = empty("faq", "check", "--fix", str(unsound))
    assert (refused.code, refused.out) == (2, "")
    assert "--fix changes the store, and no files" in refused.err


def test_the_digest_has_a_line_for_it(empty: Commands, unsound: Path) -> None:
    empty("faq", "import", str(unsound))
    told = empty("digest").out.splitlines()[-1]
    assert told == "- 1 error and 2 warnings in the entries; see them with `faqbot faq check`."


@pytest.mark.parametrize(("model", "most"), [(str(MODEL), 2), ("off", 2)])
def test_the_answer_that_stands_under_the_wrong_question_is_found_among_the_seeds(
    empty: Commands, monkeypatch: pytest.MonkeyPatch, model: str, most: int
) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", model)
    found = json.loads(empty("faq", "check", str(shared("seeds")), "--json").out)
    misplaced = [each["entry_id"] for each in found["findings"] if each["check"] == "misplaced-answer"]
    assert found["entries"] == 70
    assert "my-verification-code-expired-what-should-i-do" in misplaced
    assert len(misplaced) <= 1 + most


@pytest.mark.slow
@pytest.mark.timeout(300)  # each of 900 phrasings is asked
def test_the_faq_that_ships_is_clean(empty: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", str(MODEL))
    found = empty("faq", "check", str(resource("faq_data")), "--strict")
    assert (found.code, found.out.splitlines()[0]) == (0, "124 entries checked: 0 errors, 0 warnings, 0 notes")
