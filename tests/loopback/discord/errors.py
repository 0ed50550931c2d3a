"""Refuse as Discord does."""

from enum import Enum


class Refusal(Enum):
    """Errors of the API: HTTP status, code and words."""

    INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    UNKNOWN_ROUTE = (404, 0, "404: Not Found")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_EMOJI = (400, 10014, "Unknown Emoji")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    FORUM_NOT_READY = (
        400,
        40058,
        "Cannot message this thread until after the post author has sent an initial message.",
    )
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    WRITING_LIMIT = (400, 20028, "The write action you are performing on the channel has hit the write rate limit.")
    REACTION_BLOCKED = (403, 90001, "Reaction was blocked")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    NO_DIRECT_MESSAGES = (403, 50007, "Cannot send messages to this user")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    WRONG_CHANNEL_TYPE = (400, 50024, "Cannot execute action on this channel type")
    INVALID_FORM = (400, 50035, "Invalid Form Body")
    ARCHIVED = (400, 50083, "Thread is archived")
    NO_HISTORY = (400, 160002, "Cannot reply without permission to read message history")
    LOCKED = (400, 160005, "Thread is locked")
    THREADS_FULL = (400, 160006, "Maximum number of active threads reached")
    HAS_THREAD = (400, 160004, "A thread has already been created for this message")

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return self.value[0]

    @property
    def body(self) -> dict[str, str | int]:
        """Return the body of the response."""
        return {"code": self.value[1], "message": self.value[2]}


class RefusedError(Exception):
    """A request is refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal
