"""Read a file of the web piece by piece, over encrypted connections only."""

from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.errors import ModelInstallError

SCHEMES = ("https://", "http://")
_PIECE = 2**16
_AGENT = {"User-Agent": "faqbot"}
_AGAIN = "try again later, or from a copy of the files: faqbot model install --from FOLDER"


class _Redirects(HTTPRedirectHandler):
    """Follow redirects as long as nobody on the way could read or change what comes."""

    def redirect_request(  # noqa: PLR0913, PLR0917  # the standard library calls it so
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request to make next."""
        if not _is_safe(newurl):
            fp.close()
            raise ModelInstallError(req.full_url, "it leads to an address that is not https", _AGAIN)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, *, timeout: float) -> Iterator[bytes]:
    """Yield what is at an address; `timeout` is how many seconds the server may stay silent."""
    if not _is_safe(url):
        raise ModelInstallError(url, "the address is not https", "give one that begins with https://")
    try:
        with build_opener(_Redirects).open(Request(url, headers=_AGENT), timeout=timeout) as response:  # noqa: S310  # just checked
            while piece := response.read(_PIECE):
                yield piece
    except HTTPError as fault:
        fault.close()
        answer = " ".join(f"{fault.code} {fault.reason}".split())
        raise ModelInstallError(url, f"the server answers {answer}", _AGAIN) from fault
    except (OSError, HTTPException, UnicodeError) as fault:
        raise ModelInstallError(url, _reason(fault, timeout), _AGAIN) from fault


def _is_safe(url: str) -> bool:
    """Return whether an address is of https, or of this machine, where nobody listens in."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme == "https" or (
            parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
        )
    except ValueError:
        return False


def _reason(fault: Exception, timeout: float) -> str:
    cause = fault.reason if isinstance(fault, URLError) else fault
    if isinstance(cause, TimeoutError):
        return f"the server was silent for {timeout:g} seconds"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return " ".join(str(cause).split()) or type(cause).__name__
