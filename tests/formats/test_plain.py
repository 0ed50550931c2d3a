"""Show how plain questions and answers are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import Document
from bot.formats.reading import read

HEADER = "Help Desk\n\nMoney In & Out\nLogin\n\n"


def plain(text: str) -> Document:
    return read("faq.txt", text.encode())


def pairs(text: str) -> list[tuple[str, str]]:
    document = plain(text)
    assert document.problems == ()
    return [(record.question, "".join(record.passages)) for record in document.records]


def test_questions_and_answers_alternate() -> None:
    text = "Where is it?\n\nIn the app. \nLook twice.\n\nI see an 'Oops' error.\n\nReload the page.\n"
    assert pairs(text) == [
        ("Where is it?", "In the app.\nLook twice."),
        ("I see an 'Oops' error.", "Reload the page."),
    ]


def test_answers_may_stand_directly_below_their_questions() -> None:
    text = "Where is it?\nIn the app.\nLook twice.\n\nWhen is it?\nNow.\n\nI see an 'Oops' error.\n\nReload.\n"
    assert pairs(text) == [
        ("Where is it?", "In the app.\nLook twice."),
        ("When is it?", "Now."),
        ("I see an 'Oops' error.", "Reload."),
    ]


def test_records_know_their_line_and_nothing_else() -> None:
    first, second = plain(f"\n{HEADER}Where?\n\nHere.\n \t\nWhen?\n\nNow.").records
    assert (first.file, first.line, second.line) == ("faq.txt", 7, 11)
    assert (first.id, first.category, first.audience, first.excerpt) == (None, None, None, False)


@pytest.mark.parametrize(
    "header",
    [
        "",
        HEADER,
        "Help Desk\n\n",
        "Help Desk:\n\nMoney\nLogin\n\n",
        "Money In & Out\nLogin\n\n",
        "Help\nMoney\nLogin\n\n",
    ],
)
def test_a_header_is_left_out(header: str) -> None:
    assert pairs(f"{header}Where is it?\n\nHere.") == [("Where is it?", "Here.")]


def test_a_question_without_a_mark_may_stand_first() -> None:
    assert pairs("I cannot log in.\n\nReload.") == [("I cannot log in.", "Reload.")]
    assert pairs("Login trouble\n\nReload.") == [("Login trouble", "Reload.")]
    assert pairs(f"{HEADER}Login trouble\n\nReload.") == [("Login trouble", "Reload.")]


def test_a_category_that_comes_again_is_a_heading() -> None:
    text = f"{HEADER}Who?\n\nMe.\n\nLOGIN\n\nHow?\n\nSo.\n\nMoney in & out\n\nI am broke.\n\nSorry."
    document = plain(text)
    assert document.problems == ()
    assert [(record.question, record.category) for record in document.records] == [
        ("Who?", None),
        ("How?", "LOGIN"),
        ("I am broke.", "Money in & out"),
    ]


def test_a_heading_ends_the_question_before_it() -> None:
    document = plain(f"{HEADER}Who?\n\nLogin\n\nI am out.\n\nSorry.")
    assert [(problem.line, problem.field) for problem in document.problems] == [(6, "answer")]
    assert [(record.question, record.category) for record in document.records] == [("I am out.", "Login")]


@pytest.mark.parametrize(
    "paragraph",
    ["First line\nand a second.", "Try again later. Then write to us.", "- a bullet", "2. a step", "* Why? Because."],
)
def test_an_answer_may_have_further_paragraphs(paragraph: str) -> None:
    assert pairs(f"Where?\n\nHere.\n\n{paragraph}\n\nWhen?\n\nNow.") == [
        ("Where?", f"Here.\n\n{paragraph}"),
        ("When?", "Now."),
    ]


@pytest.mark.parametrize(
    "question",
    ["It expired. What now?", "How do I close it? (web)", "如何重置？", "He said 'why?'", "Can I pay, e.g. Monero?"],  # noqa: RUF001  # Chinese
)
def test_a_line_that_asks_is_a_question_wherever_it_stands(question: str) -> None:
    assert pairs(f"Where?\n\nHere.\n\n{question}\n\nSo.")[1] == (question, "So.")
    assert [problem.line for problem in plain(f"Where?\n\n{question}\n\nSo.").problems] == [1]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Where?\n\nWhen?\n\nNow.", 1, "no answer"),
        ("Where?\n\nHere.\n\nI lost my phone.", 5, "no answer"),
        ("Where?\n\nHere.\n\nI lost my phone.\n\nWhen?\n\nNow.", 5, "no answer"),
        ("Where?", 1, "no answer"),
        ("Welcome to our desk.\nAsk away.\n\nWhere?\n\nHere.", 1, "question of one line is expected"),
        ("All of it. Every week.\n\nWhere?\n\nHere.", 1, "question of one line is expected"),
        (f"{HEADER}Login\n\nOne\ntwo.\n\nWhere?\n\nHere.", 8, "question of one line is expected"),
        ("Money\nLogin", 1, "no question in the file"),
        (f"{'x' * 300}?\n\nYes.", 1, "question has 301 characters"),
        (f"Where?\n\n{'x' * 20_001}", 1, "answer has 20,001 characters"),
    ],
)
def test_what_is_no_pair_is_reported_with_its_line(text: str, line: int, words: str) -> None:
    problem = plain(text).problems[0]
    assert (problem.where, problem.line) == ("faq.txt", line)
    assert words in problem.what
    assert problem.remedy


def test_all_problems_are_reported_in_order_and_sound_pairs_are_kept() -> None:
    document = plain("One\ntwo.\n\nWhere?\n\nWhen?\n\nNow.\n\nWho?")
    assert [problem.line for problem in document.problems] == [1, 4, 10]
    assert [record.question for record in document.records] == ["When?"]


WORD = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8)
LINE = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
ANSWER = st.lists(LINE, min_size=1, max_size=3).map("\n".join)


@given(st.lists(st.tuples(LINE.map("{}?".format), ANSWER), min_size=1, max_size=5))
def test_written_pairs_read_back_as_they_were(written: list[tuple[str, str]]) -> None:
    assert pairs("\n\n".join(part for pair in written for part in pair)) == written


PARAGRAPHS = ("Where?", "It broke.", "Help", "Money\nLogin", "Login", "One. Two.", "One.\nTwo.", "- item")


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=2, max_size=10))
def test_no_paragraph_is_lost_without_a_problem(paragraphs: list[str]) -> None:
    document = plain("\n\n".join(["Where to?", "There.", *paragraphs]))
    kept = "\n\n".join(part for record in document.records for part in (record.question, *record.passages))
    assert document.problems or kept == "\n\n".join(["Where to?", "There.", *paragraphs])


SHOP = """Help Desk

Orders & Returns
Delivery Times
Gift Cards

How do I change my order?

In the app.

When will my parcel be delivered?

In a week.

What if nobody is at home?

We come again.

Do you deliver abroad?

No.

Where do I enter the code of my gift card?

At the end.
"""
CLUB = """Club house

Courts & Booking
Membership

Can I book a court on a Sunday?

Yes.

How early is too early?

Seven o'clock.

I booked the wrong court.

Call us.
"""
OTHER = "Help\n\nPets\nParking\n\nWhere is the pool?\n\nUpstairs.\n\nWhen is breakfast?\n\nAt eight.\n"


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        (SHOP, ["Orders & Returns", "Delivery Times", "Delivery Times", "Delivery Times", "Gift Cards"]),
        (CLUB, ["Courts & Booking"] * 3),
        (OTHER, [None, None]),
    ],
)
def test_without_headings_order_and_words_tell_the_category(text: str, categories: list[str | None]) -> None:
    document = plain(text)
    assert [record.category for record in document.records] == categories
    assert len(document.categories) in {2, 3}


def test_what_is_numbered_from_one_on_is_a_question_where_most_of_it_asks() -> None:
    text = (
        "Answers to what we are asked. Read on.\n\n1. How do I apply?\n\nSend it.\n\nAny doubts?\n\nCall us\n\n"
        "2. What does it cost?\n\n20 euros\n\n3. Deadline\n\n1 May\n"
    )
    assert pairs(text) == [
        ("How do I apply?", "Send it.\n\nAny doubts?\n\nCall us"),
        ("What does it cost?", "20 euros"),
        ("Deadline", "1 May"),
    ]


def test_numbered_steps_are_no_questions() -> None:
    text = "How do I apply?\n\n1. Take it.\n\n2. Fill it in.\n\nWhere do I apply?\n\nHere.\n"
    assert [question for question, _ in pairs(text)] == ["How do I apply?", "Where do I apply?"]
