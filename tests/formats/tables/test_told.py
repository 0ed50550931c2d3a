"""Read tables and exports whose columns, states and rows say in other words what they are."""

import json

import pytest

from bot.core.models import Status
from bot.formats import Document
from bot.formats.reading import read, together
from tests.formats.tables.workbooks import workbook


def questions(document: Document) -> list[str]:
    return [record.question for record in document.records]


def doubts(document: Document) -> list[tuple[int | None, str]]:
    return [(each.problem.line, each.problem.what) for each in document.doubtful]


@pytest.mark.parametrize(
    "head",
    [
        "User asks,We say",
        "If the customer asks…,…we answer",
        "Kunde fragt,Wir antworten",
        "Le client demande,On répond",
        "Article Title,Article Body",
    ],
)
def test_columns_that_say_who_speaks_are_known(head: str) -> None:
    document = read("a.csv", f"{head}\nHow?,So.\n".encode())
    assert questions(document) == ["How?"]


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ("Article Title,Views", "the question or the answer"),
        ("Internal: we say,Question", "the answer"),
        (f"What the {'very ' * 8}good users ask in short,Answer", "the question"),
    ],
)
def test_other_names_are_not_guessed(head: str, missing: str) -> None:
    (problem,) = read("a.csv", f"{head}\nHow much,7\n".encode()).problems
    assert problem.what.startswith(f"no column is known as {missing}")


def test_numbers_of_an_unknown_program_are_no_status() -> None:
    document = read("a.csv", b"Question,Answer,Status\nHow?,So.,2\nWhy?,Thus.,1\nWho?,Ann.,draft\n")
    assert doubts(document) == [(2, "'2' is not known here"), (3, "'1' is not known here")]
    assert [record.status for record in document.records] == [Status.DRAFT]


def test_a_row_of_sums_is_no_entry() -> None:
    document = read("a.csv", b"Question,Answer\nHow?,So.\nTotal,2\nTotal?,All of it.\n")
    assert questions(document) == ["How?", "Total?"]
    assert doubts(document) == [(3, "this row seems to count the others")]


def test_headings_above_repeated_names_of_columns_are_categories() -> None:
    rows = [("Topic: Delivery",), ("Q", "A"), ("How?", "So."), ("Payment",), ("Q", "A"), ("Why?", "Thus.")]
    document = read("a.xlsx", workbook({"FAQ": rows}))
    assert [(each.question, each.category) for each in document.records] == [("How?", "Delivery"), ("Why?", "Payment")]


def test_a_title_above_one_table_is_no_category() -> None:
    document = read("a.xlsx", workbook({"FAQ": [("Our help",), ("Q", "A"), ("How?", "So.")]}))
    assert [each.category for each in document.records] == [None]


def test_what_qnabot_says_by_itself_is_in_doubt() -> None:
    own = [("WelcomeMessage", "hello"), ("Feedback.001", "Thumbs up")]
    items = [{"qid": qid, "type": "qna", "q": [asked], "a": "Hi!"} for qid, asked in [*own, ("A.1", "How?")]]
    document = read("a.json", json.dumps({"qna": items}).encode())
    assert questions(document) == ["How?"]
    assert [each.record and each.record.question for each in document.doubtful] == ["hello", "Thumbs up"]


def test_articles_of_freshdesk_are_known_by_their_states() -> None:
    article = {"title": "How?", "description": "<p>So.</p>", "folder_id": 3, "status": 2}
    folder = {"type": "folder", "data": {"name": "Orders"}}
    articles = [{**article, "hierarchy": [{}, folder]}, {**article, "title": "Why?", "status": 1, "hierarchy": None}]
    document = read("a.json", json.dumps(articles).encode())
    found = [(each.question, each.category, each.status) for each in document.records]
    assert found == [("How?", "Orders", Status.PUBLISHED), ("Why?", None, Status.DRAFT)]


def test_one_section_on_one_line_names_the_category_of_articles() -> None:
    articles = [{"title": "How?", "body": "So.", "section_id": 5}, {"title": "Why?", "body": "Thus.", "section_id": 5}]
    lines = "\n".join(map(json.dumps, articles)).encode()
    section = read("sections.jsonl", json.dumps({"id": 5, "name": "Plans", "category_id": 1}).encode())
    document, *_ = together([read("articles.jsonl", lines), section])
    assert [record.category for record in document.records] == ["Plans", "Plans"]


def test_all_that_is_wrong_in_json_lines_is_told_at_once() -> None:
    lines = ['{"question": "How?", "answer": "So."}', '{"question":', '{"question": "Why?", "answr": "Thus."}']
    lines += ['{"question": "' + "x" * 400 + '", "answer": "So."}']
    document = read("a.jsonl", "\n".join(lines).encode())
    assert document.records == ()
    assert [each.line for each in document.problems] == [2, 4]
    assert doubts(document) == [(3, "this question has no answer")]


def test_an_embed_that_a_bot_makes_of_a_tag_is_in_doubt() -> None:
    tags = [{"name": "roles", "content": '{embed:{"title": "Roles"}}', "uses": 1}, {"name": "ip", "content": "Here."}]
    document = read("a.json", json.dumps(tags).encode())
    assert questions(document) == ["ip"]
    assert len(document.doubtful) == 1


def test_all_ways_to_ask_may_stand_under_one_key() -> None:
    lines = [{"utterances": ["How?", "how so"], "response": "So."}, {"utterances": "Why?", "response": "Thus."}]
    document = read("a.jsonl", "\n".join(map(json.dumps, lines)).encode())
    assert [(each.question, each.aliases) for each in document.records] == [("How?", ("how so",))]


def test_an_instruction_about_a_text_beside_it_is_in_doubt() -> None:
    lines = [{"instruction": "How?", "input": "", "output": "So."}, {"instruction": "Why", "input": "x", "output": "y"}]
    document = read("a.jsonl", "\n".join(map(json.dumps, lines)).encode())
    assert questions(document) == ["How?"]
    assert doubts(document) == [(2, "the answer is about a text that stands beside the question")]


def test_rows_of_a_database_of_tags_have_their_name_as_question() -> None:
    tags = [{"guild_id": "1", "tag_name": "faq-ip", "tag_content": "Here."}]
    (record,) = read("a.json", json.dumps(tags).encode()).records
    assert (record.question, record.passages) == ("faq ip", ("Here.",))


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_that_breaks_off_is_refused_at_its_last_row(delimiter: str) -> None:
    rows = ["Question,Answer,Topic", "How?,So.,Keys", "Why?,Thus.,Keys", "Who?,An"]
    document = read("a.csv", "\n".join(rows).replace(",", delimiter).encode())
    assert [(each.line, each.what) for each in document.problems] == [
        (4, "the file breaks off here: the row has 2 of 3 cells")
    ]


@pytest.mark.parametrize("end", ["\n", ",Keys", "\nWhen?"])
def test_a_short_row_in_a_table_that_is_whole_is_read(end: str) -> None:
    rows = ["Question,Answer,Topic", "How?,So.,Keys", "Why?,Thus.,Keys", "Who?,Ann."]
    document = read("a.csv", ("\n".join(rows) + end).encode())
    assert questions(document) == ["How?", "Why?", "Who?"]
    assert document.problems == ()


@pytest.mark.parametrize(
    "head",
    [
        "Fr\u00e5ga;Svar;\u00c4mne",
        "Sp\u00f8rgsm\u00e5l;Svar;Emne",
        "Kysymys;Vastaus;Aihe",
        "Ot\u00e1zka;Odpov\u011b\u010f;T\u00e9ma",
        "K\u00e9rd\u00e9s;V\u00e1lasz;Kateg\u00f3ria",
        "\u041f\u0438\u0442\u0430\u043d\u043d\u044f;\u0412\u0456\u0434\u043f\u043e\u0432\u0456\u0434\u044c;\u0420\u043e\u0437\u0434\u0456\u043b",
        "\uc9c8\ubb38;\ub2f5\ubcc0;\ubd84\ub958",
        "\u0627\u0644\u0633\u0624\u0627\u0644;\u0627\u0644\u062c\u0648\u0627\u0628;\u0627\u0644\u0642\u0633\u0645",
    ],
)
def test_columns_are_known_in_further_languages(head: str) -> None:
    (record,) = read("a.csv", f"{head}\nHow?;So.;Keys\n".encode()).records
    assert (record.question, record.passages, record.category) == ("How?", ("So.",), "Keys")


def test_what_is_not_validated_and_what_is_archived_is_not_live() -> None:
    document = read("a.csv", "Question;R\u00e9ponse;Valid\u00e9 ?\nHow?;So.;oui\nWhy?;Thus.;non\n".encode())
    assert [record.status for record in document.records] == [Status.PUBLISHED, Status.DRAFT]
    article = {"title": "How?", "body": "So.", "section_id": 1, "archived": True}
    (record,) = read("a.json", json.dumps({"articles": [article]}).encode()).records
    assert record.status is Status.RETIRED


def test_names_of_columns_tell_the_language_where_only_one_has_them() -> None:
    heads = ["Fr\u00e5ga;Svar", "K\u00e9rd\u00e9s;V\u00e1lasz", "Question;Svar"]
    assert [read("a.csv", f"{head}\nXL?;42\n".encode()).language for head in heads] == ["sv", "hu", None]


@pytest.mark.parametrize(
    ("head", "status"),
    [("post_title,post_content,post_status", "trash"), ("Short description,Article body,Workflow", "Retired")],
)
def test_exports_of_content_systems_are_known(head: str, status: str) -> None:
    document = read("a.csv", f"{head}\nHow?,<!-- wp:p --><p>So.</p>,publish\nWhy?,Thus.,{status}\n".encode())
    found = [(each.question, each.passages, each.status) for each in document.records]
    assert found == [("How?", ("So.",), Status.PUBLISHED), ("Why?", ("Thus.",), Status.RETIRED)]


def test_words_that_end_in_the_german_for_question_and_answer_are_names() -> None:
    document = read("a.csv", b"Thema;Leserfrage;Standardantwort\nA;XL?;42\n")
    assert questions(document) == ["XL?"]
    (problem,) = read("a.csv", b"Umfrage;Standardantwort\nXL;42\n").problems
    assert problem.what.startswith("no column is known as the question")
