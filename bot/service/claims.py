"""Claim work that must be done once by several processes, and name where messages wait while the database is away."""

from datetime import timedelta

from bot.service.deliveries import key_of
from bot.store import Database
from bot.store.claims import Claim, drop, finish, give_back, take
from bot.store.spool import Spool, Spooled, SpooledKind

__all__ = ["Claim", "ClaimService", "Spool", "Spooled", "SpooledKind"]

# What a crash left half done anybody may do after that: longer than a platform takes to answer.
LEASE = timedelta(minutes=1)
# Nothing comes again that late.
_REMEMBERED = timedelta(days=30)


class ClaimService:
    """Claim work by a key, of which only a hash is stored."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    async def take(self, kind: str, *parts: str) -> Claim | None:
        """Return the leave to do something; None where it was done, or somebody else is about to.

        Who took it says when it is done, or gives it back; who does neither within a minute has died over it.
        """
        async with self._database.transaction() as tx:
            await drop(tx, older=_REMEMBERED)
            return await take(tx, key_of(kind, *parts), lasting=LEASE)

    async def finish(self, claim: Claim) -> None:
        """Store that the work was done."""
        async with self._database.transaction() as tx:
            await finish(tx, claim)

    async def give_back(self, claim: Claim) -> None:
        """Release the claim, since the work was not done."""
        async with self._database.transaction() as tx:
            await give_back(tx, claim)
