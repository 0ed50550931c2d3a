"""Show that the loopback reckons permissions, pings and ids as Discord does."""

from datetime import UTC, datetime

import pytest

from tests.loopback.discord import payloads
from tests.loopback.discord.constants import MEMBER, Permission
from tests.loopback.discord.payloads import Json, overwrite
from tests.loopback.discord.permitting import EVERYTHING, permissions
from tests.loopback.discord.pinging import UNRESTRICTED, pinged
from tests.loopback.discord.snowflakes import Snowflakes, moment

GUILD, ROLE, PERSON = 1, 2, 3
SEND, VIEW = Permission.SEND_MESSAGES, Permission.VIEW_CHANNEL
TEXT = f"<@{PERSON}> <@!4> <@&{ROLE}> @here"


@pytest.mark.parametrize(
    ("overwrites", "expected"),
    [
        ([], MEMBER),
        ([overwrite(GUILD, deny=SEND)], MEMBER & ~SEND),
        ([overwrite(GUILD, deny=SEND), overwrite(ROLE, allow=SEND)], MEMBER),
        ([overwrite(ROLE, allow=SEND), overwrite(PERSON, deny=SEND, for_member=True)], MEMBER & ~SEND),
        ([overwrite(ROLE, deny=VIEW), overwrite(PERSON, allow=VIEW, for_member=True)], MEMBER),
        ([overwrite(99, deny=SEND)], MEMBER),
    ],
)
def test_overwrites_count_in_their_order(overwrites: list[Json], expected: int) -> None:
    roles = {GUILD: payloads.role(GUILD, "@everyone"), ROLE: payloads.role(ROLE, "Helpers", permissions=0)}
    member = payloads.member(payloads.user(PERSON, "ana"), roles=(ROLE,))

    assert permissions(GUILD, roles, member, overwrites) == expected


def test_an_administrator_may_everything() -> None:
    roles = {GUILD: payloads.role(GUILD, "@everyone", permissions=Permission.ADMINISTRATOR)}
    member = payloads.member(payloads.user(PERSON, "ana"))

    assert permissions(GUILD, roles, member, [overwrite(GUILD, deny=SEND)]) == EVERYTHING


@pytest.mark.parametrize(
    ("allowed", "heard"),
    [
        (UNRESTRICTED, {"3", "4", "2", "everyone", "9"}),
        ({"parse": []}, set()),
        ({}, set()),
        ({"parse": [], "replied_user": True}, {"9"}),
        ({"parse": ["users"]}, {"3", "4"}),
        ({"parse": ["roles"]}, {"2"}),
        ({"parse": ["everyone"]}, {"everyone"}),
        ({"users": ["3", "8"]}, {"3"}),
        ({"roles": [2]}, {"2"}),
    ],
)
def test_who_hears_of_a_message(allowed: Json, heard: set[str]) -> None:
    assert pinged(TEXT, allowed, replied_to="9") == heard


def test_ids_grow_and_tell_their_time() -> None:
    snowflakes = Snowflakes()
    ids = [snowflakes.next() for _ in range(1000)]
    old = snowflakes.next(at=datetime(2024, 5, 6, 7, 8, tzinfo=UTC))

    assert ids == sorted(set(ids))
    assert moment(old) == "2024-05-06T07:08:00+00:00"
