"""Turn people into what the store knows them by."""

import hmac
from dataclasses import dataclass

from bot.store import Transaction
from bot.store.privacy import author_key


@dataclass(frozen=True, slots=True)
class Person:
    """Name a member of a platform."""

    platform: str
    user_id: str


class Pseudonyms:
    """Name people by their pseudonyms; without a key, by the one that the database has."""

    def __init__(self, key: bytes | None) -> None:
        self._key = key

    async def of(self, tx: Transaction, person: Person) -> str:
        """Return the pseudonym of a person."""
        if self._key is None:
            self._key = await author_key(tx)
        return pseudonym_of(person, key=self._key)


def pseudonym_of(person: Person, *, key: bytes) -> str:
    """Return the keyed hash that stands for a person; without the key nobody finds out for whom."""
    identity = f"{person.platform}\0{person.user_id}".encode("utf-8", "surrogatepass")
    return hmac.new(key, identity, "sha256").hexdigest()


def shown(pseudonym: str) -> str:
    """Return the name of a pseudonym in the audit log, by which the owner of the key can find the person."""
    return f"author:{pseudonym[:12]}"
