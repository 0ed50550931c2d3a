"""Find private keys: by their form, and where a form has two meanings by the words around it."""

import re
from collections.abc import Iterator

from bot.core.redaction.finding import Finding, FindingKind
from bot.core.redaction.guarded import Guarded

_BASE58 = "[1-9A-HJ-NP-Za-km-z]"

# No other thing has these forms.
_CERTAIN = re.compile(
    rf"""
    -{{1,5}}\s?BEGIN\s[A-Z0-9 ]{{0,20}}PRIVATE\sKEY
        (?: (?s:.){{0,20000}}? END\s[A-Z0-9 ]{{0,20}}PRIVATE\sKEY(?:\sBLOCK)?\s?-{{0,5}} | (?s:.){{0,20000}} )  # PEM
    | PuTTY-User-Key-File-\d (?s:.){{0,20000}}
    | (?<![A-Za-z0-9])
      (?: [KL5c9]{_BASE58}{{50,51}}             # wallet import format
        | 6P{_BASE58}{{56}}                     # the same, with a passphrase
        | [a-zA-Z]prv{_BASE58}{{50,120}}        # extended keys
        | S[A-Z2-7]{{55}}                       # Stellar
        | s(?=[A-Z1-9a-z]{{0,20}}\d)(?=[a-z1-9]{{0,20}}[A-Z]){_BASE58}{{27,30}}  # XRP Ledger
        | edsk{_BASE58}{{50,94}}                # Tezos
        | (?i:AGE-SECRET-KEY-1|nsec1|suiprivkey1|(?:root|acct|addr|stake)_x?sk1|ed25519e?_sk1|xprv1)
          [0-9A-Za-z]{{40,300}}
      )
      (?![A-Za-z0-9])
    | \[ \s? \d{{1,3}} (?: ,\s{{0,3}}\d{{1,3}} ){{63}} \s? \]  # Solana: the bytes
    """,
    re.VERBOSE,
)

# A private key, or else a transaction hash, a contract, a signature.
_TWO_MEANINGS = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:0x|0X)?[0-9a-fA-F]{{64}}|{_BASE58}{{87,88}}|(?:0x|0X)?[0-9a-fA-F]{{128}})(?![A-Za-z0-9])"
)
# Each form has one of these or, being a list of bytes, so many commas.
_MAY_HAVE_FORM, _COMMAS = re.compile(r"[A-Za-z0-9]{28}|BEGIN|PuTTY"), 63
_KEY_WORDS = r"private|secret|priv\s?key|privkey|prvkey|\bpk\b|\bkeys?\b|seed|mnemonic|keystore|\bwif\b|import"
_PUBLIC_WORDS = (
    r"public[\s_]?key|pub\s?key|\btxn?\b|tx[\s_-]?(?:id|hash)|transaction|hash|address|contract|\bblock\b|"
    r"signature|\bsig\b|checksum|sha-?256|commit"
)
_MONEY_WORDS = r"withdr[ae]w|deposit|transfer|\bsent\b|\bsend|receiv|confirm|pending|explorer|scan\b"
_LABEL = re.compile(rf"(?P<public>{_PUBLIC_WORDS})|{_KEY_WORDS}", re.IGNORECASE)
_KEY_TOPIC = re.compile(rf"(?<!public )(?<!public_)(?:{_KEY_WORDS})", re.IGNORECASE)
_PUBLIC_TOPIC = re.compile(rf"{_PUBLIC_WORDS}|{_MONEY_WORDS}", re.IGNORECASE)
_CALLED_PRIVATE_AFTER = re.compile(r"[^\n.?!]{0,40}\bpriv(?:ate|\s?key)", re.IGNORECASE)
_REACH = 40

# Whatever follows "private key", if it looks like one at all.
_CALLED_PRIVATE = Guarded(
    re.compile(
        r"(?:private|priv)[\s_-]?key[\s\"'`*]{0,3}(?:[:=]|->|\bis\b|\bwas\b)?[\s\"'`*]{0,4}"
        r"(?P<value>(?=[A-Za-z+/=_-]{0,64}\d)(?=[0-9+/=_-]{0,64}[A-Za-z])[A-Za-z0-9+/=_-]{32,512})",
        re.IGNORECASE,
    ),
    "priv",
)
_ADDRESS = re.compile(r"0x[0-9a-f]{40}", re.IGNORECASE)


def find_private_keys(text: str) -> Iterator[Finding]:
    """Yield private keys; and, as a mere key, what may be one although nobody says so."""
    if _MAY_HAVE_FORM.search(text) or text.count(",") >= _COMMAS:
        yield from _by_form(text)
    for match in _CALLED_PRIVATE.finditer(text):
        if not _ADDRESS.fullmatch(match["value"]) and not _TWO_MEANINGS.fullmatch(match["value"]):
            yield Finding(match.start("value"), match.end("value"), FindingKind.PRIVATE_KEY)


def _by_form(text: str) -> Iterator[Finding]:
    for match in _CERTAIN.finditer(text):
        yield Finding(match.start(), match.end(), FindingKind.PRIVATE_KEY)
    two = [*_TWO_MEANINGS.finditer(text)]
    otherwise = _otherwise(text) if two else None
    for match in two:
        if kind := _kind(text, match, otherwise):
            yield Finding(match.start(), match.end(), kind)


def _kind(text: str, match: re.Match[str], otherwise: FindingKind | None) -> FindingKind | None:
    """Decide by the nearest word before it, unless it is called private right after."""
    labels = [*_LABEL.finditer(text, max(0, match.start() - _REACH), match.start())]
    public = labels and labels[-1]["public"] and not _CALLED_PRIVATE_AFTER.match(text, match.end())
    return None if public else otherwise


def _otherwise(text: str) -> FindingKind | None:
    """Decide by what the whole text speaks of; when that is neither keys nor payments, call it a key to be safe."""
    if _KEY_TOPIC.search(text):
        return FindingKind.PRIVATE_KEY
    return None if _PUBLIC_TOPIC.search(text) else FindingKind.KEY
