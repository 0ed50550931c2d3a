"""`faqbot demo`: nine steps, held to what they promise."""

import re
from pathlib import Path

import pytest

from bot.cli import demo
from tests.cli.commands import Commands, spawn
from tests.cli.screens import END, at_terminal

CAPTIONS = [
    "1. A member asks.",
    "2. Typing errors do no harm.",
    "3. Two entries are close, so the bot asks which one is meant.",
    "4. Nothing fits: the bot says so, and keeps the question.",
    "5. Moderators see what had no answer, most askers first.",
    "6. A moderator answers; it is live at once.",
    "7. The same question in other words.",
    "8. Staff ask in an internal channel.",
    "9. A member asks the same: what is internal does not exist there.",
]
WRONG = "This went wrong."


@pytest.mark.slow
def test_it_keeps_every_promise_and_leaves_nothing_behind(folder: Path) -> None:
    (folder / "tmp").mkdir()
    (folder / "own.txt").write_text("password = bug, bounty, program\n", encoding="utf-8")
    own = {
        "TMPDIR": str(folder / "tmp"),
        "FAQBOT_DATABASE_URL": "sqlite:///untouched.db",
        "FAQBOT_SYNONYMS": "own.txt",
        "FAQBOT_MODEL_DIR": "off",
    }
    result = spawn("demo", cwd=folder, variables=own)
    assert (result.code, result.err) == (0, "")
    assert re.findall(r"^\d\. .*$", result.out, re.MULTILINE) == CAPTIONS
    assert WRONG not in result.out
    assert "\x1b" not in result.out
    assert all(len(line) <= 80 for line in result.out.splitlines())
    assert {path.name for path in folder.rglob("*")} == {"tmp", "own.txt"}


@pytest.mark.slow
def test_each_step_shows_what_was_typed_and_the_reply(capsys: pytest.CaptureFixture[str]) -> None:
    steps = re.split(r"^\d\. (?=[A-Z].*[.]$)", Commands(capsys)("demo").out, flags=re.MULTILINE)[1:]
    assert "ana > how do I reset my password\n╭─ How do I get back in after forgetting my password?" in steps[0]
    assert "ben > verificaton code dosnt arive\n╭─ What can I do when a verification code" in steps[1]
    assert "│ Which of these do you mean?" in steps[2]
    assert "╭─ How do I freeze my account in the mobile app? ─" in steps[2]
    assert steps[3].count("I have no answer to that yet.") == 2
    assert re.search(r"^R\d  2 .* do you have a bug bounty\?$", steps[4], re.MULTILINE)
    assert "moderator > faqbot review answer R" in steps[5]
    assert "╭─ do you have a bug bounty? ─" in steps[6]
    assert "The rota is pinned" in steps[7]
    assert "rota" not in steps[8]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "promise"),
    [
        ("GAP", "how do i reset my password?", "no answer"),
        ("GAP_AGAIN", "what is the weather on mars?", "the entry do-you-have-a-bug-bounty"),
        ("STAFF_ENTRY", "contact-support", "the entry contact-support"),
        ("APP", "change-email", "the app or the website to choose from"),
        ("STAFF_ENTRY", "reset-forgotten-password", "the entry reset-forgotten-password"),
    ],
)
def test_it_says_so_when_a_promise_is_broken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str, promise: str
) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", "off")  # quicker
    monkeypatch.setattr(demo, name, value)
    result = Commands(capsys)("demo")
    assert result.code == 1
    assert f"{WRONG} Promised was: {promise}." in result.out
    assert re.fullmatch(r"\d of the steps did not turn out as promised.\n", result.err)


@pytest.mark.slow
def test_it_says_so_when_members_see_what_is_internal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", "off")
    monkeypatch.setattr(demo, "STAFF_ENTRY", "reset-forgotten-password")
    monkeypatch.setattr(demo, "STAFF_QUESTION", "how do i reset my password")
    result = Commands(capsys)("demo")
    assert result.code == 1
    assert f"{WRONG} Promised was: nothing of the internal entry." in result.out


@pytest.mark.slow
def test_at_a_terminal_everybody_may_ask_then(folder: Path) -> None:
    code, screen = at_terminal("demo", cwd=folder, typed=["do you have a bug bounty?\n", END])
    assert code == 0
    after = screen[screen.index("Ask a question; choose by number") :]
    assert "Yes, through Support > Report a bug." in after
