"""`faqbot channels`."""

import json

from tests.cli.commands import Commands

HELP = "slack/T1/C1"


def test_a_channel_is_set_and_shown(faqbot: Commands) -> None:
    done = faqbot("channels", "set", HELP, "mode=shadow", "no_answer=Ask [red]Ann[/red].")
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines == [
        "channel slack/T1/C1",
        "mode shadow",
        "audience public",
        "locale Each member's own, else English",
        "no answer Ask [red]Ann[/red].",
        "wait none",
        "on call as set for all channels",
        "on call at as set for all channels",
        "topics all categories",
        "askers everybody",
        "cooldown none",
        "repeats as set for all channels",
        "replies as set for all channels",
        "news none",
        "stale left open",
        "reply in a thread",
    ]
    assert faqbot("channels", "show", HELP).out == done.out


def test_a_value_left_out_is_the_default(faqbot: Commands) -> None:
    faqbot("channels", "set", HELP, "mode=mention", "wait_seconds=20")
    assert "wait        none" in faqbot("channels", "set", HELP, "wait_seconds=").out
    assert json.loads(faqbot("channels", "show", HELP, "--json").out) == {
        "platform": "slack",
        "workspace_id": "T1",
        "channel_id": "C1",
        "mode": "mention",
        "audience": "public",
        "locale": None,
        "no_answer": None,
        "wait_seconds": 0,
        "on_call": None,
        "on_call_hours": None,
        "topics": None,
        "reply": "thread",
        "stale_days": 0,
        "news": None,
        "askers": None,
        "cooldown": None,
        "repeat_minutes": None,
        "replies_per_minute": None,
    }


def test_the_pace_of_a_channel_is_shown(empty: Commands) -> None:
    out = empty("channels", "set", HELP, "cooldown=5", "repeat_minutes=0", "replies_per_minute=3").out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert {"cooldown 5 min between answers unasked", "repeats after 0 min", "replies at most 3 a minute"} <= set(lines)


def test_a_language_that_the_bot_does_not_speak_is_marked(empty: Commands) -> None:
    assert "locale      de\n" in empty("channels", "set", HELP, "locale=de").out
    assert "locale      pt-BR; the bot says it in English\n" in empty("channels", "set", HELP, "locale=pt-BR").out
    assert "locale      Each member's own, else English\n" in empty("channels", "set", HELP, "locale=").out


def test_channels_are_listed(empty: Commands) -> None:
    assert empty("channels", "list").out.startswith("No channel is set: the bot is off everywhere.")
    assert json.loads(empty("channels", "list", "--json").out) == []
    empty("channels", "set", HELP, "mode=ambient", "wait_seconds=20", "locale=de", "no_answer=Ask Ann.")
    empty("channels", "set", "discord/1/2", "mode=mention")
    header, *lines = [" ".join(line.split()) for line in empty("channels", "list").out.splitlines()]
    assert header == "CHANNEL MODE AUDIENCE MORE"
    assert lines == ["discord/1/2 mention public", "slack/T1/C1 ambient public waits 20 s, de, own wording"]
    assert [one["mode"] for one in json.loads(empty("channels", "list", "--json").out)] == ["mention", "ambient"]


def test_mistakes_are_one_line(empty: Commands) -> None:
    for arguments, said in (
        (("show", "slack:C1"), "faqbot channels: 'slack:C1' names no channel; write PLATFORM/WORKSPACE/CHANNEL"),
        (("show", "irc/1/2"), "faqbot channels: 'irc/1/2' names no channel;"),
        (("set", "slack/T1/", "mode=off"), "faqbot channels: 'slack/T1/' names no channel;"),
        (("set", HELP, "mode"), "faqbot channels set: 'mode' is no change; write FIELD=VALUE"),
        (("set", HELP, "mode=loud"), "faqbot: mode: 'loud' is no value for a channel; expected one of off, mention"),
        (
            ("set", HELP, "locale=xx"),
            "faqbot: locale: 'xx' is no value for a channel; expected a locale like de or pt-BR; the bot itself speaks",
        ),
        (("set", HELP, "on_call=@ann"), "faqbot: on_call: '@ann' is no value for a channel; expected the id of a role"),
        (
            ("set", HELP, "on_call_hours=9-5"),
            "faqbot: on_call_hours: '9-5' is no value for a channel; expected hours such as Mon-Fri 09:00-17:00",
        ),
        (("set", HELP, "reply=dm"), "faqbot: reply: 'dm' is no value for a channel; expected one of thread, channel"),
        (("set", HELP, "askers=@mods"), "faqbot: askers: '@mods' is no value for a channel; expected ids of roles"),
        (
            ("set", HELP, "cooldown=-1"),
            "faqbot: cooldown: '-1' is no value for a channel; expected a whole number from 0 to 10080",
        ),
        (
            ("set", HELP, "news=soon"),
            "faqbot: news: 'soon' is no value for a channel; expected a time of the week such as",
        ),
        (("set", HELP, "topics=,"), "faqbot: topics: ',' is no value for a channel; expected categories with commas"),
        (("set", HELP, "colour=red"), "faqbot: colour: 'red' is no value for a channel; expected one of the settings"),
    ):
        result = empty("channels", *arguments)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(said)
        assert result.err.count("\n") == 1


def test_drafts_are_refused_without_a_review_channel(faqbot: Commands) -> None:
    done = faqbot("channels", "set", HELP, "mode=draft")
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("faqbot: mode: 'draft' is no value for a channel; expected another mode")
    assert "FAQBOT_SLACK_REVIEW_CHANNEL names none" in line
