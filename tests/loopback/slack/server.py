"""Run a Slack of our own on this machine, for the real client to talk to over real sockets.

A test sees it as the fixture `slack`, and lets people of the workspace do things (`test_loopback.py` has it in full):

    async def test_a_lost_answer_is_not_posted_again(slack: Slack, run_app: RunApp, mode: str) -> None:
        app = slack.app(mode)
        register(app)  # the listeners under test
        await run_app(app)
        alice = slack.member("alice")
        channel = slack.space.channel("ask", alice.user)
        slack.fail("chat.postMessage", dropped(after_work=True))

        question = await alice.says(channel, f"<@{BOT_USER}> where is the wifi password?")

        (answer,) = await slack.posted(1)
        assert answer.thread_ts == question.ts
        delivery = await alice.clicks(answer, "not_it")
        assert delivery.seconds < 3
        await slack.called("views.open")
        await alice.submits(alice.modal(), reason="It is about the other office.")
        await slack.called("chat.update")
        assert answer.versions[-1] == "Thank you."

    async def test_the_app_connects_anew(slack: Slack) -> None:
        async with running_app(slack, slack.app(), "socket"):
            await slack.sockets.disconnect()
            await slack.connected(2)

When the test is over, what Slack would have refused, or what its published types do not know, fails it; a test that
wants to see that takes it out with `slack.take_problems()`.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientSession, web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback.slack import payloads, redelivery, schemas
from tests.loopback.slack.deliveries import DEADLINE, Delivery, Retry, kind_of
from tests.loopback.slack.faults import Fault
from tests.loopback.slack.member import Member
from tests.loopback.slack.signing import SIGNING_SECRET, send_signed
from tests.loopback.slack.sockets import Sockets
from tests.loopback.slack.watching import Watch
from tests.loopback.slack.web import BOT_TOKEN, Call, WebApi
from tests.loopback.slack.workspace import BOT_USER, Address, Channel, Json, Message, Workspace
from tests.loopback.specs import Spec


class Slack:
    """A workspace with its Web API and sockets, and send its events to the app.

    They go over Socket Mode, or to `events_url` over HTTP where it is set.
    """

    def __init__(self, session: ClientSession, spec: Spec | None = None) -> None:
        self.session = session
        self.space = Workspace()
        self.watch = Watch()
        self.sockets = Sockets(self.watch)
        self.web = WebApi(self.space, self.watch, spec, self._socket_url)
        self.deliveries: list[Delivery] = []
        self.events_url: str | None = None
        self.mentions_come_last = False
        """Whether the app hears of a message first, and then that it was mentioned: Slack promises no order."""
        self.url = ""
        self._numbers = count(1)

    @property
    def api_url(self) -> str:
        """Return the base URL for the client."""
        return f"{self.url}/api/"

    @property
    def calls(self) -> list[Call]:
        """Return each request of the app so far."""
        return self.web.calls

    def calls_of(self, method: str) -> list[Call]:
        """Return the requests of one method so far."""
        return [call for call in self.calls if call.method == method]

    def client(self) -> AsyncWebClient:
        """Return the real client, with its base URL here."""
        return AsyncWebClient(token=BOT_TOKEN, base_url=self.api_url)

    def app(self, mode: str = "socket") -> AsyncApp:
        """Return the real app, for Socket Mode or for signed HTTP."""
        secret = SIGNING_SECRET if mode == "http" else None
        return AsyncApp(
            name="loopback",  # it would look for one in the stack, which takes long
            client=self.client(),
            signing_secret=secret,
            raise_error_for_unhandled_request=False,
        )

    def member(self, name: str, **settings: bool | str) -> Member:
        """Add a user, and return what lets them act."""
        return Member(self, self.space.user(name, **settings))

    def fail(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """Make the next calls of a method fail."""
        self.web.faults.add(method, fault, times=times)

    async def event(self, event: Json, channel: Channel | None = None) -> Delivery:
        """Send an event, and wait until it is acknowledged."""
        return await self.deliver(payloads.envelope(event, f"Ev{next(self._numbers):08d}", channel))

    async def deliver(self, payload: Json, *, retry: Retry | None = None) -> Delivery:
        """Send any payload, and wait until it is acknowledged; an event whose connection goes comes again at once."""
        delivery = await self.send(payload, retry=retry)
        await delivery.settled()
        if delivery.is_lost and delivery.status is None and delivery.kind == "events_api":
            again = 1 if retry is None else retry.number + 1
            return await self.deliver(payload, retry=Retry(again, "socket_closed"))
        await delivery.acknowledged()
        if delivery.seconds is not None and delivery.seconds > DEADLINE:
            self.web.problems.append(f"{delivery.kind} was acknowledged after {delivery.seconds:.1f} s")
        return delivery

    async def send(self, payload: Json, *, retry: Retry | None = None) -> Delivery:
        """Send any payload; over a socket it is not acknowledged yet."""
        if self.web.spec:
            self.web.problems += schemas.payload_problems(self.web.spec, payload)
        delivery = Delivery(kind_of(payload), payload, retry, self.space.clock.now())
        self.deliveries.append(delivery)
        if self.events_url:
            await send_signed(self.session, delivery, self.events_url)
        else:
            await self.sockets.send(delivery)
        return delivery

    async def later(self, seconds: float) -> list[Delivery]:
        """Move the time, and send each event again that was not acknowledged in time, once at most."""
        self.space.clock.forward(seconds)
        due = list(redelivery.due(self.deliveries, self.space.clock.now()))
        return [await self.send(payload, retry=retry) for payload, retry in due]

    async def uninstall(self) -> None:
        """Remove the app from the workspace: its tokens serve no more, of which it hears."""
        self.web.revoked = True
        for event in (payloads.revoked(), payloads.uninstalled()):
            await self.event(event)

    async def echo(self, message: Message) -> Delivery:
        """Send the event that a message of the bot itself causes."""
        channel = self.space.channels[message.channel]
        return await self.event(payloads.message(message, channel), channel)

    def response_url(self, channel: str, user: str, message: Message | None = None) -> str:
        """Return a new address for responses."""
        number = self.space.id("R")
        self.space.addresses[number] = Address(channel, user, message, self.space.clock.now())
        return f"{self.url}/responses/{number}"

    def visible(self, channel: Channel | None = None) -> list[Message]:
        """Return what the bot posted for all to see and what is not deleted."""
        return [
            message
            for message in self.space.messages
            if message.user == BOT_USER
            and message.visible_to is None
            and not message.deleted
            and (channel is None or message.channel == channel.id)
        ]

    def private(self, member: Member) -> list[Message]:
        """Return what only this member saw."""
        return [message for message in self.space.messages if message.visible_to == member.id]

    async def posted(self, number: int, channel: Channel | None = None) -> list[Message]:
        """Return what the bot posted for all to see, as soon as there are so many."""
        await self.until(lambda: len(self.visible(channel)) >= number, f"{number} messages of the bot")
        return self.visible(channel)

    async def told(self, member: Member, number: int = 1) -> list[Message]:
        """Return what only this member sees, as soon as there are so many."""
        await self.until(lambda: len(self.private(member)) >= number, f"{number} messages for {member.user.name}")
        return self.private(member)

    async def called(self, method: str, number: int = 1) -> list[Call]:
        """Return the requests of one method, as soon as so many are over."""
        await self.until(lambda: len(self._over(method)) >= number, f"{number} calls of {method}")
        return self._over(method)

    async def connected(self, number: int = 1) -> None:
        """Wait until the app has connected so many times in all, and is connected now."""
        await self.until(
            lambda: self.sockets.opened >= number and bool(self.sockets.open), f"{number} connections of the app"
        )

    async def until(self, met: Callable[[], bool], expected: str) -> None:
        """Wait until it is met; fail with what was expected and the calls so far."""
        await self.watch.until(met, lambda: f"expected {expected}; calls so far: {self.calls}")

    def take_problems(self) -> list[str]:
        """Return what Slack would not have liked so far, and forget it."""
        taken = [*self.web.problems, *(f"unexpected on the socket: {text}" for text in self.sockets.unexpected)]
        self.web.problems.clear()
        self.sockets.unexpected.clear()
        return taken

    def _over(self, method: str) -> list[Call]:
        return [call for call in self.calls_of(method) if call.outcome != "pending"]

    def _socket_url(self) -> str:
        return f"{self.url.replace('http', 'ws')}/socket/{self.space.id('')}"


@asynccontextmanager
async def running_slack(spec: Spec | None = None) -> AsyncIterator[Slack]:
    """Serve a Slack on a free port."""
    async with ClientSession() as session:
        slack = Slack(session, spec)
        served = web.Application()
        served.add_routes([*slack.web.routes(), *slack.sockets.routes()])
        runner = web.AppRunner(served, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield slack
        finally:
            await runner.cleanup()
