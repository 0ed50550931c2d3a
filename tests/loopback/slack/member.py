"""Act as the people of the workspace."""

from typing import TYPE_CHECKING

from tests.loopback.slack import inputs, payloads, views
from tests.loopback.slack.deliveries import Delivery
from tests.loopback.slack.workspace import APP, BOT_USER, Channel, Json, Message, User, View

if TYPE_CHECKING:
    from tests.loopback.slack.server import Slack


class Member:
    """Act as one user; each act is sent to the app, and returns once the app has acknowledged it."""

    def __init__(self, slack: "Slack", user: User) -> None:
        self.user = user
        self.id = user.id
        self._slack = slack
        self._space = slack.space

    @property
    def direct(self) -> Channel:
        """Return the direct messages with the bot."""
        return self._space.direct(self.id)

    def writes(self, channel: Channel, text: str, *, thread: Message | None = None, **settings: object) -> Message:
        """Write a message, of which the app is not told yet."""
        message = Message(
            channel.id, self._space.ts(), self.id, text, thread_ts=(thread.thread_ts or thread.ts) if thread else None
        )
        message.team = self.user.team_id
        for name, value in settings.items():
            setattr(message, name, value)
        return self._space.add(message)

    async def says(self, channel: Channel, text: str, *, thread: Message | None = None, **settings: object) -> Message:
        """Write a message; one that mentions the bot in a channel arrives twice, as it does from Slack."""
        message = self.writes(channel, text, thread=thread, **settings)
        for event in self.events_of(message):
            await self._slack.event(event, channel)
        return message

    def events_of(self, message: Message) -> list[Json]:
        """Return the events that a message causes."""
        channel = self._space.channels[message.channel]
        root = self._space.find(channel.id, message.thread_ts) if message.thread_ts else None
        events = [payloads.message(message, channel, root)]
        if f"<@{BOT_USER}>" in message.text and not channel.is_im:
            events.insert(1 if self._slack.mentions_come_last else 0, payloads.mention(message))
        return events

    async def edits(self, message: Message, text: str) -> Delivery:
        """Edit a message."""
        before = message.shown()
        message.text = text
        message.versions.append(text)
        message.edited = {"user": self.id, "ts": self._space.ts()}
        return await self._changed(message, before)

    async def deletes(self, message: Message) -> Delivery:
        """Delete a message; the root of a thread leaves a stone where it was."""
        channel = self._space.channels[message.channel]
        before = message.shown()
        message.deleted = True
        if self._space.thread(message.channel, message.ts):
            return await self._changed(message, before, tombstone=True)
        return await self._slack.event(payloads.deleted(message, channel, self._space.ts()), channel)

    async def reacts(self, message: Message, name: str) -> Delivery:
        """Add a reaction."""
        message.reactions.setdefault(name, []).append(self.id)
        event = payloads.reaction(self.user, name, message, self._space.ts())
        return await self._slack.event(event, self._space.channels[message.channel])

    async def takes_back(self, message: Message, name: str) -> Delivery:
        """Remove a reaction."""
        message.reactions[name].remove(self.id)
        event = payloads.reaction(self.user, name, message, self._space.ts(), added=False)
        return await self._slack.event(event, self._space.channels[message.channel])

    async def commands(self, channel: Channel, typed: str) -> Delivery:
        """Use a slash command, such as `/faq where is the wifi password?`."""
        url = self._slack.response_url(channel.id, self.id)
        trigger = views.trigger(self._space, self.id)
        return await self._slack.deliver(payloads.command(self.user, channel, typed, trigger=trigger, response_url=url))

    async def uses_shortcut(self, callback_id: str) -> Delivery:
        """Use a global shortcut."""
        return await self._interacts("shortcut", callback_id=callback_id, action_ts=self._space.ts())

    async def uses_message_shortcut(self, callback_id: str, message: Message) -> Delivery:
        """Use a shortcut in the menu of a message."""
        channel = self._space.channels[message.channel]
        return await self._interacts(
            "message_action",
            callback_id=callback_id,
            action_ts=self._space.ts(),
            message_ts=message.ts,
            message=message.shown(),
            channel=payloads.channel_of(channel),
            response_url=self._slack.response_url(channel.id, self.id),
        )

    async def clicks(self, on: Message | View, action_id: str, *, button: str | None = None) -> Delivery:
        """Use a button; of feedback buttons, `positive_button` or `negative_button`."""
        block_id, element = inputs.element(on, action_id)
        shown = element[button] if button else element
        action = {name: shown[name] for name in ("text", "value", "url", "icon") if name in shown}
        return await self._acts(on, {"type": element["type"], "action_id": action_id, "block_id": block_id, **action})

    async def enters(self, on: Message | View, action_id: str, value: str | Json) -> Delivery:
        """Enter a text, or choose an option of a menu, where the app wants to hear of it at once."""
        block_id, element = inputs.element(on, action_id)
        state = inputs.filled(element, value)
        action = {**state, "action_id": action_id, "block_id": block_id}
        return await self._acts(on, action, {block_id: {action_id: state}})

    async def types(self, on: Message | View, action_id: str, text: str) -> list[Json]:
        """Type into a select menu, and return the options that the app offers."""
        block_id, _ = inputs.element(on, action_id)
        more: Json = {"action_id": action_id, "block_id": block_id, "value": text, "api_app_id": APP}
        shown: Json = {"view": on.shown()} if isinstance(on, View) else {"message": on.shown()}
        payload = payloads.interaction("block_suggestion", self.user, container=payloads.container(on), **more, **shown)
        delivery = await self._slack.deliver(payload)
        options: list[Json] = delivery.answer.get("options", [])
        return options

    async def submits(self, view: View, **values: object) -> Delivery:
        """Submit a modal, its inputs filled in by action id: a text, or an option."""
        state = inputs.state(view, values)
        delivery = await self._interacts("view_submission", on=view, view=view.shown(state), api_app_id=APP)
        self._follow(view, delivery.answer)
        return delivery

    async def closes(self, view: View) -> Delivery | None:
        """Close a modal, of which the app hears if it asked to."""
        del self._space.views[view.id]
        if not view.arguments.get("notify_on_close"):
            return None
        payload = payloads.interaction("view_closed", self.user, view=view.shown(), api_app_id=APP, is_cleared=False)
        return await self._slack.deliver(payload)

    async def opens_home(self, tab: str = "home") -> Delivery:
        """Look at the app's home, or at the messages of its agent view."""
        return await self._slack.event(payloads.home_opened(self.user, self.direct, tab, self._space.ts()))

    def modal(self) -> View:
        """Return the modal on top of what this member looks at."""
        return [view for view in self._space.views.values() if view.user == self.id][-1]

    @property
    def home(self) -> View:
        """Return the home tab that the app published for this member."""
        return self._space.homes[self.id]

    async def _acts(self, on: Message | View, action: Json, state: Json | None = None) -> Delivery:
        action = {**action, "action_ts": self._space.ts()}
        more: Json = {"actions": [action], "api_app_id": APP, "container": payloads.container(on)}
        if isinstance(on, View):
            return await self._interacts("block_actions", on=on, view=on.shown(state), **more)
        assert not on.deleted, "nobody sees a deleted message"
        assert on.visible_to in {None, self.id}, "this message is for somebody else"
        more |= {"channel": payloads.channel_of(self._space.channels[on.channel]), "state": {"values": state or {}}}
        more["response_url"] = self._slack.response_url(on.channel, self.id, on)
        if on.visible_to is None:
            more["message"] = on.shown()
        return await self._interacts("block_actions", **more)

    async def _changed(self, message: Message, before: Json, *, tombstone: bool = False) -> Delivery:
        channel = self._space.channels[message.channel]
        event = payloads.changed(message, before, channel, self._space.ts(), tombstone=tombstone)
        return await self._slack.event(event, channel)

    async def _interacts(self, kind: str, *, on: View | None = None, **more: object) -> Delivery:
        trigger = views.trigger(self._space, self.id, view=on)
        return await self._slack.deliver(payloads.interaction(kind, self.user, trigger, **more))

    def _follow(self, view: View, answer: Json) -> None:
        """Show what the app said to a submission; without a word the modal closes."""
        action = answer.get("response_action")
        if action == "errors":
            self._check_errors(view, answer)
        elif action == "update":
            views.replaced(view, views.checked(answer["view"], "modal"))
        elif action == "push":
            views.stacked(self._space, self.id, views.checked(answer["view"], "modal"), view)
        elif action == "clear":
            self._space.views = {k: v for k, v in self._space.views.items() if v.root_id != view.root_id}
        else:
            del self._space.views[view.id]

    def _check_errors(self, view: View, answer: Json) -> None:
        inputs = {block["block_id"] for block in view.arguments["blocks"] if block["type"] == "input"}
        if unknown := sorted(set(answer["errors"]) - inputs):
            self._slack.web.problems.append(f"errors of blocks that are no inputs: {', '.join(unknown)}")
