"""Read tables and JSON of people and programs with other habits."""

from typing import Any

import pytest

from bot.formats import Record
from bot.formats.reading import read, together


def records(name: str, content: str | bytes) -> list[Record]:
    """Return the records of a file with nothing wrong in it."""
    documents = together([read(name, content if isinstance(content, bytes) else content.encode())])
    assert [problem for document in documents for problem in document.problems] == []
    return [record for document in documents for record in document.records]


@pytest.mark.parametrize(
    ("head", "row", "wanted"),
    [
        ("Domanda;Risposta;Sinonimi", "Come?;Così.;in che modo|come mai", {"aliases": ("in che modo", "come mai")}),
        (
            "Variantes de la question;Question;Réponse",
            "et pourquoi;Pourquoi ?;Parce que.",
            {"aliases": ("et pourquoi",)},
        ),
        ("Vraag;Antwoord;Rubriek", "Hoe?;Zo.;Winkel", {"category": "Winkel"}),
        ("Soru,Cevap,Kategori", "Ne?,Böyle.,Hesap", {"category": "Hesap"}),
        ("Pytanie|Odpowiedź|Kategoria", "Jak?|Tak.|Konto", {"category": "Konto"}),
        ("问题,答案,分类", "如何?,这样,账户", {"category": "账户"}),
        ("質問\t回答\t別名", "いつ?\t今\tどの日", {"aliases": ("どの日",)}),
        ("Q#,Q,A", "1,Q: What?,A: That.", {"question": "What?", "passages": ("That.",)}),
        ("question_2,Question,Answer", "in what way,How?,So.", {"question": "in what way", "aliases": ("How?",)}),
        ("ID,Question,Answer", "FAQ_07,How?,So.", {"id": "faq-07"}),
        ("ID,Question,Answer", "12.0,How?,So.", {"id": "12"}),
        (
            "Question,Answer,Aliases",
            'How?,So.,"a way, the way, which way"',
            {"aliases": ("a way", "the way", "which way")},
        ),
        ("Question,Answer,Views,Link", 'How?,So.,"1,204",n/a', {"question": "How?"}),
        ("Question,Answer", "How?,<p>So <b>it</b> is</p>", {"passages": ("So **it** is",)}),
        ("Question,Answer", "How?,Write `<br>` there", {"passages": ("Write `<br>` there",)}),
        ("Question,Answer", "**How**?,So &amp; so", {"question": "How?", "passages": ("So & so",)}),
    ],
)
def test_the_columns_are_known(head: str, row: str, wanted: dict[str, Any]) -> None:
    (record,) = records("a.csv", f"{head}\n{row}\n")
    assert {name: getattr(record, name) for name in wanted} == wanted


def test_unicode_text_of_a_spreadsheet_is_a_table() -> None:
    (record,) = records("a.txt", "Question\tAnswer\r\nHow, exactly?\tSo\r\n".encode("utf-16"))
    assert (record.question, record.passages) == ("How, exactly?", ("So",))


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ('[{"tagname": "a-b", "content": "Text", "aliases": "x, y"}]', ("a b", "Text", ("x", "y"))),
        (
            '{"commands": {"faq": {"response": "Hi {author.mention}!\\nRead.", "author": {"id": 1}}}}',
            ("faq", "Hi\nRead.", ()),
        ),
        ('[{"tag": "t", "patterns": ["How?", "how"], "responses": ["So."]}]', ("How?", "So.", ("how",))),
        (
            '{"messages": [{"role": "user", "content": "How?"}, {"role": "assistant", "content": "So."}]}',
            ("How?", "So.", ()),
        ),
        ('{"mainEntity": [{"name": "How?", "acceptedAnswer": {"text": "<p>So</p>"}}]}', ("How?", "So", ())),
        ('{"data": [{"id": 1, "attributes": {"question": "How?", "answer": "So."}}]}', ("How?", "So.", ())),
        (
            '{"Assets": {"Qnas": [{"Id": 1, "Answer": "So.", "Source": "x", "Questions": ["How?", "how"]}]}}',
            ("How?", "So.", ("how",)),
        ),
        ('[["How?", "So."]]', ("How?", "So.", ())),
        ('{"How?": "So."}', ("How?", "So.", ())),
    ],
)
def test_json_of_many_arrangements_is_read(content: str, wanted: tuple[str, str, tuple[str, ...]]) -> None:
    (record,) = records("a.json", content)
    assert (record.question, record.passages[0], record.aliases) == wanted


def test_translations_within_an_article_are_entries() -> None:
    article = '{"section_id": 2, "title": "T", "body": "B", "locale": "en-us", "draft": false, "translations": '
    content = f'{{"articles": [{article}[{{"locale": "de", "title": "D", "body": "E"}}]}}]}}'
    assert [(each.question, each.locale) for each in records("a.json", content)] == [("T", "en-US"), ("D", "de")]


def test_sections_in_another_file_name_the_categories() -> None:
    articles = b'{"articles": [{"section_id": 2, "title": "T", "body": "B", "locale": "en-us"}]}'
    sections = b'{"sections": [{"id": 2, "name": "Money", "category_id": 1}]}'
    documents = together([read("articles.json", articles), read("sections.json", sections)])
    assert [record.category for document in documents for record in document.records] == ["Money"]
    (problem,) = (each for document in together([read("s.json", sections)]) for each in document.problems)
    assert "only parts" in problem.what


def test_a_story_of_several_turns_tells_what_answers_an_intent() -> None:
    content = """
version: "3.1"
nlu:
- intent: ask_price
  examples: |
    - what does it cost
stories:
- story: a
  steps:
  - intent: greet
  - action: utter_greet
  - intent: ask_price
  - action: utter_costs
responses:
  utter_costs:
  - text: Nothing
"""
    (record,) = records("a.yml", content)
    assert (record.id, record.passages) == ("ask-price", ("Nothing",))
