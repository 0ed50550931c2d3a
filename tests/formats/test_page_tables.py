"""Read tables of questions and answers in Markdown and in web pages, and leave other tables where they are."""

import pytest

from bot.core.models import Status
from bot.formats import Record
from tests.formats.sound import document_of, pairs


def table(*rows: str) -> str:
    head, *others = (f"| {row} |\n" for row in rows)
    return head + "|" + "---|" * rows[0].count(" | ") + "---|\n" + "".join(others)


NAMED = table("Question | Answer", "How? | So \\| so.<br>And **so**.", "Spare keys | Ask [Ann][a].")


def test_a_table_of_questions_and_answers_in_markdown_is_read_with_the_title_above_it() -> None:
    page = f"# FAQ\n\n## Why?\n\nThus.\n\n## Keys\n\n{NAMED}\n\n[a]: https://a.test\n"
    document = document_of(page)
    assert pairs(page) == {
        "How?": "So | so.\nAnd **so**.",
        "Spare keys": "Ask [Ann](https://a.test).",
        "Why?": "Thus.",
    }
    found = {record.question: (record.line, record.category) for record in document.records}
    assert found == {"How?": (11, "Keys"), "Spare keys": (12, "Keys"), "Why?": (3, None)}


@pytest.mark.parametrize("head", ["F | A", "User asks | We say", "**Вопрос** | **Ответ**", "No. | Question | Answer"])
def test_the_columns_of_a_table_in_a_page_are_known_in_other_words(head: str) -> None:
    rows = ["1 | How? | So.", "2 | Why? | Thus."] if head.startswith("No") else ["How? | So.", "Why? | Thus."]
    head = head.replace("F |", "Frage |").replace("| A", "| Antwort") if head == "F | A" else head
    assert pairs(f"# FAQ\n\n{table(head, *rows)}") == {"How?": "So.", "Why?": "Thus."}


@pytest.mark.parametrize("head", [" | ", "In short | What to do", "Who? | Ann."])
def test_a_table_whose_first_column_asks_is_one_of_questions(head: str) -> None:
    found = pairs(f"# Cheat sheet\n\n{table(head, 'How? | So.', 'Why? | Thus.')}")
    assert found == {"How?": "So.", "Why?": "Thus."} | ({"Who?": "Ann."} if head.startswith("Who") else {})


@pytest.mark.parametrize(
    "rows",
    [
        ("Question | Answer", "Small | 3 euros", "Large | 5 euros"),
        ("Name | Description", "Small | 3 euros", "Large | 5 euros"),
        ("Name | Owner", "How? | Ann", "Why? | Ben"),
        (" | ", "How? | So."),
        (" | | ", "How? | So. | Ann", "Why? | Thus. | Ben"),
        (" | ", "How? | So.", "Spare keys | Ann."),
    ],
)
def test_a_table_in_an_answer_stays_there(rows: tuple[str, ...]) -> None:
    written = table(*rows)
    (answer,) = pairs(f"# FAQ\n\n## What is there?\n\nThis:\n\n{written}\n").values()
    assert written.strip().split("\n")[-1].strip() in answer


def test_a_table_of_other_things_below_a_title_that_states_is_no_table_of_questions() -> None:
    document = document_of(f"# FAQ\n\n## How?\n\nSo.\n\n## Prices\n\n{table('Name | Description', 'A | b')}")
    assert "A | b" in "".join(document.records[-1].passages)


def test_a_table_in_a_fold_has_its_summary_as_category() -> None:
    fold = f"<details>\n<summary>Keys</summary>\n\n{NAMED}\n</details>\n"
    code = "```\n<details>\n```\n"
    other = f"<details><summary>Who?</summary>\n\nAnn.\n\n</details>\n\n{code}\n"
    document = document_of(f"# FAQ\n\n{other}{fold}")
    assert {each.question: each.category for each in document.records if each.question != "Who?"} == {
        "How?": "Keys",
        "Spare keys": "Keys",
    }


def test_a_table_in_a_fold_that_asks_is_its_answer() -> None:
    fold = f"<details>\n<summary>What is there?</summary>\n\n{table('Question | Answer', 'Small | 3')}\n</details>\n"
    assert list(pairs(f"# FAQ\n\n{fold}")) == ["What is there?"]


def test_what_the_top_of_a_page_says_holds_for_its_tables() -> None:
    top = "---\nlang: de\ndraft: true\nurl: https://a.test/b\nexpires: 2027-01-01\ncategory: Schl\u00fcssel\n---\n"
    first, second = document_of(f"{top}# FAQ\n\n{NAMED}").records
    said = (first.locale, first.status, first.source.url, str(first.valid_until), first.category)
    assert said == ("de", Status.DRAFT, "https://a.test/b", "2027-01-01", "Schl\u00fcssel")
    assert second.status is Status.DRAFT


def test_a_page_that_is_one_entry_keeps_its_table() -> None:
    assert list(pairs(f"---\ntitle: What is there?\n---\n\n{NAMED}\n\n[a]: https://a.test\n")) == ["What is there?"]
    assert list(pairs(f"---\naliases: [keys]\n---\n# Keys\n\n{NAMED}\n\n[a]: https://a.test\n")) == ["Keys"]


def test_columns_of_a_table_in_a_page_are_read_as_in_a_spreadsheet() -> None:
    page = table("Question | Answer | Category | Status", "How? | So. | Keys | draft", "Why? | | Keys | live")
    document = document_of(f"# FAQ\n\n{page}")
    assert [(each.question, each.category, each.status) for each in document.records] == [
        ("How?", "Keys", Status.DRAFT)
    ]
    assert [each.problem.what for each in document.doubtful] == ["this question has no answer"]


def web(body: str) -> str:
    return f"<!doctype html><html><body>{body}</body></html>"


def records(body: str) -> list[Record]:
    document = document_of(web(body), "a.html")
    assert document.doubtful == ()
    return list(document.records)


def test_a_table_of_questions_and_answers_in_a_web_page_is_read() -> None:
    rows = "<tr><td>How <i>so</i>?</td><td><p>So:</p><ul><li>one</li><li>two</li></ul></td></tr>"
    found = records(
        "<h1>FAQ</h1><h2>Keys</h2><table><tr><th>Question</th><th>Answer</th></tr>"
        f"{rows}</table><h3>Why?</h3><p>Thus.</p>"
    )
    assert {each.question: (each.passages, each.category) for each in found} == {
        "How so?": (("So:\n\n- one\n- two",), "Keys"),
        "Why?": (("Thus.",), "Keys"),
    }


def test_a_cell_that_spans_rows_is_in_each_of_them() -> None:
    head = "<tr><th>Topic</th><th>Question</th><th>Answer</th></tr><tr></tr>"
    first = "<tr><td rowspan=3>Keys</td><td>How?</td><td rowspan='2'>So.</td></tr>"
    found = records(f"<table>{head}{first}<tr><td>Why?</td></tr><tr><td>Who?</td><td>A</td></tr></table>")
    assert [(each.category, each.question, each.passages) for each in found] == [
        ("Keys", "How?", ("So.",)),
        ("Keys", "Why?", ("So.",)),
        ("Keys", "Who?", ("A",)),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<h3>What is there?</h3><p>So:</p><table><tr><td>Name</td></tr><tr><td>A</td><td>b</td></tr></table>",
        "<details><summary>What is there?</summary><table><tr><th>Q</th><th>A</th></tr><tr><td>b?</td></tr></table>",
        "<h3>What is there?</h3><table><tr><td>A</td><td>b<table><tr><td>c</td></tr></table></td></tr></table>",
        "<h3>What is there?</h3><p>b</p><table></table>",
    ],
)
def test_other_tables_of_a_web_page_stay_where_they_are(body: str) -> None:
    (record,) = records(body)
    assert record.question == "What is there?"
    assert "b" in record.passages[0]
