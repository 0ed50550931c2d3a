"""Find what has a form of its own: e-mail addresses, phone numbers, and keys and tokens of APIs."""

import re
from collections.abc import Iterator

from bot.core.redaction.view import Anchored, Finding, FindingKind, View, branches, digits, has_any, has_run

# Scripts that put no spaces between words are left out: the sentence around an address would go with it.
_NO_SPACES = r"\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff"
_AT = re.compile(rf"@(?:[\w-]{{1,63}}\.){{1,8}}(?:[a-z]{{2,24}}|xn--[a-z0-9-]{{2,60}}|[^\W\d_a-z{_NO_SPACES}]{{2,24}})")
_BRACKETS = "[({"
_WRITTEN_AT = Anchored(
    re.compile(
        r"[\[({]\s?at\s?[\])}]\s?[a-z0-9-]{1,63}(?:\s?(?:\.|[\[({]\s?(?:dot|\.)\s?[\])}])\s?[a-z0-9-]{2,63}){1,4}"
    ),
    *(f"{bracket}{space}at" for bracket in _BRACKETS for space in ("", " ", "\t", "\n", "\r")),
)
_LOCAL = re.compile(rf"(?:[^\W{_NO_SPACES}]|[.+%~-])*")
_LONGEST_LOCAL = 64
_URL_PASSWORD = re.compile(r"://[^\s/]*:[^\s/]*$")

_UNITS = r"\s?(?:%|usd|eur|gbp|inr|sgd|btc|eth|sats?\b|satoshi|[gm]?wei|coins?|tokens?|points|dollars|euros?|[$€£¥₹₿])"
_END = rf"(?![A-Za-z0-9]|[.:]\d|{_UNITS})"
_START = r"(?<![A-Za-z0-9$€£¥₹₿#])(?<![\d)][.:/-])"
_NUMBERS = re.compile(
    rf"""
    {_START}
    (?: \+\s?\(?\d (?:[ ().\t/-]{{0,3}}\d){{7,14}}                                         # +1 (123) 456-7890
      | 00[ ]?[1-9] (?:[ ()./-]{{0,2}}\d){{7,13}}                                              # 0049 30 123456
      | (?:1[ .-]?)?(?:\(\d{{3}}\)\s?|\d{{3}}[ .-])\d{{3}}[ .-]\d{{4}}                      # 123-456-7890
      | (?!\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}(?!\d)) \(?0[1-9] (?:[ ()./-]{{0,2}}\d){{7,10}}  # 030 1234567
    )
    {_END}
    """,
    re.VERBOSE,
)
_CALLED = Anchored(
    re.compile(
        rf"""
    (?<![A-Za-z])
    (?:phone|mobile|cell|cellphone|tel|telephone|whatsapp|viber|call|text|sms|handy|contact|fax|reach(?=\s(?:me|us))|my\s(?=number))
    (?: \s?(?:is|was|to|on|at|me|us|my|the|new|old|current|no|nr|number|num|[:=#.]|->)(?![A-Za-z]) | \s(?=\d) ){{1,5}}
    \s?
    (?P<number> \(?\d (?:[ ().-]{{0,2}}\d){{6,14}} )
    {_END}
    """,
        re.VERBOSE,
    ),
    *("phone", "mobile", "cell", "tel", "whatsapp", "viber", "call", "text", "sms", "handy", "contact", "fax", "reach"),
    "my",
)
_IDS = ("order", "uid", "user", "id", "ticket", "txn?", "ref", "case", "invoice", "block", "height", "tracking", "memo")
_ID = re.compile(rf"(?:{branches(*_IDS, 'tag')})[\s\w:#=.]{{0,8}}$")
_ID_WORDS = (*_IDS[:5], "tx", *_IDS[6:], "tag")
_REACH = 24
_FEWEST = 7  # digits of a phone number


def find_emails(seen: View) -> Iterator[Finding]:
    """Yield e-mail addresses, also written with [at] and [dot]."""
    spans = [match.span() for match in _AT.finditer(seen.low)]
    for match in _WRITTEN_AT.finditer(seen.low) if has_any(seen.low, _BRACKETS) else ():
        start = match.start()
        spans.append((start - seen.low[max(0, start - 1) : start].isspace(), match.end()))
    for at, end in spans:
        start = _local_start(seen.text, at)
        if start < at and not _URL_PASSWORD.search(seen.text, max(0, start - _LONGEST_LOCAL), start):
            yield (start, end, FindingKind.EMAIL)


def _local_start(text: str, end: int) -> int:
    """Return where the part before the @ begins."""
    backwards = text[max(0, end - _LONGEST_LOCAL) : end][::-1]
    local = _LOCAL.match(backwards)
    return end - (local.end() if local else 0)


def find_phones(seen: View) -> Iterator[Finding]:
    """Yield phone numbers: those in a usual form, and any that is called one."""
    low = seen.low
    if digits(seen) < _FEWEST:
        return
    has_ids = has_any(low, _ID_WORDS)
    for match in _NUMBERS.finditer(low):
        start, end = match.span()
        if not has_ids or low[start] == "+" or not _ID.search(low[max(0, start - _REACH) : start]):
            yield start, end, FindingKind.PHONE
    for match in _CALLED.finditer(low):
        yield (*match.span("number"), FindingKind.PHONE)


_FORMS = re.compile(
    r"""
    (?<![A-Za-z0-9])
    (?: xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,}  | xapp-[A-Za-z0-9-]{10,}                 # Slack
      | hooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]{10,}
      | discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{15,21}/[\w-]{20,}               # Discord
      | [A-Za-z\d][\w-]{22,27}\.[\w-]{6,7}\.[\w-]{27,}  | mfa\.[\w-]{20,}
      | gh[a-z]_[A-Za-z0-9]{20,}  | github_pat_\w{20,}  | glpat-[\w-]{20,}                  # GitHub, GitLab
      | (?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}                                                # AWS
      | AIza[\w-]{30,}  | ya29\.[\w-]{20,}  | GOCSPX-[\w-]{20,}                             # Google
      | (?:sk|rk|pk)_(?:live|test)_\w{10,}  | whsec_[\w+/=-]{16,}                          # Stripe
      | sk-(?=[A-Za-z_-]{0,60}\d)[\w-]{20,}                                                # OpenAI and its like
      | (?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?                                               # JSON web tokens
      | \d{8,10}:AA[\w-]{30,}                                                              # Telegram
      | SG\.[\w-]{16,}\.[\w-]{16,}  | shp[a-z]{2}_[a-f0-9]{32}  | SK[a-f0-9]{32}            # SendGrid, Shopify, Twilio
      | npm_[A-Za-z0-9]{30,}  | pypi-[\w-]{30,}  | hf_[A-Za-z0-9]{30,}  | dop_v1_[a-f0-9]{64}
    )
    | otpauth://[^\s\"'`<>]{10,500}                                                               # authenticator set-up
    """,
    re.VERBOSE,
)

# Each form but these two has a run as long as this.
_SHORT_FORMS, _SHORTEST = ("eyJ", "otpauth"), 15

_LABEL = Anchored(
    re.compile(
        r"""
    (?<![A-Za-z])
    (?: (?P<sure>
          (?:api|apis|access|secret|auth|authentication|client|app|bot|refresh|session|webhook|signing|encryption
            |license|2fa|totp|setup|set-up|authenticator|shared|consumer|service|account|bearer)
          [\s_-]? (?:api[\s_-]?)? (?:key|secret|token|passphrase)s?
        | secret | bearer | basic
        )
      | api | key | token | credentials?
    )
    (?![A-Za-z])
    [\s"'`*|]{0,3}
    (?: (?P<assigned>[:=]{1,2}|->|=>) | is\b | was\b | are\b )?
    [\s"'`*|]{0,4}
    """,
        re.VERBOSE,
    ),
    *("api", "access", "secret", "auth", "client", "app", "bot", "refresh", "session", "webhook", "signing"),
    *("encryption", "license", "2fa", "totp", "setup", "set-up", "shared", "consumer", "service", "account"),
    *("bearer", "basic", "key", "token", "credential"),
)
_LABELS = ("key", "secret", "token", "passphrase", "bearer", "basic", "api", "credential")
_VALUE = re.compile(r"[A-Za-z0-9+/_=.~-]{6,1024}")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}|(?:bc1|tb1|ltc1)[0-9a-z]{20,90}|(?:0x)?[0-9a-fA-F]{64}")
_PUBLIC_ACCOUNT = re.compile(r"[1-9A-HJ-NP-Za-km-z]{32,44}")  # a token's contract on Solana and the like
_LONG = 16
_MIXED = re.compile(r"(?=[^0-9]*[0-9])[^A-Za-z]*[A-Za-z]")
_CAPITALS = re.compile(r"[A-Z2-7]{16,}")  # what an authenticator app is set up with


def find_api_keys(seen: View) -> Iterator[Finding]:
    """Yield keys and tokens of services."""
    text = seen.text
    if has_run(seen, _SHORTEST, signs=True) or has_any(text, _SHORT_FORMS):
        for match in _FORMS.finditer(text):
            yield match.start(), match.end(), FindingKind.KEY
    for label in _LABEL.finditer(seen.low) if has_any(seen.low, _LABELS) else ():
        value = _VALUE.match(text, label.end())
        if value and _is_key(value[0].rstrip(".="), label):
            yield (value.start(), value.end(), FindingKind.KEY)


def _is_key(value: str, label: re.Match[str]) -> bool:
    """Return whether the value looks like a key; a short one must be assigned to a name that leaves no doubt."""
    if _ADDRESS.fullmatch(value):
        return False
    mixed = bool(_MIXED.match(value))
    if label["sure"]:
        return (mixed and (len(value) >= _LONG or bool(label["assigned"]))) or bool(_CAPITALS.fullmatch(value))
    return mixed and len(value) >= _LONG and not _PUBLIC_ACCOUNT.fullmatch(value)
