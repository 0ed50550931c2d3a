"""Answer the Web API methods about modals, home tabs and the agent view."""

from tests.loopback.slack import limits
from tests.loopback.slack.workspace import Json, View, Workspace, refuse, with_ids

TRIGGER_SECONDS = 3.0
DEEPEST = 3
MOST_PROMPTS = 4


def trigger(space: Workspace, user: str, *, view: View | None = None) -> str:
    """Return a new trigger id of this user, made in a view or outside of one."""
    number = space.id("")
    name = f"{number}.{user}.{view.id if view else ''}"
    space.triggers[name] = space.clock.now() + TRIGGER_SECONDS
    return name


def open_view(space: Workspace, arguments: Json) -> Json:
    """Open a modal for the user who made the trigger."""
    user, _ = _exchanged(space, arguments["trigger_id"])
    return {"ok": True, "view": stacked(space, user, checked(arguments["view"], "modal"), None).shown()}


def push(space: Workspace, arguments: Json) -> Json:
    """Put a modal on top of the one in which the trigger was made."""
    user, below = _exchanged(space, arguments["trigger_id"])
    view = checked(arguments["view"], "modal")
    if below not in space.views:
        refuse("not_found", "the trigger was not made in a modal")
    if depth(space, space.views[below]) >= DEEPEST:
        refuse("push_limit_reached")
    return {"ok": True, "view": stacked(space, user, view, space.views[below]).shown()}


def update(space: Workspace, arguments: Json) -> Json:
    """Show something else in an open view."""
    named = [
        view
        for view in space.views.values()
        if view.id == arguments.get("view_id")
        or ("external_id" in arguments and view.arguments.get("external_id") == arguments["external_id"])
    ]
    if not named:
        refuse("not_found")
    return replaced(named[0], checked(arguments["view"], "modal"), arguments.get("hash"))


def publish(space: Workspace, arguments: Json) -> Json:
    """Show a home tab to a user."""
    user = arguments["user_id"]
    if user not in space.users:
        refuse("user_not_found", f"there was never a user {user}")
    arguments = {**arguments, "view": checked(arguments["view"], "home")}
    if user in space.homes:
        return replaced(space.homes[user], arguments["view"], arguments.get("hash"))
    space.homes[user] = _new(space, user, arguments["view"], None)
    return {"ok": True, "view": space.homes[user].shown()}


def set_status(space: Workspace, arguments: Json) -> Json:
    """Show under a thread what the bot does; a reply, or no words, removes it."""
    place = (arguments["channel_id"], arguments["thread_ts"])
    if space.find(*place) is None:
        refuse("thread_not_found", f"there was never a message {place[1]}")
    space.statuses[place] = arguments["status"]
    if not arguments["status"]:
        del space.statuses[place]
    return {"ok": True}


def set_prompts(space: Workspace, arguments: Json) -> Json:
    """Offer what could be asked."""
    prompts = arguments["prompts"]
    if not 0 < len(prompts) <= MOST_PROMPTS or any(set(prompt) != {"title", "message"} for prompt in prompts):
        refuse("invalid_arguments", f"prompts: 1 to {MOST_PROMPTS}, each of a title and a message")
    space.prompts[arguments["channel_id"], arguments.get("thread_ts")] = arguments
    return {"ok": True}


def checked(view: Json, kind: str) -> Json:
    """Return the view if Slack takes it."""
    problems = limits.view_problems(view)
    if view.get("type") != kind:
        problems.append(f"a {kind} view is wanted here")
    if problems:
        refuse(
            "invalid_arguments", "; ".join(problems), response_metadata={"messages": [f"[ERROR] {p}" for p in problems]}
        )
    return {**view, "blocks": with_ids(view["blocks"])}


def replaced(view: View, arguments: Json, seen: str | None = None) -> Json:
    """Show something else in a view, unless it changed since it was seen."""
    if seen not in {None, view.hash}:
        refuse("hash_conflict")
    view.arguments = arguments
    view.version += 1
    return {"ok": True, "view": view.shown()}


def stacked(space: Workspace, user: str, arguments: Json, below: View | None) -> View:
    """Open a modal, on top of another one if one is given."""
    view = _new(space, user, arguments, below)
    space.views[view.id] = view
    return view


def depth(space: Workspace, view: View) -> int:
    """Return how many modals lie on each other."""
    return sum(other.root_id == view.root_id for other in space.views.values())


def _new(space: Workspace, user: str, arguments: Json, below: View | None) -> View:
    id_ = space.id("V")
    return View(id_, user, arguments, 1, below.root_id if below else id_, below.id if below else None)


def _exchanged(space: Workspace, name: str) -> tuple[str, str]:
    """Return the user and the view of a trigger, which serves once and for three seconds."""
    if name not in space.triggers:
        refuse("invalid_trigger_id", f"there was never a trigger {name}")
    expires, space.triggers[name] = space.triggers[name], -1.0
    if expires < 0:
        refuse("exchanged_trigger_id", "a trigger used twice")
    if expires <= space.clock.now():
        refuse("expired_trigger_id")
    _, user, view = name.split(".")
    return user, view
