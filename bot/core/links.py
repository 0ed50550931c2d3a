"""Tell which links may be followed from what the bot says."""

import re
from collections.abc import Collection
from urllib.parse import quote, urlsplit

# What platforms turn into a link by themselves; a mark that ends a sentence is no part of it.
WEB_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\"'.,:;!?)\]}*_|~`]", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z]")
_KEPT = "/?#&=%+$,;:!'()-._[]"


def is_allowed(url: str, domains: Collection[str]) -> bool:
    """Tell whether a web address leads to one of the domains, or to a part of one.

    Whatever programs read in different ways, such as a name before the host or letters of other alphabets, does not.
    """
    if WEB_LINK.fullmatch(url) is None or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.netloc.lower()
    if port is not None or _HOST.fullmatch(host) is None:
        return False
    return any(host == domain or host.endswith(f".{domain}") for domain in map(str.lower, domains))


def tidy(url: str) -> str:
    """Return a web address with every character encoded that a platform could take for formatting or a mention."""
    return quote(url, safe=_KEPT)
