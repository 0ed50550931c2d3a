"""Exports of forum threads: each way in which forums say which reply solved a thread, and what is in doubt."""

import json
from typing import Any

import pytest

from bot.core.models import Source
from bot.formats import Document
from bot.formats.reading import read

TITLE, SOLUTION = "How do I move my account?", "Open **Profile**."
ASKED, WRONG, RIGHT = (
    {"id": 1, "author": {"id": "mia"}, "content": "I have a new phone."},
    {"id": 2, "author": {"id": "ben"}, "content": "No idea."},
    {"id": 3, "author": {"id": "kim"}, "content": SOLUTION},
)
THANKS = {"id": 4, "author": {"id": "mia"}, "content": "Thanks!"}
OTHER = {"title": "Is there a dark mode?", "messages": [ASKED | {"is_solution": False}]}


def thread(*messages: Any, **fields: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever an export holds
    """Return a thread; without messages it is one with a right and a wrong reply."""
    return {"title": TITLE, "messages": list(messages or (ASKED, WRONG, RIGHT, THANKS)), **fields}


def exported(*threads: Any) -> Document:  # noqa: ANN401  # as above
    """Return what is read from an export, beside a thread that is not solved."""
    return read("export.json", json.dumps({"solved": None, "threads": [OTHER, *threads]}).encode())


@pytest.mark.parametrize(
    "solved",
    [
        thread(ASKED, WRONG, RIGHT | {"isAnswer": True}),
        thread(solution_id=3),
        thread(answer_id="3"),
        thread(best_answer={"id": 3}),
        thread(best_answer={"id": 3, "content": "An old draft."}),
        thread(accepted_answer={"body": SOLUTION, "id": 9}),
        {"title": TITLE, "body": "It is new.", "accepted_answer": {"body": SOLUTION}},
        thread(ASKED, WRONG, RIGHT | {"reactions": [{"emoji": {"name": "\u2705"}}]}),
        thread(ASKED, WRONG, RIGHT | {"reactions": ["eyes", "white_check_mark"]}),
        thread(ASKED, WRONG | {"reactions": [{"name": "eyes"}]}, RIGHT | {"reactions": [{"name": "solved"}]}),
        {
            "title": TITLE,
            "post_stream": {
                "posts": [
                    {"post_number": 1, "cooked": "<p>I have a new phone.</p>"},
                    {"post_number": 2, "cooked": "<p>Open <b>Profile</b>.</p>", "accepted_answer": True},
                ]
            },
        },
        {"channel": {"name": TITLE}, "messages": [ASKED, RIGHT | {"is_solution": True}]},
        thread(ASKED, RIGHT | {"content": f"<@12>, {SOLUTION}", "chosen": True}),
    ],
)
def test_the_reply_that_solved_it_is_the_answer(solved: dict[str, Any]) -> None:
    document = exported(solved)
    assert [(each.question, each.passages) for each in document.records] == [(TITLE, (SOLUTION,))]
    (left,) = document.doubtful
    assert (left.problem.what, left.record) == ("threads without a solution: 1", None)


@pytest.mark.parametrize(
    "solved",
    [
        thread(solved=True),
        thread(status="Resolved"),
        thread(tags=["audio", "Solved"]),
        thread(applied_tags=[{"name": "answered"}]),
        thread(title=f"[Solved] {TITLE}", tags=[]),
    ],
)
def test_where_nothing_says_by_which_reply_the_last_of_others_is_in_doubt(solved: dict[str, Any]) -> None:
    document = exported(solved)
    assert document.records == ()
    doubtful, _ = document.doubtful
    assert doubtful.record is not None
    assert (doubtful.record.question, doubtful.record.passages) == (TITLE, (SOLUTION,))
    assert doubtful.problem.what == f"'{TITLE}': the thread is solved, but nothing says by which reply"


@pytest.mark.parametrize(
    "open_still",
    [
        thread(tags=["Unsolved"]),
        thread(status="not resolved"),
        thread(solved=False, solution=None),
        thread(solution_id=99),
        thread(accepted_answer={"id": 99}),
        thread(ASKED | {"reactions": ["\u2705"]}, WRONG),
    ],
)
def test_a_thread_that_is_not_solved_is_left_out(open_still: dict[str, Any]) -> None:
    document = exported(open_still)
    (problem,) = document.problems
    assert document.records == ()
    assert problem.what == "there is no solved thread in this export"
    assert problem.remedy == "mark what solved them, and export again"


@pytest.mark.parametrize(
    ("fields", "category"),
    [
        ({"category_name": " Accounts "}, "Accounts"),
        ({"category": {"id": 7, "name": "Accounts"}}, "Accounts"),
        ({"forum": ""}, None),
    ],
)
def test_the_place_of_a_thread_is_its_category(fields: dict[str, Any], category: str | None) -> None:
    (record,) = exported(thread(solution_id=3, **fields)).records
    assert record.category == category


def test_a_short_question_of_the_asker_is_a_phrasing_and_its_address_the_source() -> None:
    asked = ASKED | {"content": "How can I take it to a new phone?"}
    link = "https://forum.example.org/t/7"
    (record,) = exported(thread(asked, RIGHT | {"solution": True}, url=link)).records
    assert (record.aliases, record.source) == (("How can I take it to a new phone?",), Source(url=link))


def test_an_address_that_is_none_is_left_out() -> None:
    (record,) = exported(thread(solution_id=3, url="javascript:alert(1)")).records
    assert record.source == Source()


def test_a_cut_export_is_told_with_its_line() -> None:
    (problem,) = read("export.json", b'{"solved": 1, "messages": [\n{"title": ').problems
    assert problem.line == 2


def test_a_thread_deep_within_an_export_is_not_looked_for() -> None:
    nested: Any = thread(solution_id=3)
    for _ in range(9):
        nested = {"more": nested}
    assert exported(nested).records == ()


def checked_by(*users: Any, roles: Any = (), flag: bool = False) -> dict[str, Any]:  # noqa: ANN401  # as above
    """Return a thread of which these people marked a reply."""
    helper = {"id": "ben", "roles": list(roles), "is_staff": flag}
    right = RIGHT | {"reactions": [{"emoji": {"name": "\u2705"}, "users": list(users)}]}
    return thread(ASKED, WRONG | {"author": helper}, right)


@pytest.mark.parametrize(
    "solved",
    [
        checked_by({"id": "eve"}, {"id": "mia"}),
        checked_by("mia"),
        checked_by(),
        checked_by({"id": "eve", "roles": [{"name": "Server Moderator"}]}),
        checked_by({"id": "ben"}, roles=[{"name": "member"}, {"name": "Mods"}]),
        checked_by({"id": "ben"}, flag=True),
        checked_by({"id": "77"}) | {"owner_id": 77},
        {"title": TITLE, "messages": [{"content": "?"}, RIGHT | {"reactions": [{"name": "solved", "users": ["eve"]}]}]},
    ],
)
def test_a_mark_counts_by_who_asked_and_by_moderators_and_where_nothing_says_by_whom(solved: dict[str, Any]) -> None:
    document = exported(solved)
    assert [(each.question, each.passages) for each in document.records] == [(TITLE, (SOLUTION,))]


@pytest.mark.parametrize("fields", [{}, {"solved": True}])
def test_what_only_others_marked_is_in_doubt(fields: dict[str, Any]) -> None:
    document = exported(checked_by({"id": "eve"}, {"id": "ben"}, roles=[{"name": "Server Supporter"}]) | fields)
    assert document.records == ()
    first = document.doubtful[0]
    assert "neither who asked nor a moderator" in first.problem.what
    assert first.record is not None
    assert first.record.passages == (SOLUTION,)


def test_the_title_may_stand_beside_the_messages_and_these_from_the_last_to_the_first() -> None:
    right = RIGHT | {"reactions": [{"emoji": {"name": "\u2705"}, "users": [{"id": "mia"}]}]}
    talk = {"thread": {"name": TITLE}, "messages": [THANKS, right, WRONG, ASKED]}
    document = read("export.json", json.dumps(talk).encode())
    assert [(each.question, each.passages) for each in document.records] == [(TITLE, (SOLUTION,))]
