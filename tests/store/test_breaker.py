"""A database that does not answer is asked once in a while, and nobody queues for it."""

import pytest

from bot.errors import DatabaseAwayError, DatabaseBusyError, DatabaseUnreachableError
from bot.store.database import Breaker


class Hands:
    """Be a clock that is set by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def breaker(hands: Hands) -> Breaker:
    return Breaker(pause=1.0, clock=hands)


def fail(breaker: Breaker, fault: Exception) -> None:
    """Make an attempt that fails."""
    with pytest.raises(type(fault)), breaker.watch():
        raise fault


def test_what_works_is_let_through(breaker: Breaker) -> None:
    for _ in range(3):
        with breaker.watch():
            pass


@pytest.mark.parametrize("fault", [DatabaseAwayError("db", "refused"), DatabaseBusyError("db", "locked")])
def test_after_a_fault_others_fail_at_once_with_its_reason(breaker: Breaker, fault: DatabaseAwayError) -> None:
    fail(breaker, fault)
    with pytest.raises(type(fault), match=fault.reason), breaker.watch():
        pytest.fail("nothing is asked of it")


def test_after_a_pause_one_attempt_is_made_and_the_others_wait_for_it(breaker: Breaker, hands: Hands) -> None:
    fail(breaker, DatabaseAwayError("db", "refused"))
    hands.at += 1.0
    with breaker.watch(), pytest.raises(DatabaseAwayError), breaker.watch():
        pytest.fail("one is under way")


def test_once_an_attempt_succeeds_all_are_let_through(breaker: Breaker, hands: Hands) -> None:
    fail(breaker, DatabaseAwayError("db", "refused"))
    hands.at += 1.0
    with breaker.watch():
        pass
    with breaker.watch():
        pass


def test_what_no_pause_mends_shuts_nothing(breaker: Breaker) -> None:
    fail(breaker, DatabaseUnreachableError("db", "no such database"))
    fail(breaker, ValueError("a fault of the program"))
    with breaker.watch():
        pass
