"""What asks within an answer, in bold, above a hint or in a word, is no question of its own; ornaments are no words."""

import pytest

from tests.formats.sound import document_of, pairs


def test_bold_words_that_ask_at_the_beginning_of_an_answer_are_part_of_it() -> None:
    found = pairs(
        "# FAQ\n\n## Raids\n\n### How is loot shared?\n\n**Why so?** Because of X.\n\n### When is it?\n\nOn Friday.\n\n"
        "### Who leads it?\n\n**Ann?** No, Bob.\n\n**Really?** Yes.\n"
    )
    assert found == {
        "How is loot shared?": "**Why so?**\n\nBecause of X.",
        "When is it?": "On Friday.",
        "Who leads it?": "**Ann?**\n\nNo, Bob.\n\n**Really?**\n\nYes.",
    }


def test_bold_questions_below_a_heading_that_asks_are_questions() -> None:
    found = pairs(
        "# FAQ\n\n## Need help with orders?\n\n**How do I pay?** With coins.\n\n**Where do I pay?** Here.\n\n"
        "## What is it?\n\nA shop.\n"
    )
    assert found == {"How do I pay?": "With coins.", "Where do I pay?": "Here.", "What is it?": "A shop."}


@pytest.mark.parametrize("mark", ["**{}**", "## {}"])
def test_a_single_word_that_asks_goes_on_with_the_answer_above_it(mark: str) -> None:
    asked = ("How do I join?", "Really?", "What does it cost?", "May I bring a friend?")
    found = pairs("# FAQ\n\n" + "".join(f"{mark.format(each)}\n\nSo it is.\n\n" for each in asked))
    assert list(found) == [asked[0], asked[2], asked[3]]
    assert found["How do I join?"] == "So it is.\n\n**Really?**\n\nSo it is."


def test_where_single_words_are_usual_each_is_a_question() -> None:
    assert list(pairs("# FAQ\n\n## Why?\n\nSo.\n\n## When?\n\nNow.\n")) == ["Why?", "When?"]


def test_an_item_with_stressed_words_among_bold_questions_is_part_of_an_answer() -> None:
    found = pairs("**How do I join?**\n\n1. Click.\n\n- **Still no?** Ask.\n\n**What is it?**\n\nA club.\n")
    assert found == {"How do I join?": "1. Click.\n\n- **Still no?** Ask.", "What is it?": "A club."}


@pytest.mark.parametrize("hint", ['!!! warning "In a hurry?"\n    Call us.\n', ":::tip In a hurry?\nCall us.\n:::\n"])
def test_the_title_of_a_hint_is_no_question_though_it_asks(hint: str) -> None:
    found = pairs(f"# FAQ\n\n{hint}\n## How do I join?\n\n{hint}\nAsk Ann.\n\n## What is it?\n\nA club.\n")
    assert found == {"How do I join?": "> **In a hurry?**\n\nCall us.\n\nAsk Ann.", "What is it?": "A club."}


def test_frames_whose_kind_is_a_question_are_questions() -> None:
    assert pairs('!!! question "How do I join?"\n    Ask Ann.\n\n!!! faq "Is it free?"\n    Yes.\n') == {
        "How do I join?": "Ask Ann.",
        "Is it free?": "Yes.",
    }


def test_titles_have_no_names_of_emoji_roman_numbers_or_parts() -> None:
    document = document_of(
        "# FAQ\n\n## :house: Part 1: Housing\n\n### :key: Where is my key? :lock:\n\nHere.\n\n"
        "## II. Fees\n\n### III. What does it cost?\n\nNothing.\n"
    )
    assert [(each.question, each.category) for each in document.records] == [
        ("Where is my key?", "Housing"),
        ("What does it cost?", "Fees"),
    ]


def test_shortcodes_of_hugo_within_a_line_leave_what_is_between_them() -> None:
    found = pairs(
        '## What is it?\n\nA club. {{% tip %}}Join.{{% /tip %}} See [fees]({{< ref "fees.md" >}}), `{{< x >}}`.\n'
    )
    assert found == {"What is it?": "A club. Join. See [fees](fees.md), `{{< x >}}`."}


def test_a_page_with_dates_of_a_listing_is_one_though_bold_words_stand_in_it() -> None:
    dates = "Published on 1 Jan 2026Updated on 1 Jan 2026"
    document = document_of(f"A\n__b__\n0{dates}\nC\n__b__\n0{dates}\n", "a.txt")
    assert [each.question for each in document.records] == ["A", "C"]


def test_questions_with_labels_need_no_labels_on_their_answers() -> None:
    found = pairs("## General\n\n*Q: What is it?*\n\nA thing.\n\n*Q: Who made it?*\n\nWe did.\n")
    assert found == {"What is it?": "A thing.", "Who made it?": "We did."}


@pytest.mark.parametrize("end", [":", " -", " \u2013"])
def test_a_mark_between_a_bold_question_and_its_answer_is_none_of_both(end: str) -> None:
    assert pairs(f"**Is it free?{end}** Yes.\n\n**Is it safe?{end}** Sure.\n") == {
        "Is it free?": "Yes.",
        "Is it safe?": "Sure.",
    }


def test_a_label_in_html_is_no_part_of_the_answer() -> None:
    found = pairs("<details>\n<summary><b>Q:</b> Where is it?</summary>\n\n<b>A:</b> Here.\n\n</details>\n")
    assert found == {"Where is it?": "Here."}


def test_a_hint_may_stand_further_in() -> None:
    found = pairs("## How do I join?\n\n- Ask Ann.\n\n  :::note\n  She is nice.\n  :::\n\n- Wait.\n")
    assert found == {"How do I join?": "- Ask Ann.\n\n  **Note:**\n\n  She is nice.\n\n- Wait."}


def test_a_statement_of_the_person_who_asks_is_a_question_among_bold_ones() -> None:
    asked = ("How can I sign up?", "I forgot my password", "Can I change my name?")
    assert tuple(pairs("".join(f"**{each}**  \nSo it is.\n\n" for each in asked))) == asked
