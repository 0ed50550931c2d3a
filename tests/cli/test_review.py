"""`faqbot review list|show|answer|link|merge|split|dismiss|assign|snooze|reopen|revert|suggest|accept`."""

import asyncio
import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.models import DecisionKind
from bot.service.learning import PersonsReply
from bot.service.privacy import Person
from tests.cli.commands import Commands, FillOnce
from tests.service.graded import log
from tests.service.samples import FEES, UNKNOWN, WEB, question
from tests.store.samples import saved

GAP = "do you sell umbrellas?"


@pytest.fixture
def gap(faqbot: Commands, fill_once: FillOnce, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Return the commands on a log in which two people asked the same, one of them twice, and one something else."""

    def fill() -> None:
        faqbot("ask", "museum opening hours?")
        faqbot("ask", GAP)
        faqbot("ask", GAP)
        monkeypatch.setenv("LOGNAME", "bob")
        faqbot("ask", "Do you sell UMBRELLAS")
        monkeypatch.setenv("LOGNAME", "ann")

    fill_once("gap", fill)
    return faqbot


def ids(faqbot: Commands, *options: str) -> list[str]:
    """Return the ids that are listed."""
    return [item["id"] for item in json.loads(faqbot("review", "list", "--json", *options).out)]


def test_the_question_of_most_people_comes_first(gap: Commands) -> None:
    header, *rows = (line.split() for line in gap("review", "list").out.splitlines())
    assert header == ["ID", "ASKERS", "ASKED", "NEAREST", "ENTRY", "QUESTION"]
    assert [row[:3] for row in rows] == [["R2", "2", "3"], ["R1", "1", "1"]]
    assert len(gap("review", "list", "--limit", "1").out.splitlines()) == 2


def test_nothing_to_review_is_said(faqbot: Commands) -> None:
    assert faqbot("review", "list").out == "No open questions.\n"
    assert json.loads(faqbot("review", "list", "--json").out) == []


@pytest.mark.slow
def test_the_list_is_filtered(gap: Commands) -> None:
    gap("review", "assign", "R1", "eve")
    assert ids(gap, "--assignee", "eve") == ["R1"]
    assert ids(gap, "--platform", "slack") == []
    assert ids(gap, "--audience", "internal") == []
    assert ids(gap, "--kind", "expired") == []
    gap("review", "dismiss", "R1", "--reason", "spam")
    assert ids(gap) == ["R2"]
    assert ids(gap, "--status", "dismissed") == ["R1"]


@pytest.mark.slow
def test_an_item_is_shown_with_its_state(gap: Commands) -> None:
    shown = gap("review", "show", "q3").out
    assert "id           R2\n" in shown
    assert "question     do you sell umbrellas?\n" in shown
    assert "state        open\n" in shown
    assert "asked        3 times by 2 people on console, first 20" in shown
    gap("review", "dismiss", "Q3", "--reason", "off-topic", "--note", "not ours")
    shown = gap("review", "show", "R2").out
    assert "state        dismissed by console:ann on 20" in shown
    assert "UTC, off-topic, not ours\n" in shown
    assert "dismissed by console:ann\n" in shown


def test_an_item_as_json_holds_everything(gap: Commands) -> None:
    gap("review", "suggest", "R2", "--answer", "No.")
    shown = json.loads(gap("review", "show", "R2", "--json").out)
    assert (shown["id"], shown["status"], shown["count"], shown["askers"]) == ("R2", "open", 3, 2)
    assert [question["id"] for question in shown["questions"]] == ["Q2", "Q3", "Q4"]
    assert [one["answer"] for one in shown["suggestions"]] == ["No."]
    assert shown["history"] == []
    done = json.loads(gap("review", "link", "R2", "withdrawal-fees", "--json").out)
    assert (done["answered_by"], done["status"], done["told"]) == ("withdrawal-fees", "linked", 0)


@pytest.mark.slow
def test_an_answer_becomes_an_entry_live_at_once(gap: Commands) -> None:
    answered = gap(
        "review", "answer", "R2", "No, **never**.", "--question", "Do you sell umbrellas?", "--category", "Shop"
    )
    assert answered.out == "R2, asked 3 times, is answered with do-you-sell-umbrellas.\n"
    assert gap("ask", "is it umbrellas that you sell").out == "Do you sell umbrellas?\n\nNo, never.\n"
    assert "category    Shop\n" in gap("faq", "show", "do-you-sell-umbrellas").out
    assert ids(gap) == ["R1"]


def test_a_link_makes_a_phrasing_live_at_once(gap: Commands) -> None:
    linked = gap("review", "link", "R1", "withdrawal-fees", "--alias", "where is the museum of fees")
    assert linked.out == "R1 is linked with withdrawal-fees.\n"
    assert "list of fees" in gap("ask", "museum of fees").out


def test_items_are_merged_and_split(gap: Commands) -> None:
    assert gap("review", "merge", "R1", "--into", "R2").out == "R2, asked 4 times, is what it was merged into.\n"
    assert ids(gap) == ["R2"]
    assert gap("review", "split", "R2", "Q1", "Q2").out == "R3, asked 2 times, is an item of its own.\n"
    assert ids(gap) == ["R2", "R3"]


@pytest.mark.slow
def test_a_dismissed_item_is_opened_again_and_a_link_taken_back(gap: Commands) -> None:
    assert gap("review", "dismiss", "R1", "--reason", "spam").out == "R1 is dismissed.\n"
    assert gap("review", "reopen", "R1").out == "R1 is open again.\n"
    gap("review", "link", "R1", "withdrawal-fees")
    assert gap("review", "revert", "R1").out == "R1 is as it was before.\n"
    assert "museum" not in gap("faq", "show", "withdrawal-fees").out
    assert "R1" in ids(gap)


@pytest.mark.slow
def test_an_item_is_assigned_and_snoozed(gap: Commands) -> None:
    assert gap("review", "assign", "R1", "eve").out == "R1 is assigned to eve.\n"
    assert "assigned to  eve\n" in gap("review", "show", "R1").out
    assert gap("review", "assign", "R1").out == "R1 is assigned to nobody.\n"
    later = (datetime.now(UTC) + timedelta(days=9)).date()
    assert gap("review", "snooze", "R1", "2d").out.startswith("R1 is snoozed until 20")
    assert gap("review", "snooze", "R1", later.isoformat()).out == f"R1 is snoozed until {later} 00:00 UTC.\n"
    assert ids(gap) == ["R2"]
    assert f"state        snoozed until {later} 00:00 UTC\n" in gap("review", "show", "R1").out


@pytest.mark.slow
def test_a_suggestion_is_accepted(gap: Commands) -> None:
    assert gap("review", "suggest", "R2", "--entry", "withdrawal-fees").out == "S1 is suggested for R2.\n"
    assert "suggested    S1  link withdrawal-fees  (console:ann)\n" in gap("review", "show", "R2").out
    assert gap("review", "accept", "S1").out == "R2, asked 3 times, is resolved with withdrawal-fees.\n"


def test_who_acts_on_what_somebody_has_changed_is_told(gap: Commands) -> None:
    seen = str(json.loads(gap("review", "show", "R1", "--json").out)["version"])
    assert gap("review", "assign", "R1", "eve", "--seen", seen).code == 0
    refused = gap("review", "dismiss", "R1", "--reason", "spam", "--seen", seen)
    assert (refused.code, refused.out) == (4, "")
    assert refused.err.startswith("faqbot: R1 was assigned by console:ann meanwhile, and nothing was done; look again")


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("show", "R99"), 3, "faqbot: the review has no item 'R99'; see the open ones with: faqbot review list"),
        (("answer", "fees", "x"), 3, "faqbot: the review has no item 'fees'"),
        (("link", "R1", "nope"), 3, "faqbot: no entry has the id 'nope'"),
        (("link", "R1", "freeze-web", "--alias", "wd fee"), 4, "faqbot: 'wd fee' is already a phrasing of 'withdrawal"),
        (("link", "R1", "staff-approvals"), 4, "faqbot: 'staff-approvals' cannot answer R1, since its audience is"),
        (("answer", "R1", "x", "--id", "freeze-web"), 4, "faqbot: the id 'freeze-web' is taken"),
        (("answer", "R1", ""), 2, "faqbot: answer: "),
        (("merge", "R1", "--into", "R1"), 4, "faqbot: R1 cannot be merged into R1"),
        (("split", "R1", "Q1"), 4, "faqbot: R1 cannot be split so"),
        (("reopen", "R1"), 4, "faqbot: R1 is open"),
        (("revert", "R1"), 4, "faqbot: R1 stays as it is"),
        (("accept", "S1"), 3, "faqbot: no open suggestion is S1"),
        (("suggest", "R1"), 2, "faqbot review suggest: it needs one thing to suggest"),
        (("snooze", "R1", "soon"), 2, "faqbot review snooze: 'soon' is no time"),
        (("snooze", "R1", "2020-01-01"), 2, "faqbot review snooze: 2020-01-01 is past"),
    ],
)
def test_what_cannot_be_done_is_one_line(gap: Commands, arguments: tuple[str, ...], code: int, line: str) -> None:
    result = gap("review", *arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(line)
    assert result.err.count("\n") == 1


def test_a_closed_item_says_so(gap: Commands) -> None:
    gap("review", "dismiss", "R1", "--reason", "spam")
    result = gap("review", "answer", "R1", "x")
    assert (result.code, result.err) == (
        4,
        "faqbot: R1 is not open, it was dismissed by console:ann; see how: faqbot review show R1\n",
    )


@pytest.mark.slow
def test_what_few_people_asked_is_not_quoted_in_an_export(gap: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def exported() -> dict[str, dict[str, str]]:
        lines = csv.DictReader(io.StringIO(gap("review", "export", "--csv").out))
        return {line["id"]: line for line in lines}

    assert {name: line["question"] for name, line in exported().items()} == {"R1": "", "R2": ""}
    assert "umbrellas" not in gap("review", "export").out
    monkeypatch.setenv("LOGNAME", "eve")
    gap("ask", "=do you sell umbrellas")
    found = exported()["R2"]
    assert "umbrellas" in found["question"]
    assert (found["asked"], found["people"], found["platforms"], found["status"]) == ("4", "3", "console", "open")
    assert not found["question"].startswith("=")
    assert "museum" not in gap("review", "export", "--csv").out
    monkeypatch.setenv("FAQBOT_FEWEST_ASKERS", "1")
    assert "museum" in gap("review", "export", "--csv").out
    assert "museum" in gap("stats").out


@pytest.mark.slow
def test_a_change_that_would_take_answers_away_needs_a_yes(gap: Commands) -> None:
    asked = "what are the fees for a withdrawal"
    gap("ask", asked)
    taking = ("review", "answer", "R1", "Look them up.", "--question", "What are the fees for a withdrawal now?")
    refused = gap(*taking, "--alias", f"{asked} please")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("faqbot review answer: ")
    assert "--yes" in refused.err
    assert "R1" in ids(gap)
    assert gap(*taking, "--alias", f"{asked} please", "--yes").code == 0


def test_a_link_names_what_differs_and_leaves_it_open(gap: Commands) -> None:
    for text in ("how do I enable dark mode", "how do I disable dark mode"):
        gap("ask", text)
    if ids(gap) != ["R2", "R1", "R3"]:
        gap("review", "merge", "R4", "--into", "R3")

    linked = gap("review", "link", "R3", "withdrawal-fees")
    assert 'Differs, stays open: "how do I disable dark mode", opposite' in linked.err
    assert " One wording differs from it and stays open as R" in linked.out
    assert "how do I disable dark mode" in gap("review", "list").out


async def _chosen(database_url: str) -> None:
    async with open_app(Settings(database_url=database_url)) as app:
        await saved(app.database, FEES, WEB)
        for text in ("what do I pay to take coins out", "price for taking coins out"):
            for who in ("ana", "bob"):
                asked = await log(app, 0.5, text, kind=DecisionKind.SUGGESTED, author=who)
                await app.feedback.choose(asked, FEES.id, Person("slack", who))


def test_what_askers_chose_is_accepted_in_bulk(empty: Commands) -> None:
    assert empty("review", "accept").code == 2
    assert empty("review", "accept", "--chosen").out == "Nothing that askers chose is waiting.\n"
    asyncio.run(_chosen(empty.database))
    assert "chosen: fees" in empty("review", "list", "--kind", "chosen").out

    accepted = empty("review", "accept", "--chosen", "--yes")
    assert [line.split(",")[0] for line in accepted.out.splitlines()] == ["R2", "R1"]
    assert "what do I pay to take coins out" in empty("faq", "show", "fees").out


async def _helped(database_url: str) -> None:
    """Have two questions wait, and a helper answer both."""
    async with open_app(Settings(database_url=database_url)) as app:
        for number, text in enumerate((UNKNOWN, "may a dog sleep on the sofa")):
            asked = await app.ask.ask(question(text, f"m{number}", author=f"U{number}", thread=f"t{number}"))
            assert asked.item_id is not None
            await app.review.suggest(asked.item_id, answer=f"It depends on {number}.", actor="slack:ben")
        await app.review.suggest("R1", answer="It sits behind the door.", actor="slack:cho")
        ref = question(UNKNOWN, "m9", thread="t0").ref
        said = PersonsReply(ref=ref, author=Person("slack", "dan"), text="In the garden, I think.")
        await app.learning.heard(said)


def test_several_suggestions_are_accepted_in_one_go(empty: Commands) -> None:
    asyncio.run(_helped(empty.database))
    shown = empty("review", "show", "R1").out
    assert "(slack:dan, not agreed to publish)" in shown

    twice = empty("review", "accept", "S1", "S2", "S3", "--yes")
    assert (twice.code, twice.out) == (2, "")
    assert "several of them are for R1; choose one: faqbot review show R1" in twice.err
    unagreed = empty("review", "accept", "S2", "S4", "--yes")
    assert (unagreed.code, unagreed.out) == (4, "")
    assert "S4 has the words of slack:dan, who has not agreed that they become public" in unagreed.err
    assert empty("review", "accept", "S1", "S9", "--yes").code == 3

    done = empty("review", "accept", "S1", "S2", "S1", "--yes", "--json")
    assert [(one["id"], one["status"]) for one in json.loads(done.out)] == [("R1", "answered"), ("R2", "answered")]
    assert empty("review", "list").out == "No open questions.\n"
