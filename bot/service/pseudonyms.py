"""Turn people into what the store knows them by."""

import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Name a member of a platform."""

    platform: str
    user_id: str


def pseudonym_of(person: Person, *, key: bytes) -> str:
    """Return the keyed hash that stands for a person; without the key nobody finds out for whom."""
    identity = f"{person.platform}\0{person.user_id}".encode("utf-8", "surrogatepass")
    return hmac.new(key, identity, "sha256").hexdigest()
