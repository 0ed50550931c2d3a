"""Run a test over Socket Mode and over HTTP, where what it is about is done differently there.

What is acknowledged, repeated or refused differs, as does who connects; what the bot makes of an event does not.
"""

import pytest

both_ways = pytest.mark.parametrize("mode", ["socket", "http"], indirect=True)
