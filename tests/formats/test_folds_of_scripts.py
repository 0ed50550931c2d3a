"""Questions of web pages that scripts fold are read in the hands of the usual kits."""

import pytest

from tests.formats.test_odd_pages import page, pairs

QUESTIONS = {"Do you ship?": "Yes, anywhere.", "Lost parcel": "Write to us.", "How long?": "Two days."}
KITS = {
    "button": '<button class="accordion">{q}</button><div class="panel" style="display: none"><p>{a}</p></div>',
    "button in a heading": '<h3><button aria-expanded="false">{q}</button></h3><div aria-hidden="true">{a}</div>',
    "panel by id": '<button aria-controls="{q}" aria-expanded="false">{q}</button><p/><div id="{q}" hidden>{a}</div>',
    "link": '<a class="card-link" data-toggle="collapse" href="#c">{q}</a><div id="c">{a}</div>',
    "role": '<div class="faq__title" role="button" aria-expanded="false">{q}</div><div>{a}</div>',
    "short": '<p class="q">{q}</p><p class="a">{a}</p>',
    "macro": '<div class="expand-control"><span>{q}</span></div><div class="expand-content"><p>{a}</p></div>',
    "wiki": '<h3>{q}<span class="mw-editsection">[<a href="/e">edit</a>]</span></h3><p>{a}</p>',
    "state": '<div class="toggle-title active">{q}</div><div>{a}</div>',
}


@pytest.mark.parametrize("kit", KITS)
def test_a_fold_that_does_not_ask_is_a_question_where_others_of_its_look_do(kit: str) -> None:
    items = "".join(KITS[kit].format(q=question, a=answer) for question, answer in QUESTIONS.items())
    assert pairs(f"<html><body><main>{items}</main></body></html>", "a.html") == QUESTIONS


def test_other_buttons_and_what_is_hidden_elsewhere_are_left_out() -> None:
    html = (
        '<main><button class="menu" aria-expanded="false">Products</button><h2>Do you ship?</h2><p>Yes.</p>'
        '<div hidden>Old</div><button class="vote" aria-expanded="false">Yes</button></main>'
    )
    assert pairs(html, "a.html") == {"Do you ship?": "Yes."}


@pytest.mark.parametrize(
    ("terms", "question", "others"),
    [
        ("<dt>Log in</dt><dt>How do I log in?</dt>", "How do I log in?", ("Log in",)),
        ("<dt>Log in</dt><dt>Sign in</dt>", "Log in", ("Sign in",)),
    ],
)
def test_of_terms_with_one_description_one_is_the_question(terms: str, question: str, others: tuple[str, ...]) -> None:
    document = page(f"<main><dl>{terms}<dd>So.</dd><dd>And so.</dd><dt>When?</dt><dd>Now.</dd></dl></main>", "a.html")
    first = document.records[0]
    assert (first.question, first.aliases, first.passages) == (question, others, ("So.\n\nAnd so.",))


def test_a_term_without_a_description_has_no_answer() -> None:
    document = page("<main><dl><dt>When?</dt><dd>Now.</dd><dt>How?</dt></dl></main>", "a.html")
    assert [record.question for record in document.records] == ["When?"]
    assert [each.problem.what for each in document.doubtful] == ["this question has no answer"]


@pytest.mark.parametrize(("name", "answer"), [("Q: How?", "So."), ("<b>Q1.</b> How?", "So."), ("How?", "A: So.")])
def test_the_mark_of_an_answer_goes_where_that_of_its_question_does(name: str, answer: str) -> None:
    script = f'{{"@type": "Question", "name": "{name}", "acceptedAnswer": {{"text": "<p>A: So.</p>"}}}}'
    assert pairs(f'<html><script type="application/ld+json">{script}</script></html>', "a.html") == {"How?": answer}


def test_what_stands_below_a_page_is_left_out() -> None:
    below = "<h3>Share this:</h3><ul><li>Mail</li></ul><h3>Leave a Reply</h3><p>Be kind.</p>"
    assert pairs(f"<main><h3>How?</h3><p>So.</p>{below}</main>", "a.html") == {"How?": "So."}


def test_the_last_answer_of_a_page_that_breaks_off_is_in_doubt() -> None:
    whole = "<!DOCTYPE html>\n<html><body><h2>How?</h2><p>So.</p><h2>When?</h2><p>Now, or in a"
    document = page(whole, "a.html")
    assert [record.question for record in document.records] == ["How?"]
    ((problem, record),) = [(each.problem, each.record) for each in document.doubtful]
    assert "breaks off" in problem.what
    assert record is not None
    assert record.question == "When?"
    assert pairs(f"{whole} while.</p></body>", "a.html") == {"How?": "So.", "When?": "Now, or in a while."}
