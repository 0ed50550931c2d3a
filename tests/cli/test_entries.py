"""`faqbot faq list|show|add|edit|alias|retire`."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.store import Database, audit
from tests.cli.commands import Commands


def actors(url: str, entry_id: str) -> list[tuple[str, str | None]]:
    """Return who changed an entry, and why."""

    async def read() -> list[tuple[str, str | None]]:
        database = Database(url)
        async with database.snapshot() as tx:
            records = await audit.read(tx, f"entry:{entry_id}")
        await database.aclose()
        return [(record.actor, record.reason) for record in records]

    return asyncio.run(read())


def test_entries_are_listed_in_columns(faqbot: Commands) -> None:
    assert faqbot("faq", "list").out == (
        "ID               STATE     CATEGORY  QUESTION\n"
        "freeze-app       public    Account   How do I freeze my account in the app?\n"
        "freeze-web       public    Account   How do I freeze my account on the website?\n"
        "staff-approvals  internal            Who approves manual payouts?\n"
        "withdrawal-fees  public              What are the fees for a withdrawal?\n"
    )


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        (("--category", "Account"), ["freeze-app", "freeze-web"]),
        (("--category", " ACCOUNT"), ["freeze-app", "freeze-web"]),
        (("--audience", "internal"), ["staff-approvals"]),
        (("--text", "WITHDRAWAL", "--status", "published"), ["withdrawal-fees"]),
        (("--status", "retired"), []),
        (("--text", "%"), []),
    ],
)
def test_conditions_narrow_the_list(faqbot: Commands, conditions: tuple[str, ...], ids: list[str]) -> None:
    assert [line.split()[0] for line in faqbot("faq", "list", *conditions).out.splitlines()[1:]] == ids


def test_the_list_is_sorted_by_what_became_of_entries(faqbot: Commands) -> None:
    for question in ("wd fee", "how much is a withdrawal", "who approves manual payouts"):
        faqbot("ask", question, "--audience", "internal")
    lines = [line.split() for line in faqbot("faq", "list", "--sort", "asked").out.splitlines()]
    assert lines[0][-5:] == ["SHOWN", "HELPFUL", "NOT", "HELPFUL", "CORRECTED"]
    assert [(line[0], line[-5:]) for line in lines[1:]] == [
        ("withdrawal-fees", ["2", "2", "0", "0", "0"]),
        ("staff-approvals", ["1", "1", "0", "0", "0"]),
        ("freeze-app", ["0"] * 5),
        ("freeze-web", ["0"] * 5),
    ]
    first = json.loads(faqbot("faq", "list", "--sort", "shown", "--json").out)[0]
    assert first["use"] == {"asked": 2, "shown": 2, "helpful": 0, "wrong": 0, "corrected": 0}


def test_an_entry_is_shown_as_it_was_written(faqbot: Commands) -> None:
    shown = faqbot("faq", "show", "freeze-app").out
    assert "answer      1. Open **Profile > Security**.\n            2. Tap [red]Freeze[/red] :warning:.\n" in shown
    assert "staff note  Only the member may do it.\n" in shown
    shown = faqbot("faq", "show", "withdrawal-fees").out
    assert "aliases     wd fee  (import)\n            how much is a withdrawal  (import)\n" in shown
    assert "source      Fees, https://example.com/fees\n" in shown
    assert "updated     2026-04-24\nviews       12,345\nversion     1, of 20" in shown


def test_an_entry_is_added_and_answers_at_once(faqbot: Commands) -> None:
    added = faqbot(
        "faq",
        "add",
        "--question",
        "Do you sell umbrellas?",
        "--answer",
        "No.",
        "--alias",
        "umbrella shop",
        "--alias",
        "parasols",
    )
    assert (added.code, added.out) == (0, "added do-you-sell-umbrellas (version 1)\n")
    assert faqbot("ask", "is there an umbrella shop").out == "Do you sell umbrellas?\n\nNo.\n"
    assert actors(faqbot.database, "do-you-sell-umbrellas") == [("console:ann", None)]


def test_fields_are_changed_and_emptied(faqbot: Commands) -> None:
    changed = faqbot(
        "faq",
        "edit",
        "freeze-web",
        "--set",
        "answer=a=b",
        "--set",
        "owner=kim",
        "--clear",
        "category",
        "--reason",
        "moved",
    )
    assert (changed.code, changed.out) == (0, "changed freeze-web (version 2)\n")
    shown = faqbot("faq", "show", "freeze-web").out
    assert "answer      a=b\n" in shown
    assert "owner       kim\n" in shown
    assert "category" not in shown
    assert actors(faqbot.database, "freeze-web")[-1] == ("console:ann", "moved")


def test_an_alias_answers_at_once(faqbot: Commands) -> None:
    assert faqbot("faq", "alias", "withdrawal-fees", "brolly tax").out == "changed withdrawal-fees (version 2)\n"
    assert "list of fees" in faqbot("ask", "brolly tax").out
    assert "brolly tax  (moderator)" in faqbot("faq", "show", "withdrawal-fees").out


def test_further_answers_are_shown(faqbot: Commands, folder: Path) -> None:
    answers = "[{locale: de, question: Welche Suppe?, answer: Lauch.}, {region: EU, answer: Tomato.}]"
    text = f"- id: soup\n  question: Which soup?\n  answer: Leek.\n  answers: {answers}\n"
    (folder / "soup.yaml").write_text(text, encoding="utf-8")
    assert faqbot("faq", "import", "soup.yaml").code == 0
    shown = faqbot("faq", "show", "soup").out
    assert "for de (asked as: Welche Suppe?):" in shown
    assert "for EU:" in shown
    assert "aliases" not in shown


def test_a_retired_entry_answers_no_more(faqbot: Commands) -> None:
    assert (
        faqbot("faq", "retire", "withdrawal-fees", "--reason", "free now").out
        == "retired withdrawal-fees (version 2)\n"
    )
    assert "list of fees" not in faqbot("ask", "wd fee").out
    assert "status      retired" in faqbot("faq", "show", "withdrawal-fees").out
    assert "withdrawal-fees  public, retired  " in faqbot("faq", "list").out


def test_several_are_changed_at_once_or_none(faqbot: Commands) -> None:
    changed = faqbot("faq", "edit", "freeze-web", "freeze-app", "--set", "owner=kim", "--set", "region=EU")
    assert changed.out == "changed freeze-web (version 2)\nchanged freeze-app (version 2)\n"
    assert faqbot("faq", "retire", "freeze-web", "nope", "freeze-app").code == 3
    assert "retired" not in faqbot("faq", "list").out
    assert faqbot("faq", "retire", "freeze-web", "freeze-app").out.count("retired") == 2


def test_an_alias_is_removed_however_it_is_typed(faqbot: Commands) -> None:
    assert (
        faqbot("faq", "alias", "withdrawal-fees", "WD  fee?", "--remove").out == "changed withdrawal-fees (version 2)\n"
    )
    assert "wd fee" not in faqbot("faq", "show", "withdrawal-fees").out
    assert (
        faqbot("faq", "alias", "withdrawal-fees", "no such", "--remove").out
        == "unchanged withdrawal-fees (version 2)\n"
    )


def test_a_category_is_renamed_and_found_in_any_case(faqbot: Commands) -> None:
    assert faqbot("faq", "category", "rename", "account", "Safety").out == "2 entries changed\n"
    assert faqbot("faq", "category", "list").out == "CATEGORY  ENTRIES\nSafety          2\n(none)          2\n"
    refused = faqbot("faq", "list", "--category", "safty")
    assert (refused.code, "did you mean Safety?" in refused.err) == (3, True)
    assert faqbot("faq", "category", "rename", "SAFETY", "Safety").out == "0 entries changed\n"
    faqbot("faq", "edit", "withdrawal-fees", "--set", "category=Costs", "--yes")
    assert faqbot("faq", "category", "rename", "costs", "safety").out == "1 entry changed\n"
    assert faqbot("faq", "category", "list").out == "CATEGORY  ENTRIES\nSafety          3\n(none)          1\n"
    assert faqbot("faq", "category", "rename", "Safety", "safety").out == "3 entries changed\n"


def test_a_draft_answers_only_those_who_ask_for_drafts(faqbot: Commands) -> None:
    new = ("--question", "Do you sell umbrellas?", "--answer", "No.", "--status", "draft", "--id", "umbrellas")
    faqbot("faq", "add", *new)
    assert "No." not in faqbot("ask", "do you sell umbrellas").out
    open_items = faqbot("review", "list").out
    previewed = faqbot("ask", "--draft", "--why", "do you sell umbrellas")
    assert previewed.out.startswith("Do you sell umbrellas?\n\nNo.\n")
    assert faqbot("review", "list").out == open_items
    assert faqbot("faq", "publish", "umbrellas", "--yes").out == "published umbrellas (version 2)\n"
    assert faqbot("ask", "do you sell umbrellas").out == "Do you sell umbrellas?\n\nNo.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("show", "nope"), 3, "faqbot: no entry has the id 'nope'"),
        (("edit", "nope", "--set", "owner=x"), 3, "faqbot: no entry has the id 'nope'"),
        (("alias", "nope", "x y"), 3, "faqbot: no entry has the id 'nope'"),
        (("retire", "\udcff\x1b[2J"), 3, "faqbot: no entry has the id '\ufffd[2J'"),
        (("alias", "freeze-web", "WD fee?"), 4, "faqbot: 'WD fee?' is already a phrasing of 'withdrawal-fees'"),
        (
            ("add", "--id", "freeze-web", "--question", "Why?", "--answer", "x"),
            4,
            "faqbot: the id 'freeze-web' is taken",
        ),
        (("edit", "freeze-web", "--set", "review_by=soon"), 2, "faqbot: review_by: 'soon' cannot be stored; expected"),
        (("edit", "freeze-web", "--set", "colour=red"), 2, "faqbot: colour: 'red' cannot be stored; expected one of"),
        (("edit", "freeze-web", "--clear", "answer"), 2, "faqbot: answer: "),
        (("edit", "freeze-web", "--set", "owner"), 2, "faqbot faq edit: 'owner' is no change; write --set FIELD=VALUE"),
        (("edit", "freeze-web"), 2, "faqbot faq edit: there is nothing to change; give --set FIELD=VALUE or --clear"),
        (("add", "--question", "Why?", "--answer", "\udcff"), 2, "faqbot: answer: "),
    ],
)
def test_what_cannot_be_done_is_one_line(faqbot: Commands, arguments: tuple[str, ...], code: int, line: str) -> None:
    result = faqbot("faq", *arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(line)
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("command", [("edit", "freeze-web", "--set", "answer=Click."), ("retire", "freeze-web")])
def test_a_correction_is_made_and_kept_in_the_log_when_it_is_asked_for(
    faqbot: Commands, command: tuple[str, ...]
) -> None:
    assert faqbot("faq", *command).code == 0
    assert len(actors(faqbot.database, "freeze-web")) == 2
    assert faqbot("faq", *command, "--correct").code == 0
    assert len(actors(faqbot.database, "freeze-web")) == 3


def test_what_an_entry_is_never_to_answer_is_added_and_taken_back(faqbot: Commands) -> None:
    assert (
        faqbot("faq", "never", "withdrawal-fees", "the fee of a deposit").out == "changed withdrawal-fees (version 2)\n"
    )
    assert "never       the fee of a deposit\n" in faqbot("faq", "show", "withdrawal-fees").out
    assert faqbot("faq", "never", "withdrawal-fees", "The fee of a deposit?").out.endswith("(version 2)\n")
    assert faqbot("faq", "never", "withdrawal-fees", "the fee of a DEPOSIT", "--remove").out.endswith("(version 3)\n")
    assert "never" not in faqbot("faq", "show", "withdrawal-fees").out


def test_an_answer_for_a_place_is_given_changed_and_removed(faqbot: Commands) -> None:
    german = (
        "faq",
        "answer",
        "withdrawal-fees",
        "Keine.",
        "--locale",
        "de",
        "--question",
        "Was kostet eine Auszahlung?",
    )
    assert faqbot(*german).out == "changed withdrawal-fees (version 2)\n"
    assert faqbot("faq", "answer", "withdrawal-fees", "None there.", "--region", "EU").out.endswith("(version 3)\n")
    shown = faqbot("faq", "show", "withdrawal-fees").out
    assert "for de (asked as: Was kostet eine Auszahlung?):" in shown
    assert "for EU:" in shown
    assert faqbot("faq", "answer", "withdrawal-fees", "Eine Münze.", "--locale", "de").out.endswith("(version 4)\n")
    shown = faqbot("faq", "show", "withdrawal-fees").out
    assert "Keine." not in shown
    assert "for de (asked as: Was kostet eine Auszahlung?):" in shown

    assert faqbot("faq", "answer", "withdrawal-fees", "--region", "eu").out.endswith("(version 5)\n")
    assert "for EU:" not in faqbot("faq", "show", "withdrawal-fees").out
    refused = faqbot("faq", "answer", "withdrawal-fees", "For nobody.")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert faqbot("faq", "answer", "withdrawal-fees", "Nul.", "--locale", "not a locale").code == 2


def test_categories_are_listed_for_a_program(faqbot: Commands) -> None:
    found = json.loads(faqbot("faq", "category", "list", "--json").out)
    assert found == [{"category": "Account", "entries": 2}, {"category": None, "entries": 2}]
