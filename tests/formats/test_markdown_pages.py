"""Read what the top of a Markdown page says of its entries."""

import pytest

from bot.core.models import Status
from bot.formats.reading import read

PAGE = "---\ntitle: How do we lift a freeze?\n{field}\n---\nIn the back office.\n"


@pytest.mark.parametrize(
    ("field", "status"),
    [
        ("audience: internal", Status.DRAFT),
        ("visibility: staff", Status.DRAFT),
        ("audience: reviewers of cards", Status.DRAFT),
        ("public: false", Status.DRAFT),
        ("internal: true", Status.DRAFT),
        ("draft: true", Status.DRAFT),
        ("audience: public", None),
        ("public: yes", None),
    ],
)
def test_what_is_not_marked_for_everybody_does_not_go_live(field: str, status: Status | None) -> None:
    document = read("page.md", PAGE.format(field=field).encode(), folder="")
    assert [record.status for record in document.records] == [status]
    assert document.problems == ()


@pytest.mark.parametrize(
    ("top", "question"),
    [
        ("+++\ntitle = 'How do we lift a freeze?'\ntags = ['card']\ndraft = false\n+++", "How do we lift a freeze?"),
        ("+++\ntitle = How do we lift a freeze?\n+++", "How do we lift a freeze?"),
        ("---\ntitle: How do we lift it: a freeze?\n---", "How do we lift it: a freeze?"),
        ("---\ntitle: How do we lift a freeze?\n...", "How do we lift a freeze?"),
        ("---\ntitle: How do we lift a freeze?\nowner:\nseo:\n  title: Freeze\n---", "How do we lift a freeze?"),
        ("---\ntitle: How do we lift a freeze?\n", "How do we lift a freeze?"),
        ("---\nIn short\n---\n# How do we lift a freeze?", "How do we lift a freeze?"),
    ],
)
def test_the_title_is_the_question_however_the_fields_are_written(top: str, question: str) -> None:
    (record,) = read("page.md", f"{top}\n\nIn the back office.\n".encode(), folder="").records
    assert (record.question, record.passages) == (question, ("In the back office.",))
