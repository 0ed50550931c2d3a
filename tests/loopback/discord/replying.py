"""Answer requests in the form that discord.py reads."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web


def reply(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:  # noqa: ANN401  # whatever JSON can hold
    """Return a response; discord.py reads JSON only under exactly this type, without a character set."""
    written = json.dumps(body).encode()
    return web.Response(body=written, status=status, content_type="application/json", headers=headers)


def nothing() -> web.Response:
    """Return a response without a body."""
    return web.Response(status=204)
