"""`faqbot faq import`: what a dry run shows, and how edits and missing entries are settled."""

import subprocess
import sys
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest

from bot.cli.entry_changes import word_diff
from tests.cli.commands import Commands, environment
from tests.cli.conftest import FAQ


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Ask Jo now.", "Ask Kim now.", "Ask [-Jo-]{+Kim+} now."),
        ("Ask.", "", "[-Ask.-]"),
        ("One\ntwo", "One\ntwo\nthree", "One ⏎ two{+ ⏎ three+}"),
        ("a " * 40 + "old" + " b" * 40, "a " * 40 + "new" + " b" * 40, f"… {'a ' * 6}[-old-]{{+new+}}{' b' * 6} …"),
    ],
)
def test_a_change_is_shown_word_by_word(before: str, after: str, shown: str) -> None:
    found = "".join(text for text, _ in word_diff(before, after))
    assert " ".join(found.split()) == " ".join(shown.split())


def test_a_dry_run_shows_words_and_past_questions(faqbot: Commands, faq_file: Path) -> None:
    faqbot("ask", "How do I freeze my account on the website?")
    faq_file.write_text(FAQ.replace("Log in and", "First log in and"), encoding="utf-8")
    result = faqbot("faq", "import", "faq.yaml", "--dry-run")
    assert "changed freeze-web (faq.yaml:8)" in result.out
    assert "{+First" in result.out
    assert "past question" in result.err
    assert "First" not in faqbot("faq", "show", "freeze-web").out


def test_a_dry_run_ends_with_past_questions_and_that_nothing_was_written(
    faqbot: Commands, faq_file: Path, folder: Path, sqlite_url: str
) -> None:
    faqbot("ask", "How do I freeze my account on the website?")
    faq_file.write_text(FAQ.replace("Log in and", "First log in and"), encoding="utf-8")
    command = [sys.executable, "-m", "bot", "faq", "import", "faq.yaml", "--dry-run"]
    env = environment(FAQBOT_DATABASE_URL=sqlite_url)
    done = subprocess.run(command, cwd=folder, env=env, stdout=PIPE, stderr=STDOUT, check=True)  # noqa: S603  # ours
    *_, asked, ending = done.stdout.decode().splitlines()
    assert ("past question" in asked, ending) == (True, "Nothing was written.")


def test_a_dry_run_shows_whose_answer_changes(faqbot: Commands, faq_file: Path) -> None:
    more = "  answers:\n    - {region: EU, answer: Write to us.}\n- id: freeze-web"
    faq_file.write_text(FAQ.replace("- id: freeze-web", more), encoding="utf-8")
    assert "answers: {+EU ⏎ Write to us.+}\n" in faqbot("faq", "import", "faq.yaml", "--dry-run").out


def test_conflicts_are_shown_and_settled(faqbot: Commands, faq_file: Path) -> None:
    faqbot("faq", "edit", "freeze-web", "--set", "answer=Ours.")
    faq_file.write_text(FAQ.replace("Log in and", "First log in and"), encoding="utf-8")
    shown = faqbot("faq", "import", "faq.yaml", "--dry-run")
    assert "[-Ours.-]" in shown.out
    assert "--theirs" in shown.err
    assert "conflict" in faqbot("faq", "import", "faq.yaml", "--ours").out
    assert faqbot("faq", "history", "freeze-web").out.splitlines()[-1].split()[-3:] == ["edits", "kept", "import"]
    assert "conflict" not in faqbot("faq", "import", "faq.yaml").out
    assert faqbot("faq", "import", "faq.yaml", "--theirs").code == 0
    faqbot("faq", "edit", "freeze-web", "--set", "answer=Ours again.")
    faqbot("faq", "import", "faq.yaml", "--ours")
    faqbot("faq", "revert", "freeze-web", "--yes")
    assert "answer      First log in and" in faqbot("faq", "show", "freeze-web").out


def test_missing_entries_of_a_source_are_named_and_pruned(empty: Commands, faq_file: Path) -> None:
    empty("faq", "import", "faq.yaml", "--source", "wiki")
    faq_file.write_text(FAQ[: FAQ.index("- id: staff-approvals")], encoding="utf-8")
    named = empty("faq", "import", "faq.yaml", "--source", "wiki")
    assert "gone  staff-approvals  not in the source any more" in named.out
    assert "--prune" in named.err
    assert "retired  staff-approvals" in empty("faq", "import", "faq.yaml", "--source", "wiki", "--prune").out
    assert "retired" in empty("faq", "show", "staff-approvals").out


@pytest.mark.parametrize("options", [["--prune"], ["--theirs", "--ours"]])
def test_ways_that_make_no_sense_are_refused(empty: Commands, faq_file: Path, options: list[str]) -> None:
    result = empty("faq", "import", "faq.yaml", *options)
    assert (result.code, len(result.err.splitlines())) == (2, 1)


def test_columns_can_be_named_by_hand(empty: Commands) -> None:
    Path("a.csv").write_text("Thema;Was\nPasswort?;Klicken.\n", encoding="utf-8")
    assert empty("faq", "import", "a.csv").code == 2
    assert "1 new" in empty("faq", "import", "a.csv", "--map", "question=Thema,answer=Was").out
    assert "--map" in empty("faq", "import", "a.csv", "--map", "colour=Thema").err


@pytest.mark.parametrize("mapping", ["question=Thema,question=Was", "question=Thema,answer=Thema"])
def test_a_field_or_a_column_that_is_named_twice_is_refused(empty: Commands, mapping: str) -> None:
    Path("a.csv").write_text("Thema;Was\nPasswort?;Klicken.\n", encoding="utf-8")
    result = empty("faq", "import", "a.csv", "--map", mapping)
    assert (result.code, "twice; name each once" in result.err) == (2, True)


def test_past_questions_are_not_tried_with_more_entries_than_that_takes_no_time_for(empty: Commands) -> None:
    rows = "".join(f"What is word number {at}?,It is {at}.\n" for at in range(501))
    Path("a.csv").write_text(f"question,answer\n{rows}", encoding="utf-8")
    result = empty("faq", "import", "a.csv", "--dry-run")
    assert "Past questions were not tried, since more than 500 entries would change." in result.err
