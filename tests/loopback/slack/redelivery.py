"""Which events Slack sends again, since nobody acknowledged them in time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Final

from tests.loopback.slack.deliveries import DEADLINE, Delivery, Retry
from tests.loopback.slack.workspace import Json

# Slack tries again at once, after a minute and after five more, and then no more.
SECONDS: Final = (DEADLINE, DEADLINE + 60, DEADLINE + 360)


def due(deliveries: Sequence[Delivery], now: float) -> Iterator[tuple[Json, Retry]]:
    """Yield each event that is due again with its next number; commands and interactions never are."""
    tries: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        if delivery.kind == "events_api":
            tries[delivery.payload["event_id"]].append(delivery)
    for tried in tries.values():
        number = max((one.retry.number for one in tried if one.retry), default=0)
        if number == len(SECONDS) or any(_is_taken(one) for one in tried):
            continue
        if now - tried[0].at >= SECONDS[number]:
            yield tried[0].payload, Retry(number + 1, _reason(tried[-1]))


def _is_taken(delivery: Delivery) -> bool:
    return delivery.status is not None and delivery.status < HTTPStatus.MULTIPLE_CHOICES


def _reason(delivery: Delivery) -> str:
    return "timeout" if delivery.status is None else "http_error"
