"""Read pages and texts as other tools and other people write them."""

import pytest

from tests.formats.sound import document_of, pairs


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_first_letter_of_a_word_that_labels_questions_labels_them_too(name: str) -> None:
    text = "Frage: Wann?\nAntwort: Jetzt.\n\nF: Wo?\nA: Hier.\nD: ist kein Zeichen.\n"
    assert pairs(text, name) == {"Wann?": "Jetzt.", "Wo?": "Hier.\nD: ist kein Zeichen."}


@pytest.mark.parametrize("answer", ["F: is a drive.", "P: is one.\nA: is none."])
def test_a_letter_without_an_answer_below_it_or_of_another_word_is_text(answer: str) -> None:
    assert pairs(f"Frage: Wann?\nAntwort: Jetzt.\n\n{answer}\n", "a.txt") == {"Wann?": f"Jetzt.\n\n{answer}"}


def test_marks_of_a_site_builder_are_no_text() -> None:
    page = '## How?\n\nSo.\n\n{{< notice tip >}}\nMind it.\n{{< /notice >}}\n\n## Why?\n\n{{% include "a" %}}\nThus.\n'
    assert pairs(page) == {"How?": "So.\n\nMind it.", "Why?": "Thus."}


MARKED = (
    '<script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "How?", '
    '"acceptedAnswer": {"@type": "Answer", "text": "So it is. What for? Nothing."}}]}</script>'
)


def web(body: str, attributes: str = "") -> str:
    return f"<!doctype html><html><head>{MARKED}</head><body {attributes}>{body}</body></html>"


def test_a_question_that_a_page_shows_and_does_not_mark_up_is_in_doubt() -> None:
    shown = "<h3>How?</h3><p>So it is. What for? Nothing.</p><h3>Why?</h3><p>Thus.</p>"
    document = document_of(web(shown), "a.html")
    assert [each.question for each in document.records] == ["How?"]
    assert [each.record and each.record.question for each in document.doubtful] == ["Why?"]


@pytest.mark.parametrize(
    "shown", ["<h3>How is it?</h3><p>So it is.</p>", "<h3>What for?</h3><p>Nothing.</p>", "<h3>Keys</h3><p>Ann.</p>"]
)
def test_what_a_page_marks_up_in_other_words_is_not_told_again(shown: str) -> None:
    document = document_of(web(shown), "a.html")
    assert ([each.question for each in document.records], document.doubtful) == (["How?"], ())


def test_an_answer_that_is_not_marked_up_is_that_which_the_page_shows() -> None:
    marked = MARKED.replace("So it is. What for? Nothing.", "")
    page = f"<html><head>{marked}</head><body><h3>How?</h3><p>So.</p><h3>Why?</h3><p>Thus.</p></body></html>"
    assert pairs(page, "a.html") == {"How?": "So.", "Why?": "Thus."}


def test_the_language_of_a_page_may_stand_at_its_body() -> None:
    page = web("", "lang=DE").replace("How?", "XL?").replace("So it is. What for? Nothing.", "42.")
    (record,) = document_of(page, "a.html").records
    assert record.locale == "de"


def test_a_heading_without_text_names_the_category_of_those_beside_it() -> None:
    page = "# Help\n\n## Keys\n\n## How?\n\nSo.\n\n## Why?\n\nThus.\n\n## Doors\n\n## Who?\n\nAnn.\n"
    found = {record.question: record.category for record in document_of(page, "a.md").records}
    assert found == {"How?": "Keys", "Why?": "Keys", "Who?": "Doors"}


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (
            "## How?\n\nSo.{ .annotate }\n\n[It](https://a.test){:target='_blank'} is.\n\n*[IT]: What it is\n",
            "So.\n\n[It](https://a.test) is.",
        ),
        ("## How?\n\nSo.\n\n## [Windows](#tab/win)\n\nThus.\n", "So.\n\n**Windows**\n\nThus."),
        ("### Q.1: How?\nA.1: So.\n", "So."),
    ],
)
def test_marks_of_other_renderers_are_no_text(page: str, wanted: str) -> None:
    assert pairs(f"# FAQ\n\n{page}") == {"How?": wanted}


@pytest.mark.parametrize(
    ("head", "question"),
    [
        ("Back to all articles\n\nGetting started\n\nHow?\n\nSo.\n\nWhy?\n\nThus.\n\nNext\nWho?\n", "How?"),
        ("Home\nHow?\n\nUpdated 2 months ago\n\nSo.\n\nWhy?\n\nThus.\n", "How?"),
        (
            "Welcome\nHow can we help?\nEnter your search term here...\nHome / Help / Pay\nHow? Print\nSo.\n",
            "How?",
        ),
        ("Hilfe > Konto\nFolgen\nBeitr\u00e4ge in diesem Abschnitt\nWie?\nWann?\n\nWie?\n\nSo ist das.\n", "Wie?"),
    ],
)
def test_a_copied_article_is_found_among_what_stands_around_it(head: str, question: str) -> None:
    document = document_of(f"{head}\nWas this article helpful?\nYes No\n", "a.txt")
    assert document.records[0].question == question
    assert "Who?" not in "".join(document.records[-1].passages)


def test_questions_below_the_title_of_a_copied_article_are_entries() -> None:
    text = "Getting started\n\nHow?\n\nSo it is.\n\nWhy?\n\nThus.\n\nWas this helpful?\n"
    document = document_of(text, "a.txt")
    assert [(each.question, each.category) for each in document.records] == [
        ("How?", "Getting started"),
        ("Why?", "Getting started"),
    ]


def test_a_colon_behind_the_question_mark_of_a_bold_question_goes() -> None:
    assert pairs("**How?:** So.\n\n**Why? :** Thus.\n") == {"How?": "So.", "Why?": "Thus."}


def test_folds_of_obsidian_that_ask_are_questions() -> None:
    keys = "> [!question]- Spare keys\n> Ask **Ann**.\n> - or Ben\n"
    found = pairs(f"# FAQ\n\n{keys}\n> [!tip]- How?\n> So.\n\n> [!tip] Mind\n> it.\n")
    assert list(found) == ["Spare keys", "How?"]
    assert found["Spare keys"] == "Ask **Ann**.\n- or Ben"


def test_what_a_question_opens_may_be_called_navigation() -> None:
    fold = "<div class='faq-toggle' aria-expanded='false'>{}</div><nav class='list'><p>{}</p></nav>"
    page = f"<html><body><nav>Home</nav>{fold.format('How?', 'So.')}{fold.format('Why?', 'Thus.')}</body></html>"
    assert pairs(page, "a.html") == {"How?": "So.", "Why?": "Thus."}


def test_the_signature_of_a_page_is_no_part_of_its_last_answer() -> None:
    page = "<html><body><h3>How?</h3><p>So.</p><address>Ann</address>{}</body></html>"
    assert pairs(page.format(""), "a.html") == {"How?": "So."}
    assert pairs(page.format("<p>Thus.</p>"), "a.html") == {"How?": "So.\n\nAnn\n\nThus."}
