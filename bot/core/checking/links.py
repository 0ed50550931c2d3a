"""Find links that are malformed, not encrypted, or not allowed."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from bot.core.checking.answers import texts
from bot.core.checking.findings import Check, Checked, CheckFinding, Severity, finding_in
from bot.core.fields import LINK_LIMIT, Unfit, link, shown

_TARGET = re.compile(r"\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)")
_BARE = re.compile(r"(?<![\w/@(])(?:[a-z][a-z0-9+-]{1,10}:/{1,3}|www\.)[^\s<>)\]\"'`*]+", re.IGNORECASE)
_ENDINGS = ".,;:!?"
_OTHER_SCHEMES = ("mailto:", "tel:")
_SCHEME = re.compile(r"[a-z][a-z0-9+-]{1,10}:|www\.", re.IGNORECASE)
_AS_ADDRESS = link(LINK_LIMIT)


def in_links(checked: Checked, domains: Collection[str]) -> Iterator[CheckFinding]:
    """Yield what is wrong with the links of an entry; those to other than the `domains` are shown as text."""
    for field, text in texts(checked):
        for address in dict.fromkeys(addresses(text)):
            yield from _faults(checked, field, address, domains)
    if checked.entry.source.url:
        yield from _faults(checked, "source.url", checked.entry.source.url, domains)


def addresses(text: str) -> list[str]:
    """Return the addresses in a text, those of Markdown links and bare ones, in order."""
    found = [(each.start(1), each[1]) for each in _TARGET.finditer(text)]
    found += [(each.start(), each[0].rstrip(_ENDINGS)) for each in _BARE.finditer(_TARGET.sub("]( ", text))]
    return [address for _, address in sorted(found)]


def encrypted(text: str, domains: Collection[str]) -> str:
    """Return a text whose links to these domains begin with `https://`."""
    for address in addresses(text):
        if _is_plain(address) and is_allowed(address, domains):
            text = text.replace(address, "https" + address[len("http") :])
    return text


def is_allowed(address: str, domains: Collection[str]) -> bool:
    """Return whether an address leads to one of these domains, or below."""
    host = (urlsplit(address).hostname or "").lower()
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains)


def _faults(checked: Checked, field: str, address: str, domains: Collection[str]) -> Iterator[CheckFinding]:
    if address.lower().startswith(_OTHER_SCHEMES):
        return
    fault = _malformed(address)
    if fault is not None:
        yield finding_in(checked, Check.LINK, Severity.ERROR, field=field, what=fault.what, remedy=fault.remedy)
        return
    allowed = is_allowed(_whole(address), domains)
    if not allowed:
        what = f"the bot shows the link to {shown(urlsplit(_whole(address)).hostname or address)} as text"
        remedy = "add the domain to FAQBOT_LINK_DOMAINS, or take the link out"
        yield finding_in(checked, Check.LINK, Severity.NOTE, field=field, what=what, remedy=remedy)
    if _is_plain(address):
        what, remedy = f"'{shown(address)}' is not encrypted", "begin it with https://"
        yield finding_in(checked, Check.LINK, Severity.WARNING, field=field, what=what, remedy=remedy, fixable=allowed)


def _malformed(address: str) -> Unfit | None:
    if not address:
        return Unfit("a link leads nowhere", "write its address, or take the link out")
    if not _SCHEME.match(address):
        what = f"'{shown(address)}' is an address within a site, which a chat does not know"
        return Unfit(what, "write it in full")
    accepted = _AS_ADDRESS(_whole(address))
    if isinstance(accepted, Unfit):
        return accepted
    host = (urlsplit(accepted).hostname or "").strip(".")
    if "." not in host or ".." in host:
        return Unfit(f"'{shown(address)}' is no address of a web page", "write it like https://help.your-site.com/page")
    return None


def _is_plain(address: str) -> bool:
    return address.lower().startswith("http://")


def _whole(address: str) -> str:
    return f"https://{address}" if address.lower().startswith("www.") else address
