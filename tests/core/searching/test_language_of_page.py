# ruff: noqa: RUF001  # letters of other languages
"""The language of a whole page: by its script, or by its small words; nothing where neither settles it."""

import pytest

from bot.core.searching.languages import language_of_page


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I change my address? Open the profile and choose Change.", "en"),
        ("Wie ändere ich meine Adresse? Im Profil, und dann auf Ändern. Das geht nur hier.", "de"),
        ("¿Cómo cambio mi dirección? En el perfil, con el botón de la derecha.", "es"),
        ("Comment changer mon adresse ? Dans le profil, puis sur le bouton de droite.", "fr"),
        ("Adresimi nasıl değiştiririm? Bu çok kolay, profil için bir düğme var.", "tr"),
        ("Как изменить адрес? Откройте профиль в app.example.com.", "ru"),
        ("Як змінити адресу? Відкрийте профіль.", "uk"),
        ("如何更改地址? 打开个人资料。", "zh"),
        ("住所を変更するには? プロフィールを開きます。", "ja"),
        ("Reset 2FA", None),
        ("", None),
        ("npm install lumo --save-dev", None),
    ],
)
def test_script_and_small_words_tell(text: str, language: str | None) -> None:
    assert language_of_page(text) == language
