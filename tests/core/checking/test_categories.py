"""Show that entries are filed by the words of categories, where these tell."""

from dataclasses import replace

import pytest

from bot.core.checking.categories import categories_of, uncategorised
from bot.core.checking.findings import Checked
from bot.core.models import Entry

FEES = Entry(id="fees", question="What are the fees?", answer="None.", category="Fees")
NAMES = ("Account & Login", "Account & Fees", "Trading")


def offered(question: str, *names: str) -> str | None:
    """Return what is said of an entry without a category."""
    entry = replace(FEES, id="a", question=question, category=None)
    found = list(uncategorised([Checked(entry=entry), Checked(entry=FEES)], names))
    return found[0].what if found else None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("I cannot log in", "Account & Login"),
        ("When can I trade?", "Trading"),
        ("Is my account safe?", None),
        ("Can I trade when logged in?", None),
        ("Where is my order?", None),
    ],
)
def test_a_category_is_offered_where_one_alone_is_spoken_of(question: str, name: str | None) -> None:
    said = offered(question, *NAMES)
    assert (said is None) if name is None else (said is not None and f"'{name}'" in said)


def test_with_one_category_nothing_is_offered() -> None:
    assert offered("Why is there a fee?") is None


def test_a_run_goes_on_where_a_question_tells_nothing() -> None:
    questions = ["How do I log in?", "It says no.", "The login fails", "How do I trade?", "Fee?"]
    names = ["Login", "Trading", "Fees"]
    assert categories_of(questions, names) == ["Login", "Login", "Login", "Trading", "Fees"]
    assert categories_of(["How do I trade?", "Why?", "Who?"], names) == [None, None, None]
    assert categories_of([], names) == []
