"""Pages and texts that are written in less usual ways are read as their readers see them."""

import pytest

from bot.errors import Problem
from bot.formats import Document
from bot.formats.reading import read


def page(text: str, name: str = "a.md") -> Document:
    document = read(name, text.encode())
    assert document.problems == ()
    return document


def pairs(text: str, name: str = "a.md") -> dict[str, str]:
    """Return question and answer of each record of a page in which nothing is in doubt."""
    document = page(text, name)
    assert document.doubtful == ()
    return {record.question: "\n\n".join(record.passages) for record in document.records}


def only_problem(text: str, name: str) -> Problem:
    document = read(name, text.encode())
    assert (document.records, document.doubtful) == ((), ())
    (problem,) = document.problems
    return problem


def test_a_fold_without_a_summary_is_called_as_a_browser_calls_it() -> None:
    document = page("# FAQ\n\n<details>\n\nSo it is.\n\n</details>\n\n## How?\n\nSo.\n")
    assert [each.question for each in document.records] == ["How?"]
    assert [each.record and each.record.question for each in document.doubtful] == ["Details"]


@pytest.mark.parametrize(
    ("frame", "shown"),
    [
        ("::: tip Mind\n\nNot that.\n", "**Mind**\n\nNot that."),
        ("::: tip\n\n```\n:::\n```\n\nNot that.\n\n:::\n", "**Tip:**\n\n```\n:::\n```\n\nNot that."),
    ],
)
def test_a_frame_ends_at_the_end_of_the_answer_or_at_its_mark_outside_code(frame: str, shown: str) -> None:
    found = pairs(f"# FAQ\n\n## How?\n\nSo.\n\n{frame}\n## When?\n\nNow.\n")
    assert found == {"How?": f"So.\n\n{shown}", "When?": "Now."}


def test_a_reference_that_leads_nowhere_stays_as_it_is_written() -> None:
    found = pairs("# FAQ\n\n## How?\n\nSee [the page][nowhere] and [this][a].\n\n[a]: https://e.org/a\n")
    assert found == {"How?": "See [the page][nowhere] and [this](https://e.org/a)."}


def test_a_page_with_nothing_but_a_title_is_no_entry() -> None:
    assert "no question with an answer" in only_problem("---\ntitle: How to pay\n---\n", "a.md").what


def test_a_list_of_terms_is_a_list_of_questions() -> None:
    found = pairs("How do I pay\n: With coins.\n\nWhere do I pay\n: Here.\n: There.\n")
    assert found == {"How do I pay": "With coins.", "Where do I pay": "Here.\nThere."}


def test_a_question_goes_on_up_to_its_answer() -> None:
    found = pairs("# FAQ\n\nQ: How do I pay,\nor my friend?\n\nA: So.\n\nQ: When?\nA: Now.\n")
    assert found == {"How do I pay, or my friend?": "So.", "When?": "Now."}


def test_emphasis_that_is_never_closed_is_dropped_with_the_label_in_it() -> None:
    assert pairs("**Q: How do I pay?**\n\n**A: Now.\n\n**Q:** When?\n\n**A: So.**\n") == {
        "How do I pay?": "Now.",
        "When?": "**So.**",
    }


def test_the_sign_of_a_question_may_stand_behind_the_bold_words() -> None:
    found = pairs("# FAQ\n\n**How do I pay**?\n\nWith coins.\n\n**Where do I pay**?\n\nHere.\n")
    assert found == {"How do I pay?": "With coins.", "Where do I pay?": "Here."}


def test_among_questions_an_item_that_does_not_ask_is_one_if_its_answer_stands_below_it() -> None:
    text = "# FAQ\n\n- How do I pay?\n\n  With coins.\n\n- Where do I pay?\n\n  Here.\n\n- Fees\n\n  None.\n"
    assert pairs(text) == {"How do I pay?": "With coins.", "Where do I pay?": "Here.", "Fees": "None."}


def test_lines_across_a_labelled_text_are_no_part_of_its_answers() -> None:
    found = pairs("Q: How?\nA: So.\n\n---\n\nQ: When?\n\n\nA: Now.\n---\n", "a.txt")
    assert found == {"How?": "So.", "When?": "Now."}


def test_a_comment_within_a_page_is_not_shown_and_what_stands_behind_it_is() -> None:
    html = "<html><body><h2>How?</h2><p>So <b>and<!-- x --> so</b>.</p></body></html>"
    assert pairs(html, "a.html") == {"How?": "So **and so**."}
    assert "no question" in only_problem("<!-- x -->", "a.html").what
    assert "no question" in only_problem("<?x y?>", "a.html").what


def test_what_a_page_hides_and_names_above_itself_is_left_out_and_the_rest_is_answer() -> None:
    html = (
        "<main><header><p>Acme</p></header><h2>How?</h2><p>So <span hidden>not</span> it is.</p>"
        "<details><p>Or so.</p></details><dl><dd>Alone.</dd></dl></main>"
    )
    assert pairs(html, "a.html") == {"How?": "So it is.\n\nOr so.\n\nAlone."}


def test_what_is_hidden_in_an_answer_of_a_table_is_left_out() -> None:
    found = pairs('question,answer\nHow?,"<p>So <b>it<span hidden> not</span> is</b>.</p>"\n', "a.csv")
    assert found == {"How?": "So **it is**."}


def test_of_questions_that_are_marked_up_those_are_taken_that_have_a_name_and_an_answer_and_each_once() -> None:
    def marked(inner: str) -> str:
        return f'<div itemscope itemtype="https://schema.org/Question">{inner}</div>\n'

    named = '<h3 itemprop="name">How?</h3>'
    html = "<main>" + "".join(
        map(
            marked,
            (
                "<p>Nothing is named here.</p>",
                '<h3 itemprop="name">When?</h3>',
                f'{named}<div itemprop="acceptedAnswer"><p>So.</p></div>',
                f'{named}<div itemprop="acceptedAnswer"><p itemprop="text">So again.</p></div>',
            ),
        )
    )
    document = page(html, "a.html")
    assert [(each.question, each.passages) for each in document.records] == [("How?", ("So.",))]
    assert [(each.problem.line, each.problem.what) for each in document.doubtful] == [
        (2, "this question has no answer")
    ]


def test_a_title_that_asks_above_other_questions_is_none_itself() -> None:
    found = pairs("# How can we help you?\n\nHello.\n\n## How do I pay?\n\nWith coins.\n\n## Where?\n\nHere.\n")
    assert found == {"How do I pay?": "With coins.", "Where?": "Here."}


def test_a_tag_that_closes_nothing_is_left_out_of_a_fold() -> None:
    html = "# FAQ\n\n<details><summary>How?</summary>\n\nSo.\n\n</summary>\n\nAnd so.\n\n</details>\n"
    assert pairs(html) == {"How?": "So.\n\nAnd so."}


@pytest.mark.parametrize("kind", ["caption", "html | div"])
def test_a_frame_that_only_arranges_a_page_gets_no_title(kind: str) -> None:
    assert pairs(f"# FAQ\n\n## How?\n\n/// {kind}\nA picture\n///\n\nSo.\n") == {"How?": "A picture\n\nSo."}


COPIED = "Help center > Account > Change your e-mail\n"
FEEDBACK = "\n\nWas this article helpful?\nYes No\n"


def test_a_copy_of_a_page_without_an_article_says_so() -> None:
    assert only_problem(f"Skip to main content\n{COPIED}{FEEDBACK}", "a.txt").remedy == "copy its title and its text"


def test_of_a_copied_page_names_days_contents_and_buttons_are_no_part_of_the_answer() -> None:
    contents = "Updated 2 months ago\nChange your e-mail\nOn this page\nOpen it\nClose it\n\n"
    body = "Open Profile, then choose Change.\n\nShare this\n\nThen close it."
    found = pairs(COPIED + contents + body + FEEDBACK, "a.txt")
    assert found == {"Change your e-mail": "Open Profile, then choose Change.\n\nThen close it."}


def test_a_thread_is_solved_by_its_tag_whatever_else_is_among_its_tags() -> None:
    text = (
        '[{"title": "How?", "tags": [3, {"name": null}, "solved"], "messages": '
        '[{"author": "a", "content": "How do I do it?"}, {"author": {"id": 5}, "content": "So."}]}]'
    )
    (doubt,) = page(text, "a.json").doubtful
    assert "nothing says by which reply" in doubt.problem.what


def test_a_thread_with_a_key_twice_is_refused_with_its_line() -> None:
    thread = '"title": "How?", "solved": true, "messages": [{"content": "How do I?"}, {"content": "So."}]'
    assert only_problem(f'[\n{{"title": "Why?", {thread}}}]', "a.json").line == 2


def test_an_assistant_that_is_no_yaml_is_refused_with_its_line() -> None:
    assert only_problem("nlu:\n- intent: ask\n  examples: |\n    - How?\n  bad: [\n", "a.yml").line == 5


def test_what_an_assistant_takes_for_the_same_word_is_no_example() -> None:
    said = "nlu:\n- intent: ask\n  examples: |\n    - How?\n- synonym: NY\n  examples: |\n    - New York\n"
    assert [(each.name, each.texts) for each in page(said, "a.yml").fragments] == [("ask", ("How?",))]


def test_the_title_of_a_copied_page_is_the_question_below_the_names_of_other_pages() -> None:
    above = "Skip to main content\nAcme\nProducts\nPrices\nCompany\n"
    text = f"{above}How do I change my e-mail address?\nStep by step\nOpen Profile.{FEEDBACK}"
    assert list(pairs(text, "a.txt")) == ["How do I change my e-mail address?"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "<!DOCTYPE html>\n<html><body><h2>How?</h2><p>So.</p></body></html>"),
        ("a.txt", '[{"question": "How?", "answer": "So."}]'),
        ("a.txt", '{"faq": [{"question": "How?", "answer": "So."}]}'),
    ],
)
def test_what_a_file_has_in_it_goes_before_its_name(name: str, text: str) -> None:
    assert pairs(text, name) == {"How?": "So."}


def test_a_text_that_only_begins_like_json_is_a_text() -> None:
    assert list(pairs('{ "What is this?" }\n\nA brace.\n', "a.txt")) == ['{ "What is this?" }']


def test_a_page_of_many_titles_is_read_in_time_with_each_of_them() -> None:
    text = "# FAQ\n\n" + "".join(f"## Item {number}\n\nText.\n\n" for number in range(1_500))
    assert len(page(text).doubtful) == 1_500
