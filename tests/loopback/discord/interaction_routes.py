"""Serve the answers to interactions: the first one, what follows, and changes to them."""

from typing import Final

from aiohttp import web

from tests.loopback.discord import payloads
from tests.loopback.discord.constants import CallbackType, InteractionType, MessageFlag, MessageType
from tests.loopback.discord.errors import Refusal, RefusedError
from tests.loopback.discord.keys import GATEWAY, WORLD, body, number
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.replying import nothing, reply
from tests.loopback.discord.telling import tell_message, tell_removed
from tests.loopback.discord.world import Invocation, World
from tests.loopback.discord.writing import rewritten, written

routes = web.RouteTableDef()
_WEBHOOK = r"/webhooks/{webhook_id:\d+}/{webhook_token}"
_ORIGINAL = _WEBHOOK + "/messages/@original"
_FOLLOW_UP = _WEBHOOK + r"/messages/{message_id:\d+}"
_USERS_ONLY: Final[Json] = {"parse": ["users"]}
FIRST_SECONDS, SECONDS = 3, 15 * 60
"""How long an interaction waits for its first answer, and how long its token serves."""
_KINDS: Final = {
    InteractionType.AUTOCOMPLETE: {CallbackType.AUTOCOMPLETE},
    InteractionType.COMMAND: {CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE, CallbackType.MODAL},
    InteractionType.COMPONENT: set(CallbackType) - {CallbackType.AUTOCOMPLETE},
    InteractionType.MODAL: set(CallbackType) - {CallbackType.AUTOCOMPLETE, CallbackType.MODAL},
}


@routes.post(r"/interactions/{interaction_id:\d+}/{interaction_token}/callback")
async def create_response(request: web.Request) -> web.Response:
    """Accept the first answer to an interaction."""
    world, asked = request.app[WORLD], body(request)
    invocation = world.invocations.get(request.match_info["interaction_token"])
    if invocation is None or invocation.id != number(request, "interaction_id"):
        raise RefusedError(Refusal.UNKNOWN_INTERACTION)
    if invocation.callback is not None:
        raise RefusedError(Refusal.ALREADY_ACKNOWLEDGED)
    if world.clock.now() - invocation.began >= FIRST_SECONDS:
        raise RefusedError(Refusal.UNKNOWN_INTERACTION)
    if asked["type"] not in _KINDS[InteractionType(invocation.kind)]:
        raise RefusedError(Refusal.INVALID_FORM)
    await _carry_out(request, invocation, asked)
    invocation.callback = asked
    if "with_response" not in request.query:
        return nothing()
    return reply(_response(world, invocation, asked))


async def _carry_out(request: web.Request, invocation: Invocation, asked: Json) -> None:
    world, told = request.app[WORLD], asked.get("data") or {}
    match asked["type"]:
        case CallbackType.MESSAGE:
            message = _write(world, invocation, told)
            invocation.answer_id = int(message["id"])
            await _tell(request, "MESSAGE_CREATE", message)
        case CallbackType.DEFERRED_MESSAGE:
            message = _placeholder(world, invocation, told)
            invocation.answer_id = int(message["id"])
            await _tell(request, "MESSAGE_CREATE", message)
        case CallbackType.UPDATE:
            invocation.answer_id = invocation.message_id
            await _tell(request, "MESSAGE_UPDATE", rewritten(world, _clicked(world, invocation), told))
        case CallbackType.DEFERRED_UPDATE:
            _clicked(world, invocation)
            invocation.answer_id = invocation.message_id


@routes.post(_WEBHOOK)
async def follow_up(request: web.Request) -> web.Response:
    """Write a further message; the first one after a deferral takes its place."""
    world, invocation = request.app[WORLD], _acknowledged(request)
    original = world.messages.get(invocation.answer_id or 0)
    if original and original["flags"] & MessageFlag.LOADING:
        return await _changed(request, original)
    message = _write(world, invocation, body(request))
    await _tell(request, "MESSAGE_CREATE", message)
    return reply(message)


@routes.get(_ORIGINAL)
@routes.get(_FOLLOW_UP)
async def get_answer(request: web.Request) -> web.Response:
    """Return an answer to an interaction."""
    return reply(_answer(request))


@routes.patch(_ORIGINAL)
@routes.patch(_FOLLOW_UP)
async def edit_answer(request: web.Request) -> web.Response:
    """Change an answer to an interaction."""
    return await _changed(request, _answer(request))


@routes.delete(_ORIGINAL)
@routes.delete(_FOLLOW_UP)
async def delete_answer(request: web.Request) -> web.Response:
    """Remove an answer to an interaction."""
    world, message = request.app[WORLD], _answer(request)
    del world.messages[int(message["id"])]
    if int(message["id"]) not in world.seen_by:
        await tell_removed(request.app[GATEWAY], message)
    return nothing()


async def _changed(request: web.Request, message: Json) -> web.Response:
    rewritten(request.app[WORLD], message, body(request))
    message["flags"] &= ~MessageFlag.LOADING
    await _tell(request, "MESSAGE_UPDATE", message)
    return reply(message)


def _acknowledged(request: web.Request) -> Invocation:
    world = request.app[WORLD]
    invocation = world.invocations.get(request.match_info["webhook_token"])
    if invocation is None or invocation.callback is None:
        raise RefusedError(Refusal.UNKNOWN_WEBHOOK)
    if world.clock.now() - invocation.began >= SECONDS:
        raise RefusedError(Refusal.INVALID_WEBHOOK_TOKEN)
    return invocation


def _answer(request: web.Request) -> Json:
    world, invocation = request.app[WORLD], _acknowledged(request)
    named = request.match_info.get("message_id")
    message_id = int(named) if named else invocation.answer_id
    if message_id is None or message_id not in {invocation.answer_id, *invocation.messages}:
        raise RefusedError(Refusal.UNKNOWN_MESSAGE)
    return world.message(invocation.channel_id, message_id, private=True)


def _clicked(world: World, invocation: Invocation) -> Json:
    if invocation.message_id is None:
        raise RefusedError(Refusal.INVALID_FORM)
    return world.message(invocation.channel_id, invocation.message_id, private=True)


def _write(world: World, invocation: Invocation, told: Json) -> Json:
    message = written(world, invocation.channel_id, told, otherwise=_USERS_ONLY)
    return _attributed(world, invocation, message)


def _placeholder(world: World, invocation: Invocation, told: Json) -> Json:
    message = payloads.message(world.snowflakes.next(), invocation.channel_id, world.bot, "")
    message["flags"] = (told.get("flags") or 0) | MessageFlag.LOADING
    return _attributed(world, invocation, world.add_message(message))


def _attributed(world: World, invocation: Invocation, message: Json) -> Json:
    message["webhook_id"] = message["application_id"] = world.bot["id"]
    if invocation.kind == InteractionType.COMMAND:
        message["type"] = int(MessageType.CHAT_INPUT_COMMAND)
    invocation.messages.append(int(message["id"]))
    if message["flags"] & MessageFlag.EPHEMERAL:
        world.seen_by[int(message["id"])] = invocation.user_id
        invocation.private = True
    return message


async def _tell(request: web.Request, event: str, message: Json) -> None:
    if int(message["id"]) not in request.app[WORLD].seen_by:
        await tell_message(request.app[GATEWAY], event, message)


def _response(world: World, invocation: Invocation, asked: Json) -> Json:
    told: Json = {"id": str(invocation.id), "type": invocation.kind}
    message = world.messages.get(invocation.answer_id or 0)
    if message is None:
        return {"interaction": told, "resource": {"type": asked["type"]}}
    told["response_message_id"] = message["id"]
    told["response_message_loading"] = bool(message["flags"] & MessageFlag.LOADING)
    told["response_message_ephemeral"] = bool(message["flags"] & MessageFlag.EPHEMERAL)
    return {"interaction": told, "resource": {"type": asked["type"], "message": message}}
