"""Use the bot's commands, buttons, menus and forms as a member does."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.loopback.discord.constants import CallbackType, InteractionType
from tests.loopback.discord.guilds import partial_guild
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.world import Invocation

_OPTION: Final[Mapping[type, int]] = {str: 3, bool: 5, int: 4, float: 10}
_SUBCOMMAND, _SUBCOMMAND_GROUP = 1, 2
_CHAT_INPUT, _MESSAGE_COMMAND = 1, 3
_BUTTON, _TEXT_SELECT, _TEXT_INPUT, _ROLE_SELECT, _RADIO_GROUP = 2, 3, 4, 6, 21
_GROUPS: Final = (_SUBCOMMAND_GROUP, _SUBCOMMAND)

Value = str | int | float | bool


async def slash(loopback: Loopback, who: Who, command: str, **options: Value) -> Invocation:
    """Use a slash command, such as `faq browse`."""
    told = _command(loopback, who, command, [_option(name, value) for name, value in options.items()])
    return await _invoke(loopback, who, InteractionType.COMMAND, told)


async def complete(loopback: Loopback, who: Who, command: str, *, focused: str, **options: Value) -> list[Json]:
    """Type into an option of a slash command, and return the choices that the bot offers."""
    given = [_option(name, value) | ({"focused": True} if name == focused else {}) for name, value in options.items()]
    invocation = await _invoke(loopback, who, InteractionType.AUTOCOMPLETE, _command(loopback, who, command, given))
    callback = await answered(loopback, invocation)
    choices: list[Json] = callback["data"]["choices"]
    return choices


async def use_on(loopback: Loopback, who: Who, command: str, message_id: int) -> Invocation:
    """Use a command of the menu of a message."""
    message = loopback.world.messages[message_id]
    told = _named(loopback, who, command, _MESSAGE_COMMAND)
    told |= {"target_id": message["id"], "resolved": {"messages": {message["id"]: message}}}
    return await _invoke(loopback, who, InteractionType.COMMAND, told)


async def click(loopback: Loopback, who: Who, message_id: int, custom_id: str) -> Invocation:
    """Press a button."""
    told = {"component_type": _BUTTON, "custom_id": custom_id}
    return await _invoke(loopback, who, InteractionType.COMPONENT, told, message_id=message_id)


async def choose(loopback: Loopback, who: Who, message_id: int, custom_id: str, values: Sequence[str]) -> Invocation:
    """Choose from a menu."""
    told = {"component_type": _TEXT_SELECT, "custom_id": custom_id, "values": list(values)}
    return await _invoke(loopback, who, InteractionType.COMPONENT, told, message_id=message_id)


async def submit(loopback: Loopback, who: Who, opened: Invocation, **values: Value | Sequence[str]) -> Invocation:
    """Send off the form that the bot showed for an earlier interaction; values are named by `custom_id`."""
    form = await answered(loopback, opened)
    assert form["type"] == CallbackType.MODAL, f"no form was shown, but {form}"
    told = {
        "custom_id": form["data"]["custom_id"],
        "components": [_filled(row, values) for row in form["data"]["components"]],
    }
    if roles := _picked(loopback, who, told["components"]):
        told["resolved"] = {"roles": roles}
    return await _invoke(loopback, who, InteractionType.MODAL, told, message_id=opened.message_id)


def _picked(loopback: Loopback, who: Who, rows: Sequence[Json]) -> dict[str, Json]:
    """Return the roles that were picked in a form, which Discord sends along."""
    fields = [row.get("component", {}) for row in rows]
    ids = [value for one in fields if one.get("type") == _ROLE_SELECT for value in one["values"]]
    known = loopback.world.guild(loopback.world.guild_of(who.channel_id) or 0).roles if ids else {}
    return {role: known[int(role)] for role in ids if role.isdecimal() and int(role) in known}


async def send_form(loopback: Loopback, who: Who, custom_id: str, values: Mapping[str, str]) -> Invocation:
    """Send off a form that the bot did not show, as no client of Discord does."""
    fields = [{"type": _TEXT_INPUT, "id": 1, "custom_id": name, "value": value} for name, value in values.items()]
    told = {"custom_id": custom_id, "components": [{"type": 18, "id": 1, "component": field} for field in fields]}
    return await _invoke(loopback, who, InteractionType.MODAL, told)


async def answered(loopback: Loopback, invocation: Invocation) -> Json:
    """Return the bot's first answer to an interaction, as soon as there is one."""
    return await loopback.log.until(lambda: invocation.callback)


async def shown(loopback: Loopback, invocation: Invocation) -> Json:
    """Return the message that answers an interaction, as soon as it says something."""

    def said() -> Json | None:
        message = loopback.world.messages.get(invocation.answer_id or 0)
        return message if message and (message["content"] or message["embeds"] or message["components"]) else None

    return await loopback.log.until(said)


async def tell_interaction(loopback: Loopback, invocation: Invocation, told: Json, *, checked: bool = True) -> None:
    """Send an interaction to the bot; Discord may send the same one twice."""
    guild_id = loopback.world.guild_of(invocation.channel_id)
    await loopback.gateway.dispatch("INTERACTION_CREATE", told, guild_id=guild_id, checked=checked)


async def repeat(loopback: Loopback, invocation: Invocation) -> None:
    """Send an interaction a second time."""
    sent = [one.payload["d"] for one in loopback.log.sent if one.payload.get("t") == "INTERACTION_CREATE"]
    (told, *_) = [one for one in sent if one.get("id") == str(invocation.id)]
    await tell_interaction(loopback, invocation, told)


async def _invoke(
    loopback: Loopback, who: Who, kind: InteractionType, told: Json, *, message_id: int | None = None
) -> Invocation:
    world = loopback.world
    token = secrets.token_urlsafe(24)
    invocation = Invocation(world.snowflakes.next(), token, int(kind), who.channel_id, who.user_id, message_id)
    invocation.began = world.clock.now()
    world.invocations[token] = invocation
    await tell_interaction(loopback, invocation, _interaction(loopback, invocation, told))
    return invocation


def _interaction(loopback: Loopback, invocation: Invocation, told: Json) -> Json:
    world = loopback.world
    channel = world.channel(invocation.channel_id)
    written: Json = {
        "id": str(invocation.id),
        "application_id": world.bot["id"],
        "type": invocation.kind,
        "token": invocation.token,
        "version": 1,
        "channel": channel,
        "channel_id": channel["id"],
        "app_permissions": str(world.permissions(invocation.channel_id, world.application_id)),
        "locale": world.locales.get(invocation.user_id, "en-US"),
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "data": told,
    }
    if invocation.message_id is not None:
        written["message"] = world.messages[invocation.message_id]
    return written | _caller(loopback, invocation)


def _caller(loopback: Loopback, invocation: Invocation) -> Json:
    world = loopback.world
    guild_id = world.guild_of(invocation.channel_id)
    if guild_id is None:
        owners = {"0": "0"}
        return {"user": world.person(invocation.user_id), "context": 1, "authorizing_integration_owners": owners}
    guild = world.guild(guild_id)
    allowed = world.permissions(invocation.channel_id, invocation.user_id)
    return {
        "guild": partial_guild(guild),
        "guild_id": str(guild_id),
        "guild_locale": "en-US",
        "member": guild.members[invocation.user_id] | {"permissions": str(allowed)},
        "context": 0,
        "authorizing_integration_owners": {"0": str(guild_id)},
    }


def _command(loopback: Loopback, who: Who, command: str, options: list[Json]) -> Json:
    name, *below = command.split()
    for part, kind in zip(reversed(below), reversed(_GROUPS[-len(below) :]), strict=False):
        options = [{"type": kind, "name": part, "options": options}]
    return _named(loopback, who, name, _CHAT_INPUT) | {"options": options}


def _named(loopback: Loopback, who: Who, name: str, kind: int) -> Json:
    world = loopback.world
    guild_id = world.guild_of(who.channel_id)
    for scope in (guild_id, None):
        for known in world.commands.get(scope, []):
            if (known["name"], known["type"]) == (name, kind):
                place = {} if scope is None else {"guild_id": str(scope)}
                return {"id": known["id"], "name": name, "type": kind, **place}
    message = f"the bot has no command {name!r} here"
    raise LookupError(message)


def _option(name: str, value: Value) -> Json:
    return {"name": name, "type": _OPTION[type(value)], "value": value}


def _filled(row: Json, values: Mapping[str, Any]) -> Json:
    if "component" in row:
        return {"type": row["type"], "id": row.get("id", 1), "component": _field(row["component"], values)}
    inner = [_field(one, values) for one in row.get("components", ())]
    return {"type": row["type"], "id": row.get("id", 1), **({"components": inner} if inner else {})}


def _field(component: Json, values: Mapping[str, Any]) -> Json:
    filled = {"type": component["type"], "id": component.get("id", 1), "custom_id": component["custom_id"]}
    value = values.get(component["custom_id"])
    if component["type"] == _TEXT_INPUT:
        return filled | {"value": component.get("value", "") if value is None else value}
    chosen = [option["value"] for option in component.get("options", ()) if option.get("default")]
    if component["type"] in {_TEXT_SELECT, _ROLE_SELECT}:
        chosen += [str(one["id"]) for one in component.get("default_values", ())]
        given = chosen if value is None else value
        return filled | {"values": [given] if isinstance(given, str) else [*given]}
    if component["type"] == _RADIO_GROUP and value is None and chosen:
        return filled | {"value": chosen[0]}
    if isinstance(value, str | bool | None):
        return filled | {"value": value}
    return filled | {"values": list(value)}
