"""Decide which links of members and entries may stay links."""

import re
from collections.abc import Collection
from urllib.parse import quote

LINK = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20}://|www\.)[^\s<>]+", re.IGNORECASE)
"""A link that stands in running text."""

_WEB = re.compile(r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.?(:\d{1,5})?((?:[/?#].*)?)", re.IGNORECASE | re.DOTALL)
_UNESCAPED = "/?#:@!$&'*+,;=~%[]-._"  # no parentheses, bars or angle brackets: markup ends a link at them


def kept(url: str, domains: Collection[str]) -> str | None:
    """Return an address in a form that no markup takes apart; None unless a web page of these domains is meant.

    A domain stands for its subdomains too. Names, passwords, backslashes and spaces in front of the path are
    refused, since browsers and parsers disagree on which host such an address leads to.
    """
    found = _WEB.fullmatch(url.strip())
    if found is None:
        return None
    scheme, host, port, rest = found.groups(default="")
    if not _within(host.lower(), domains):
        return None
    return f"{scheme.lower()}://{host.lower()}{port}{quote(rest, safe=_UNESCAPED)}"


def host_of(url: str) -> str | None:
    """Return the host that a web address leads to, None where that is in doubt."""
    found = _WEB.fullmatch(url.strip())
    return None if found is None else found.group(2).lower()


def _within(host: str, domains: Collection[str]) -> bool:
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains)
