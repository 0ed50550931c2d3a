"""Read tables and JSON of people and programs with other habits."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Audience, Status
from bot.formats import Record
from bot.formats.collecting import with_locales
from bot.formats.reading import read, together
from bot.formats.tables.json_text import JsonObject, parse_json


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
        ("Question,Answer,Aliases", 'How?,So.,"pay bill, payment method"', {"aliases": ("pay bill", "payment method")}),
        ("Frage;Antwort;Synonyme", "Wie?;So.;neuer Zugang, anmelden", {"aliases": ("neuer Zugang", "anmelden")}),
        ("Question,Answer,Aliases", 'How?,So.,"tokens, please explain"', {"aliases": ("tokens, please explain",)}),
        ("Question,Answer,Aliases", 'How?,So.,"no code, what now"', {"aliases": ("no code, what now",)}),
        ("Question,Answer,Views,Link", 'How?,So.,"1,204",n/a', {"question": "How?"}),
        ("Question,Answer", "How?,<p>So <b>it</b> is</p>", {"passages": ("So **it** is",)}),
        (
            "Question,Answer",
            "How?,<p>Choose &lt;b&gt;Pay&lt;/b&gt; and <i>wait</i>.</p>",
            {"passages": ("Choose **Pay** and *wait*.",)},
        ),
        (
            "Question,Answer",
            "How?,<p>Open it.</p>&lt;ul&gt;&lt;li&gt;&lt;a href=&quot;https://a.test/b&quot;&gt;Card&lt;/a&gt;&lt;/li&gt;&lt;/ul&gt;",
            {"passages": ("Open it.\n\n- [Card](https://a.test/b)",)},
        ),
        (
            "Question,Answer",
            "How?,<p>Write <code>&lt;b&gt;x&lt;/b&gt;</code>.</p>",
            {"passages": ("Write `<b>x</b>`.",)},
        ),
        ("Question,Answer", "How?,<p>The tag is &lt;b&gt;x&lt;/b&gt;.</p>", {"passages": ("The tag is <b>x</b>.",)}),
        ("Question,Answer", "How?,<p>Type &lt;br&gt; there.</p>", {"passages": ("Type <br> there.",)}),
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


@pytest.mark.parametrize(
    ("marks", "states"),
    [
        (('"enabled": true', '"enabled": false', '"x": 1'), [None, Status.DRAFT, None]),
        (('"x": 1', '"enabled": false', '"x": 1'), [None, Status.DRAFT, None]),
        (('"enabled": true', '"x": 1', '"enabled": true'), [None, Status.DRAFT, None]),
        (('"public": true', '"public": false', '"x": 1'), [Audience.PUBLIC, Audience.INTERNAL, Audience.INTERNAL]),
    ],
)
def test_a_mark_that_an_object_leaves_out_is_the_usual_one(marks: tuple[str, ...], states: list[object]) -> None:
    objects = (f'{{"question": "How {at}?", "answer": "So {at}.", {mark}}}' for at, mark in enumerate(marks))
    found = records("a.json", f"[{', '.join(objects)}]")
    if "public" in marks[0]:
        assert [record.audience or Audience.PUBLIC for record in found] == states
    else:
        assert [
            record.status and (None if record.status is Status.PUBLISHED else record.status) for record in found
        ] == states


@pytest.mark.parametrize(
    "helper",
    [
        '{"qid": "QNAFreeText", "q": ["QNAFreeText"], "a": "Thank you.", "type": "qna"}',
        '{"qid": "Ask.1", "q": ["QNAFreeText", "free text"], "a": "", "l": "QNA:Free", "elicitResponse": {}}',
        '{"qid": "QNAYesNo", "q": ["yes or no"], "a": "?"}',
    ],
)
def test_what_qnabot_keeps_for_itself_is_no_entry(helper: str) -> None:
    (record,) = records("a.json", f'{{"qna": [{helper}, {{"qid": "A.1", "q": ["How?"], "a": "So."}}]}}')
    assert record.question == "How?"


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("Frage;Antwort;Kategorie\nAPI-Limit?;100;Technik\n", "de"),
        ("Pregunta,Respuesta\nHorario?,9-18\n", "es"),
        ("Question;Réponse\nAPI ?;100\n", "fr"),
        ("Question;Answer\nAPI?;100\n", None),
        ("Frage;Antwort\nWhat is the limit of the API?;It is the number that you see on this page.\n", "en"),
    ],
)
def test_the_names_of_columns_tell_the_language_where_the_text_does_not(content: str, language: str | None) -> None:
    spanish = read("b.csv", "Question,Answer\n¿Cómo puedo pagar mi pedido?,Con una tarjeta de la tienda.\n".encode())
    for others, usual in (([], None), ([spanish], "es")):
        document, *_ = with_locales([read("a.csv", content.encode()), *others])
        assert [record.locale for record in document.records] == [language or usual]


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ('[{"frage": "API-Limit?", "antwort": "100"}]', "de"),
        ('{"Uno": [{"pregunta": "Horario?", "respuesta": "9-18"}]}', "es"),
        ('[{"question": "API?", "answer": "100"}]', None),
        (
            '[{"frage": "What is the limit of the API?", "antwort": "It is the number that you see on this page."}]',
            "en",
        ),
    ],
)
def test_so_do_the_names_of_keys(content: str, language: str | None) -> None:
    (document,) = with_locales([read("a.json", content.encode())])
    assert [record.locale for record in document.records] == [language]


TWO = [("fees", "Preis?", "Nix.", "de"), ("fees-en", "Cost?", "Free.", "en")]
PLAIN_FIRST = [("fees", "Cost?", "Free.", None), ("fees-de", "Preis?", "Nix.", "de")]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"question_de": "Preis?", "answer_de": "Nix.", "question_en": "Cost?", "answer_en": "Free."}', TWO),
        ('{"questionDe": "Preis?", "answerDe": "Nix.", "questionEn": "Cost?", "answerEn": "Free."}', TWO),
        ('{"question": {"de": "Preis?", "en": "Cost?"}, "answer": {"de": "Nix.", "en": "Free."}}', TWO),
        ('{"de": {"question": "Preis?", "answer": "Nix."}, "en": {"question": "Cost?", "answer": "Free."}}', TWO),
        ('{"i18n": {"de": {"q": "Preis?", "a": "Nix."}, "en": {"question": "Cost?", "answer": "Free."}}}', TWO),
        ('{"question": "Cost?", "answer": "Free.", "question_de": "Preis?", "answer_de": "Nix."}', PLAIN_FIRST),
        ('{"question": "Cost?", "answer": "Free.", "de": {"question": "Preis?", "answer": "Nix."}}', PLAIN_FIRST),
    ],
)
def test_each_language_of_an_object_is_an_entry(content: str, found: list[tuple[str, str, str, str | None]]) -> None:
    read_as = records("a.json", f'[{{"id": "fees", "category": "Money", {content[1:]}]')
    assert [(each.id, each.question, *each.passages, each.locale) for each in read_as] == found
    assert {each.category for each in read_as} == {"Money"}


def test_a_key_that_ends_like_a_language_may_be_none() -> None:
    (record,) = records("a.json", '[{"questionId": "7", "question": "How?", "answer": "So.", "answerNo": "2"}]')
    assert (record.question, record.passages, record.locale) == ("How?", ("So.",), None)


def test_columns_without_a_language_are_in_one_of_their_own() -> None:
    table = "id,question,answer,question_de,answer_de\nfees,Cost?,Free.,Preis?,Nix.\nopen,Hours?,9-18,,\n"
    found = [(each.id, each.question, *each.passages, each.locale) for each in records("a.csv", table)]
    assert found == [*PLAIN_FIRST, ("open", "Hours?", "9-18", None)]


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


@given(
    st.recursive(
        st.text(alphabet='{}"\\\n:,[] a', max_size=6),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('{}"\\ a', max_size=4), inner, max_size=3),
        max_leaves=12,
    ),
    st.sampled_from([None, 1]),
)
def test_each_object_knows_its_line(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    parsed, problems = parse_json("a.json", text)
    assert (parsed, problems) == (value, ())
    begun = (
        number for number, line in enumerate(without_strings(text).split("\n"), start=1) for _ in range(line.count("{"))
    )
    assert [each.line for each in objects_in(parsed)] == list(begun)


def without_strings(text: str) -> str:
    """Return JSON with its strings taken out, one character at a time."""
    kept, within, escaped = [], False, False
    for character in text:
        if within:
            within = escaped or character != '"'
            escaped = character == "\\" and not escaped
        else:
            within = character == '"'
            kept.append(character)
    return "".join(kept)


def objects_in(value: object) -> Iterator[JsonObject]:
    """Yield the objects of a value in the order in which they begin."""
    if isinstance(value, JsonObject):
        yield value
    if isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from objects_in(each)


@pytest.mark.parametrize("tag", ["greeting", "Thank you", "how-are-you"])
def test_what_a_chat_bot_says_of_the_talk_itself_is_in_doubt(tag: str) -> None:
    talk = {"tag": tag, "patterns": ["Hey"], "responses": ["Hey there."]}
    fees = {"tag": "fees", "patterns": ["What does it cost?"], "responses": ["Nothing."]}
    document = read("a.json", json.dumps({"intents": [talk, fees]}).encode())
    assert [each.question for each in document.records] == ["What does it cost?"]
    assert [each.problem.what for each in document.doubtful] == ["this is small talk, not an entry of an FAQ"]


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("Guest asks,Approved response", ()),
        ("Frage,Antwort,Suchbegriffe", ("code weg",)),
        ("Question,Official reply,Search terms", ("code weg",)),
    ],
)
def test_columns_are_known_by_what_people_call_them(head: str, wanted: tuple[str, ...]) -> None:
    row = "".join(f",{each}" for each in wanted)
    (found,) = records("a.csv", f"{head}\nWo ist der Code?,In der Mail.{row}\n")
    assert (found.question, found.passages, found.aliases) == ("Wo ist der Code?", ("In der Mail.",), wanted)


def test_sections_of_pairs_of_which_some_ask_are_read_whole() -> None:
    content = '{"General": {"What is it?": "A tool.", "Installing": "Run it."}, "Money": {"What does it cost?": "5"}}'
    assert [(each.category, each.question) for each in records("a.json", content)] == [
        ("General", "What is it?"),
        ("General", "Installing"),
        ("Money", "What does it cost?"),
    ]


@pytest.mark.parametrize("key", ["category", "category_id", "topicId"])
def test_categories_that_a_file_lists_are_named_by_their_ids(key: str) -> None:
    listed = [{"id": 1, "name": "Billing"}, {"id": 2, "name": "Tech"}]
    faqs = [{key: 2, "question": "How?", "answer": "So."}, {key: 7, "question": "When?", "answer": "Now."}]
    found = records("a.json", json.dumps({"categories": listed, "faqs": faqs}))
    assert [each.category for each in found] == ["Tech", "7" if key == "category" else None]
