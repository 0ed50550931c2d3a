"""Show which workspace is taken to have received something: that of the installation, never that of who did it."""

from typing import Any

import pytest

from bot.adapters.slack.identity import Identity
from bot.adapters.slack.members.commands import COMMAND
from bot.adapters.slack.requests import is_received_here
from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.slack.bots import ASK, Office
from tests.loopback.slack import payloads
from tests.loopback.slack.member import Member
from tests.loopback.slack.workspace import Json
from tests.service.samples import LIMITS

OURS, THEIRS, ORGANISATION = "T0OURS", "T0THEIRS", "E0OURS"
ME = Identity(OURS, "U0BOT", "B0BOT")
EVERYWHERE = Identity(OURS, "U0BOT", "B0BOT", ORGANISATION)


def installed(team: str | None, enterprise: str | None = None, *, everywhere: bool = False) -> Json:
    """Return an entry of `authorizations`."""
    return {"team_id": team, "enterprise_id": enterprise, "is_bot": True, "is_enterprise_install": everywhere}


SERVED: list[Json] = [
    {"type": "event_callback", "team_id": OURS, "authorizations": [installed(OURS)]},
    {"type": "event_callback", "team_id": OURS, "event": {"team": THEIRS, "user_team": THEIRS, "source_team": THEIRS}},
    {"type": "event_callback", "team_id": THEIRS, "authorizations": [installed(OURS)], "is_ext_shared_channel": True},
    {"type": "event_callback", "team_id": THEIRS, "context_team_id": OURS, "authorizations": [installed(THEIRS)]},
    {"type": "event_callback", "team_id": OURS, "context_team_id": THEIRS, "authorizations": [installed(THEIRS)]},
    {"type": "block_actions", "team": {"id": OURS}, "user": {"team_id": THEIRS}},
    {"type": "view_submission", "team": {"id": THEIRS}, "user": {"team_id": THEIRS}}
    | {"view": {"team_id": THEIRS, "app_installed_team_id": OURS}},
    {"command": COMMAND, "team_id": OURS, "enterprise_id": "E0THEIRS"},
]
IGNORED: list[Json] = [
    {},
    {"type": "event_callback", "team_id": THEIRS, "authorizations": [installed(THEIRS)]},
    {"type": "event_callback", "team_id": THEIRS, "event": {"team": OURS, "user_team": OURS}},
    {"type": "event_callback", "team_id": THEIRS, "authorizations": [installed(None, "E0THEIRS", everywhere=True)]},
    {"type": "block_actions", "team": {"id": THEIRS}, "user": {"team_id": OURS}},
    {"type": "block_actions", "team": None, "user": {"team_id": OURS}, "enterprise": {"id": ORGANISATION}},
    {"type": "view_submission", "team": {"id": OURS}, "view": {"team_id": OURS, "app_installed_team_id": THEIRS}},
    {"command": COMMAND, "team_id": THEIRS},
    {"type": "event_callback", "team_id": [OURS], "authorizations": OURS, "team": 5, "view": [OURS]},
]


@pytest.mark.parametrize("body", SERVED, ids=str)
def test_what_the_own_workspace_received_is_let_in(body: Json) -> None:
    assert is_received_here(body, ME)


@pytest.mark.parametrize("body", IGNORED, ids=str)
def test_what_another_received_is_not(body: Json) -> None:
    assert not is_received_here(body, ME)


@pytest.mark.parametrize(
    "body",
    [
        {
            "type": "event_callback",
            "team_id": THEIRS,
            "authorizations": [installed(None, ORGANISATION, everywhere=True)],
        },
        {"type": "block_actions", "team": None, "enterprise": {"id": ORGANISATION}, "is_enterprise_install": True},
        {"command": COMMAND, "team_id": THEIRS, "enterprise_id": ORGANISATION, "is_enterprise_install": "true"},
    ],
    ids=str,
)
def test_an_app_of_a_whole_organisation_is_let_in_from_all_of_it(body: Json) -> None:
    assert is_received_here(body, EVERYWHERE)
    assert not is_received_here(body, ME)


def visitor(office: Office, kind: str) -> Member:
    """Return somebody who is no full member: a guest, or a person of another organisation."""
    settings: dict[str, Any] = {"guest": {"is_restricted": True}, "connected": {"team_id": THEIRS, "is_stranger": True}}
    return office.slack.member(kind, **settings[kind])


@pytest.mark.parametrize("kind", ["guest", "connected"])
async def test_visitors_of_a_shared_channel_get_what_is_public(office: Office, kind: str) -> None:
    visits = visitor(office, kind)
    channel = await office.channel(visits, audience="internal", is_ext_shared=kind == "connected")

    asked = visits.writes(channel, ASK)
    for event in visits.events_of(asked):
        # Slack may name the team of the author here; `authorizations` names where the app is.
        told = payloads.envelope(event, f"Ev{event['type']}", channel) | {"team_id": visits.user.team_id}
        await office.slack.deliver(told)
    (answer,) = await office.slack.posted(1, channel)
    await visits.commands(channel, f"{COMMAND} {LIMITS.question}")
    (told_alone,) = await office.slack.told(visits)

    assert "One coin." in str(answer.blocks)
    assert "zebra" not in f"{answer.blocks}{told_alone.blocks}".lower()


@pytest.mark.parametrize("kind", ["guest", "connected"])
async def test_visitors_press_buttons_and_send_dialogs_off(office: Office, kind: str) -> None:
    visits = visitor(office, kind)
    channel = await office.channel(visits, is_ext_shared=kind == "connected")
    await visits.says(channel, ASK)
    (answer,) = await office.slack.posted(1, channel)

    await visits.clicks(answer, SlackAction.NOT_THIS)
    await office.slack.called("views.open")
    view = visits.modal().shown() | {"team_id": visits.user.team_id}
    sent = payloads.interaction("view_submission", visits.user, "1", view=view | {"app_installed_team_id": THEIRS})
    await office.slack.deliver(sent)
    assert office.slack.private(visits) == []

    ours = {"view": view | {"app_installed_team_id": office.bot.me.workspace_id}, "team": {"id": visits.user.team_id}}
    await office.slack.deliver(sent | ours)
    await office.slack.told(visits)
    office.slack.take_problems()  # Slack's own types lack `app_installed_team_id`
