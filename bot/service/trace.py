"""Mark all that is done for one question, so that its log lines can be told from those of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

from bot.core.models import Question

TRACE: ContextVar[str | None] = ContextVar("trace", default=None)


def trace_of(question: Question) -> str:
    """Return a short id that a message has from the first line logged about it, before the store knows it."""
    identity = f"{question.ref.platform}\0{question.ref.workspace_id}\0{question.ref.message_id}"
    return sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@contextmanager
def traced(trace: str) -> Iterator[None]:
    """Add this id to every log line of the block, in this task and those it starts."""
    token = TRACE.set(trace)
    try:
        yield
    finally:
        TRACE.reset(token)
