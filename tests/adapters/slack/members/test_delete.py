"""A deleted question takes its reply along, and its words are forgotten."""

from datetime import timedelta

import pytest

from bot.chat import posting
from tests.adapters.slack.bots import ASK, Office, StartBot
from tests.adapters.spools import new_folder
from tests.loopback.slack.faults import Fault, broken, dropped, refused
from tests.loopback.slack.server import Slack
from tests.service.samples import dump


async def test_the_reply_and_the_words_go(office: Office, sqlite_url: str) -> None:
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), f"{ASK} Polly wants to know.")
    await office.slack.posted(1)
    await office.quiet()
    assert "Polly" in await dump(sqlite_url)

    await alice.deletes(question)  # with the reply in its thread this leaves a stone
    await office.slack.called("chat.delete")
    await office.quiet()

    assert office.slack.visible() == []
    assert "Polly" not in await dump(sqlite_url)


async def test_what_was_never_answered_is_deleted_without_a_word(office: Office) -> None:
    alice = office.slack.member("alice")
    message = await alice.says(await office.channel(alice), "Morning all")

    await alice.deletes(message)
    await office.quiet()

    assert office.slack.calls_of("chat.delete") == []


async def test_a_reply_that_is_gone_already_is_no_trouble(office: Office) -> None:
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), ASK)
    (reply,) = await office.slack.posted(1)
    await office.quiet()
    reply.deleted = True

    await alice.deletes(question)
    await office.slack.called("chat.delete")
    await office.quiet()

    assert len(office.slack.calls_of("chat.delete")) == 1


async def test_a_reply_that_slack_does_not_delete_is_logged(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()
    office.slack.fail("chat.delete", refused("compliance_exports_prevent_deletion"))

    await alice.deletes(question)
    await office.slack.called("chat.delete")
    await office.quiet()

    assert "slack.delete.failed" in [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("fault", [broken(), dropped(), refused("ratelimited")])
async def test_a_reply_that_slack_does_not_delete_for_now_is_deleted_a_moment_later(
    office: Office, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    monkeypatch.setattr(posting, "_LONGEST_WAIT", timedelta())
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()
    office.slack.fail("chat.delete", fault, times=4)

    await alice.deletes(question)
    await office.slack.called("chat.delete")
    await office.quiet()

    assert office.slack.visible() == []


async def test_a_reply_that_slack_does_not_delete_for_long_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()
    office.slack.fail("chat.delete", broken(), times=9)

    await alice.deletes(question)
    await office.slack.called("chat.delete")
    await office.quiet()

    assert len(office.slack.calls_of("chat.delete")) == 5


async def test_a_process_that_dies_over_a_deletion_leaves_it_to_the_next(
    slack: Slack, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (60.0, 60.0))
    folder = new_folder()
    office = await start_bot(spool=folder)
    alice = slack.member("alice")
    question = await alice.says(await office.channel(alice), ASK)
    await slack.posted(1)
    await office.quiet()
    slack.fail("chat.delete", broken())
    await alice.deletes(question)
    await slack.called("chat.delete")
    await office.bot.work.finish(within=timedelta())
    office.bot.intake.spool.close()
    assert len(slack.visible()) == 1

    other = await start_bot(spool=folder)
    await other.bot.intake.take_up()
    await other.quiet()

    assert slack.visible() == []
