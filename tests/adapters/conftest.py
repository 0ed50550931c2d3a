"""Have tests of both adapters wait for nothing."""

import pytest

from bot.chat import conversation


@pytest.fixture(autouse=True)
def _sent_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a reply that did not arrive sent again without the seconds that a platform is given to recover."""
    monkeypatch.setattr(conversation, "AGAIN", (0.0, 0.01))
