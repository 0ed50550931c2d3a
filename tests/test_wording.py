"""Whatever members and moderators read stands in `bot/core/wording`, so that it can be translated in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = [*sorted((ROOT / "bot/adapters").rglob("*.py")), *sorted((ROOT / "bot/chat").rglob("*.py"))]
FILES.append(ROOT / "bot/service/review_channel.py")
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]")
NOT_READ = {
    "bot/adapters/discord/calls.py": "the names that Discord gives permissions, for the log",
    "bot/adapters/discord/messenger.py": "as above",
    "bot/adapters/discord/gate.py": "what operators are told at the start",
    "bot/adapters/discord/serving.py": "as above",
    "bot/adapters/slack/serving.py": "as above",
    "bot/adapters/slack/requests.py": "what is answered to requests that are not Slack's",
    "bot/adapters/slack/showing/dialogs.py": "an error of ours",
    "bot/chat/intake.py": "why a message is given up, for the log",
}
NAMES = ("catch up", "do what was pressed on a home")
"""The names of work, for the log."""


def unread(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what nobody in a chat reads: docstrings, errors, what is logged, names of work, patterns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield node
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if called == "compile" or ast.unparse(node.func).startswith("_log."):
                yield node
            yield from (each.value for each in node.keywords if each.arg in {"name", "extra"})


def sentences(source: str) -> list[str]:
    """Return the literals of a module that look like something to read."""
    tree = ast.parse(source)
    left_out = {id(each) for node in unread(tree) for each in ast.walk(node)}
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in left_out]
    return [each.value for each in literals if isinstance(each.value, str) and SENTENCE.search(each.value)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_it_holds_no_sentence_of_its_own(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in NOT_READ:
        return
    assert [each for each in sentences(path.read_text("utf-8")) if each not in NAMES] == []


def test_what_is_excused_still_has_some() -> None:
    assert [name for name in NOT_READ if not sentences((ROOT / name).read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('button("Read more here")', ["Read more here"]),
        ('f"asked by {name}"', ["asked by "]),
        ('_log.info("it went wrong", extra={"reason": "out of room"})', []),
        ('work.start(step, name="answer a command")', []),
        ('raise ValueError("not a number")', []),
        ('button("Save")', []),
    ],
)
def test_sentences_are_told_from_what_is_logged(source: str, found: list[str]) -> None:
    assert sentences(source) == found
