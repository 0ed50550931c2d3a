"""Find keys and tokens: those with a form of their own, and long values that are called one."""

import re
from collections.abc import Iterator

from bot.core.redaction.view import Anchored, Finding, FindingKind, View, has_any

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

# Each form but two has a run as long as this.
_MAY_HAVE_FORM = re.compile(r"[\w+/=-]{15}|eyJ|otpauth")

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
    if _MAY_HAVE_FORM.search(text):
        for match in _FORMS.finditer(text):
            yield Finding(match.start(), match.end(), FindingKind.KEY)
    for label in _LABEL.finditer(seen.low) if has_any(seen.low, _LABELS) else ():
        value = _VALUE.match(text, label.end())
        if value and _is_key(value[0].rstrip(".="), label):
            yield Finding(value.start(), value.end(), FindingKind.KEY)


def _is_key(value: str, label: re.Match[str]) -> bool:
    """Return whether the value looks like a key; a short one must be assigned to a name that leaves no doubt."""
    if _ADDRESS.fullmatch(value):
        return False
    mixed = bool(_MIXED.match(value))
    if label["sure"]:
        return (mixed and (len(value) >= _LONG or bool(label["assigned"]))) or bool(_CAPITALS.fullmatch(value))
    return mixed and len(value) >= _LONG and not _PUBLIC_ACCOUNT.fullmatch(value)
