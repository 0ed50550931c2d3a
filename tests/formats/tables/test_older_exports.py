"""In exports of other versions nothing is lost without a line, and nothing is taken for what it is not."""

import json
from typing import Any

import pytest

from bot.formats import Document
from bot.formats.reading import read, together


def of_json(content: Any) -> Document:  # noqa: ANN401  # whatever JSON has
    document = read("a.json", json.dumps(content, indent=1).encode())
    assert document.problems == ()
    return document


def pairs(document: Document) -> dict[str, str]:
    return {record.question: "\n\n".join(record.passages) for record in document.records}


@pytest.mark.parametrize("name", ["ip", "it", "no"])
def test_a_tag_that_is_called_like_a_language_is_a_tag(name: str) -> None:
    commands = {each: {"command": each, "response": f"Ask Ann about {each}."} for each in (name, "rules", "ports")}
    document = of_json({"1": {"GUILD": {"2": {"commands": commands}}}})
    assert pairs(document) == {each: f"Ask Ann about {each}." for each in commands}
    assert {record.locale for record in document.records} == {None}


def test_sections_that_are_called_like_a_language_are_sections() -> None:
    entry = {"question": "Who mends it?", "answer": "Ann."}
    ((record,), other) = (of_json(each).records for each in ({"it": [entry], "sales": []}, {"it": [entry], "de": []}))
    assert (record.category, record.locale) == ("it", None)
    assert [each.locale for each in other] == ["it"]


def test_tags_that_lead_to_others_are_phrasings_of_them_and_those_without_an_answer_are_told() -> None:
    tags = {
        "install": {"content": "Run it."},
        "setup": {"alias_of": "install"},
        "lost": {"alias_of": "gone"},
        "ports": {"embed": {"description": "Open 80."}},
        "deleted": None,
        "empty": {"content": ""},
        "status": {"content": "All is well."},
    }
    document = of_json({"tags": tags})
    assert pairs(document) == {"install": "Run it.", "ports": "Open 80.", "status": "All is well."}
    assert [record.aliases for record in document.records] == [("setup",), (), ()]
    assert [(each.problem.line, each.problem.what) for each in document.doubtful] == [
        (9, "this question has no answer"),
        (18, "this question has no answer"),
    ]


def test_a_mark_of_an_object_is_no_text_of_it() -> None:
    (record,) = of_json([{"name": "faq", "content": "See this.", "is_alias": False}]).records
    assert record.aliases == ()


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Give them {1} as a code word, or send the link.", "Give them … as a code word, or send the link."),
        ("{0} loves {1}", None),
    ],
)
def test_an_answer_that_only_repeats_what_was_said_is_in_doubt(answer: str, shown: str | None) -> None:
    document = of_json([{"command": "say", "response": answer}])
    assert pairs(document) == ({"say": shown} if shown else {})
    assert len(document.doubtful) == (shown is None)


@pytest.mark.parametrize("body", ['<iframe src="https://e.org"></iframe>', "<video src=v></video>", "<p><img src=x>"])
def test_an_article_without_words_is_in_doubt(body: str) -> None:
    document = of_json({"articles": [{"id": 1, "section_id": 2, "title": "How?", "body": body, "draft": False}]})
    assert document.records == ()
    assert [each.problem.what for each in document.doubtful] == ["there are no words in this answer"]


def test_the_keys_of_a_card_may_be_written_otherwise() -> None:
    card = '{"title": "T", "subTitle": "", "Description": "Open the lid.", "RedirectionUrl": "https://e.org"}'
    found = of_json([{"questions": ["How do I open it?"], "answer": card, "metadata": []}])
    assert pairs(found) == {"How do I open it?": "Open the lid.\n\n[T](https://e.org)"}


def test_questions_of_older_exports_of_qnabot_are_objects() -> None:
    (record,) = of_json(
        [{"qid": "X.1", "type": "qna", "questions": [{"q": "When?"}, {"q": "hours"}], "a": "At 9."}]
    ).records
    assert (record.id, record.question, record.aliases, record.passages) == ("x-1", "When?", ("hours",), ("At 9.",))


def test_a_path_is_no_escape() -> None:
    rows = "Question\tAnswer\tMetadata\nWhere is C:\\new\\temp?\tIn C:\\new.\\nLook\\t there.\t\nHow?\tSo.\t\n"
    found = pairs(read("a.tsv", rows.encode()))
    assert found == {"Where is C:\\new\\temp?": "In C:\\new.\nLook  there.", "How?": "So."}


def test_a_page_of_questions_and_answers_has_those_that_were_accepted() -> None:
    items = [
        {"title": "Is &quot;x&quot; safe?", "accepted_answer_id": 2, "answers": [{"answer_id": 1, "body": "No."}]},
        {
            "title": "Is &quot;y&quot; safe?",
            "body": "<p>why?</p>",
            "answers": [{"body": "No."}, {"is_accepted": True, "body": "<p>It <b>is</b>.</p>"}],
        },
    ]
    document = of_json({"items": items})
    assert pairs(document) == {'Is "y" safe?': "It **is**."}
    assert document.records[0].aliases == ()
    assert [each.problem.what for each in document.doubtful] == ["threads without a solution: 1"]


NLU = """\
## intent:ask_hours
- When are you [open](state)?
* hours

text

## synonym:open
- unlocked

## intent: faq/place
- Where are you?

## intent:greet
"""
STORIES = "## place\n* faq/place\n  - utter_where\n\n## two\n* ask_hours\n  - utter_where\n  - utter_more\n"
DOMAIN = "templates:\n  utter_ask_hours:\n  - text: From 9.\n  utter_where:\n  - text: In Ghent.\n"


def test_an_assistant_of_version_1_is_read() -> None:
    files = {"nlu.md": NLU, "stories.md": STORIES, "domain.yml": DOMAIN}
    *_, made = together([read(name, text.encode()) for name, text in files.items()])
    assert [(each.question, each.aliases, each.passages, each.line) for each in made.records] == [
        ("When are you open?", ("hours",), ("From 9.",), 1),
        ("Where are you?", (), ("In Ghent.",), 10),
    ]
    assert (made.problems, made.doubtful) == ((), ())


@pytest.mark.parametrize(
    ("column", "categories"),
    [
        (("A", "", "B", "", ""), ["A", "A", "B", "B", "B"]),
        (("A", "", "B", "C", ""), ["A", None, "B", "C", None]),
        (("", "A", "", "B", ""), [None, "A", None, "B", None]),
        (("A", "", "A", "", ""), ["A", None, "A", None, None]),
    ],
)
def test_a_category_may_stand_once_at_the_first_of_its_rows(
    column: tuple[str, ...], categories: list[str | None]
) -> None:
    rows = "".join(f"{name},Question {at}?,So it is {at}.\n" for at, name in enumerate(column))
    found = read("a.csv", f"Topic,Question,Answer\n{rows}".encode())
    assert [record.category for record in found.records] == categories


def test_or_alone_in_a_row_above_them() -> None:
    rows = "Money,,\n,How?,So.\n,When?,Now.\nPlace,,\n,Where?,Here.\n"
    document = read("a.csv", f"Topic,Question,Answer\n{rows}".encode())
    assert [(each.question, each.category) for each in document.records] == [
        ("How?", "Money"),
        ("When?", "Money"),
        ("Where?", "Place"),
    ]
    assert document.doubtful == ()


@pytest.mark.parametrize("apart", [True, False])
def test_the_name_of_a_section_is_text(*, apart: bool) -> None:
    articles = {"articles": [{"id": 1, "section_id": 2, "title": "How?", "body": "<p>So.</p>", "draft": False}]}
    sections = {"sections": [{"id": 2, "name": "Sizes &amp; fit"}]}
    files = [articles, sections] if apart else [articles | sections]
    found = together([of_json(each) for each in files])
    assert [record.category for each in found for record in each.records] == ["Sizes & fit"]
