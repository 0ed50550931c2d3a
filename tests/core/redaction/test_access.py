"""Keys, passwords and one-time codes."""

import pytest

from bot.core.redaction import FindingKind, redact

RANDOM = "a1b2C3d4e5" * 10  # written apart, so that no scanner of repositories takes the examples for real keys
SERVICE_KEYS = {
    "slack bot": f"xoxb-123456789012-{RANDOM[:24]}",
    "slack app": f"xapp-1-A0123456789-{RANDOM[:24]}",
    "slack webhook": f"hooks.slack.com/services/T00000000/B00000000/{RANDOM[:24]}",
    "discord bot": f"MTE5{RANDOM[:20]}.Gab-De.{RANDOM[:38]}",
    "discord webhook": f"discord.com/api/webhooks/112233445566778899/{RANDOM[:60]}_-",
    "github": f"ghp_{RANDOM[:36]}",
    "github, fine-grained": f"github_pat_{RANDOM[:22]}_{RANDOM[:50]}",
    "gitlab": f"glpat-{RANDOM[:20]}",
    "aws": f"AKIA{RANDOM[:16].upper()}",
    "google": f"AIza{RANDOM[:35]}",
    "stripe": f"sk_live_{RANDOM[:24]}",
    "openai": f"sk-proj-{RANDOM[:40]}",
    "jwt": f"eyJ{RANDOM[:20]}.eyJ{RANDOM[:30]}.{RANDOM[:40]}",
    "telegram": f"123456789:AA{RANDOM[:33]}",
    "sendgrid": f"SG.{RANDOM[:22]}.{RANDOM[:43]}",
    "shopify": f"shpat_{RANDOM[:32].lower()}",
    "npm": f"npm_{RANDOM[:36]}",
    "authenticator": "otpauth://totp/OKX:bob?secret=JBSWY3DPEHPK3PXP",
}


@pytest.mark.parametrize("key", SERVICE_KEYS.values(), ids=SERVICE_KEYS)
@pytest.mark.parametrize("frame", ["{}", "is this ok: {} ?", '"{}"', "x={}", "```{}```"])
def test_a_key_of_a_known_form_is_found(key: str, frame: str) -> None:
    assert redact(frame.format(key)).text == frame.format("[key]")


@pytest.mark.parametrize(
    ("before", "key"),
    [
        ("api key: ", "22582BD0CFF14C41EDBF1AB98506286D"),
        ("my API key is ", "a1b2c3d4-e5f6-7890-abcd-ef1234567890"),
        ("API_SECRET=", "22582BD0CFF14C41"),
        ('"secretKey": "', "9b1deb4d3b7d4bad"),
        ("secret=", "hunter22"),
        ("client_secret = ", "abc123def"),
        ("Authorization: Bearer ", "abcdef1234567890XYZ"),
        ("Authorization: Basic ", "Ym9iOmh1bnRlcjI0MQ=="),
        ("https://example.com/?access_token=", "abcdef123456"),
        ("2fa setup key ", "JBSWY3DPEHPK3PXP"),
        ("the token is ", "f4Gh56jK7890abcdEFgh"),
        ("key -> ", "f4Gh56jK7890abcdEFgh"),
        ("the key is ", "a1b2c3d4e5f6a7b8"),
        ("api passphrase: ", "Okx2024"),
    ],
)
def test_what_is_called_a_key_is_one(before: str, key: str) -> None:
    redacted = redact(f"{before}{key}")
    assert redacted.text == f"{before}[key]"
    assert redacted.found == (FindingKind.KEY,)


@pytest.mark.parametrize(
    "text",
    [
        "how do I create an API key?",
        "my api key is not working",
        "api key: permissions and limits",
        "token: USDT-ERC20",
        "token: 0xdAC17F958D2ee523a2206206994597C13D831ec7",
        "the token is EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGkZwyTDt1v",
        "secret = what exactly?",
        "the key to success is patience",
        "sk-learn-is-a-library-for-machine-learning",
        "api v5 returns 50011",
        "is bearer authentication supported?",
    ],
)
def test_talk_about_keys_is_kept(text: str) -> None:
    assert redact(text).text == text


def test_marks_of_emphasis_are_no_part_of_a_password() -> None:
    kept = "Tippe auf **Passwort vergessen?** oder __Passwort zurücksetzen__."
    assert redact(kept).text == kept
    assert redact("**password hunter2!**").text == "**password [password]"


@pytest.mark.parametrize(
    ("before", "password"),
    [
        ("my password is ", "hunter2"),
        ("my password is ", "sunshine"),
        ("My Password Is ", "Sunshine!"),
        ("the pw is: ", "hunter2"),
        ("the password's ", "hunter2"),
        ("password was ", "Tr0ub4dor&3"),
        ("my password for okx is ", "hunter2"),
        ("the password I use is still ", "hunter2"),
        ("password = ", "x1y2z3"),
        ("password:", "hunter"),
        ("password:\n", "hunter"),
        ("password -> ", "hunter"),
        ("password - ", "hunter2"),
        ('{"password": ', '"hunter two"'),
        ("password: ", "correct horse battery staple"),
        ("pass: ", "hunter"),
        ("PWD=", "abc"),
        ("passphrase: ", "okx-trading"),
        ("I changed my password to ", "Hunter22"),
        ("password ", "hunter2!"),
        ("passwort: ", "geheim"),
        ("mein Passwort ist ", "Geheim99"),
        ("contraseña: ", "secreto"),
        ("mot de passe : ", "chouette"),
        ("пароль: ", "солнышко"),
        ("我的密码是", "abc12345"),
        ("パスワード: ", "himitsu"),
        ("비밀번호: ", "bimil"),
        ("pass\u200bword: ", "hunter2"),
    ],
)
def test_a_password_is_found(before: str, password: str) -> None:
    redacted = redact(before + password)
    assert redacted.text == f"{before}[password]"
    assert redacted.found == (FindingKind.PASSWORD,)


@pytest.mark.parametrize(
    "name",
    [
        "password", "pass word", "pasword", "passwrod", "passphrase", "pass-phrase", "passwd", "passcode", "pwd", "pw",
        "pass", "passwort", "kennwort", "contraseña", "clave", "mot de passe", "senha", "parola", "hasło", "пароль",
        "密码", "密碼", "パスワード", "비밀번호",
    ],
)  # fmt: skip
def test_a_password_has_many_names(name: str) -> None:
    assert redact(f"{name}: hunter").text == f"{name}: [password]"
    assert redact(f"{name.upper()}=hunter").text == f"{name.upper()}=[password]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hunter2 is my password", "[password] is my password"),
        ("I use Hunter22 as my okx password", "I use [password] as my okx password"),
        ("user: bob pass: hunter2 help", "user: bob pass: [password] help"),
        ("old password is Hunter1, new password is Hunter2", "old password is [password] new password is [password]"),
        ("password: password: hunter2", "password: [password] [password]"),
        ("postgresql://bob:s3cr3t@db/faq", "postgresql://[password]@db/faq"),
        ("postgresql://bob:p@ss@db.example.com/faq", "postgresql://[password]@db.example.com/faq"),
    ],
)
def test_a_password_is_found_wherever_it_stands(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "ending",
    [
        "is wrong", "is not working", "is expired", "is being rejected", "isn't accepted", "is too short", "was leaked",
        "was changed yesterday", "is invalid every time", "is case sensitive", "is the same", "is my dog's name",
        ": how do I reset it?", ":)", " = ?", ": wrong", "", " reset", " reset link is broken", " for okx is wrong",
        " must have 8 characters", " to log in", ": ********", ": ab", "'s not working", " with 8 characters", " 2fa",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["my password", "my PW", "the passphrase", "mein Passwort", "我的密码"])
def test_talk_about_a_password_is_kept(name: str, ending: str) -> None:
    text = f"{name}{'' if ending[:1] in {'', ':', ' ', chr(39)} else ' '}{ending}"
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code is 123456", "code is [code]"),
        ("code: 1234", "code: [code]"),
        ("the code I got is 482911", "the code I got is [code]"),
        ("my code 482911 fails", "my code [code] fails"),
        ("2fa code 123 456", "2fa code [code]"),
        ("2FA: 123-456", "2FA: [code]"),
        ("otp: 123456", "otp: [code]"),
        ("OTP = `123456`", "OTP = `[code]`"),
        ("otp: 1 2 3 4 5 6", "otp: [code]"),
        ("my one-time code is 12345678", "my one-time code is [code]"),
        ("the sms code they sent me: 4829", "the sms code they sent me: [code]"),
        ("verification code I received by email 482911", "verification code I received by email [code]"),
        ("authenticator shows 123 456", "authenticator shows [code]"),
        ("my pin is 4321", "my pin is [code]"),
        ("cvv 123", "cvv [code]"),
        ("G-482911 is your Google verification code", "[code] is your Google verification code"),
        ("482911 is my otp", "[code] is my otp"),
        ("I typed 482911 as the code", "I typed [code] as the code"),
        ("482911 (2fa)", "[code] (2fa)"),
        ("backup codes: 1234 5678, 2345 6789\n- 3456 7890", "backup codes: [code], [code]\n- [code]"),
        ("recovery code: a1b2c-3d4e5", "recovery code: [code]"),
    ],
)
def test_a_one_time_code_is_found(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "error code 50011",
        "I get error code: 50011",
        "the error code I got is 500110",
        "status code is 4040",
        "promo code: 12345678",
        "zip code 123456",
        "50011 is the error code",
        "code 50011",
        "the code has 6 digits",
        "my 2fa code never came, 10000 USDT are stuck",
        "2fa code of 2024-05-06",
        "otp not received for 3 hours",
        "enable 2fa 5000 USDT bonus",
        "code is 6 digits",
        "recovery code missing",
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    assert redact(text).text == text
