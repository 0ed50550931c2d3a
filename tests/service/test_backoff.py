"""Show how long a sender waits."""

from datetime import timedelta
from random import Random, SystemRandom

from hypothesis import given
from hypothesis import strategies as st

from bot.service.deliveries import FIRST, LONGEST, backoff

ATTEMPTS = st.integers(min_value=1, max_value=10_000)


@given(ATTEMPTS, st.randoms(use_true_random=False))
def test_a_wait_is_between_half_and_all_of_its_length(attempts: int, random: Random) -> None:
    wait = backoff(attempts, random)

    whole = min(LONGEST.total_seconds(), FIRST.total_seconds() * 2.0 ** min(attempts - 1, 60))
    assert timedelta(seconds=whole / 2) <= wait <= timedelta(seconds=whole)


def test_senders_that_failed_together_do_not_come_back_together() -> None:
    random = SystemRandom()

    assert len({backoff(1, random) for _ in range(20)}) == 20
