"""Read the old encodings in which spreadsheets save CSV, where the text leaves no doubt about which it is.

A text is taken for Windows-1252 or Windows-1250 when its frequent words stand in it as they are written in that
encoding and none as in the other, or when both give the same letters, as they do for German.
"""

import re

from bot.core.searching.words import word_set
from bot.formats.decoding import SIZE_LIMIT
from bot.formats.encodings import candidates

_WORD = re.compile(r"[^\W\d_]+")
_WORDS = {
    "cp1252": word_set("""
    à où être même très après déjà été là ça êtes dès vérifié né vôtre nôtre für über können möchten
    müssen ähnlich nächste während größe schließen später gültig zurück prüfen wählen öffnen qué cómo
    está más también dónde cuándo sí aquí después número contraseña sesión cuál él mí según así não você
    é são até já também então opção senha código più perché può già così città sarà è för är på från
    också får når å måste gør även två één geïnteresseerd kör täglich gebühren gebühr vérifier étape
    accès clé réponse numéro compte créer página dirección teléfono información verificación através
    informações verrà però sì mögen würde würden könnte natürlich verfügbar ändern bestätigen überweisung
    überprüfen schlüssel téléphone sécurité vérification réinitialiser paramètres problème générer étapes
    années première dernière système méthode réseau
"""),
    "cp1254": word_set("""
    için değil şifre şifremi şifrenizi hesabım hesabımı nasıl değiştiririm ödeme ücret mı mümkün olduğunu
    çıkış giriş güvenlik kaç iş gün içinde sıfırla bağlantı müşteri sipariş siparişim ücretsiz yapılır
    değiştir
"""),
    "cp1250": word_set("""
    się że są być jeśli będzie można hasło który także proszę możesz jakość wysłać już też więc żeby
    hasła został jsem být není můžete účet své když už např více můžeme při také každý až než és hogy
    nincs fiók jelszó őt után között lehet több először și să când pentru fără până însă există că după
    ați ești ovaj kako može koliko više neće također ponovo račun šifra što zašto biti ďalej môžete ktorý
    všetko
"""),
}


def decoded(content: bytes) -> str | None:
    """Return the text of bytes that are not UTF-8, None where more than one reading is left."""
    if len(content) > SIZE_LIMIT or b"\0" in content:
        return None
    named = [each.codec for each in candidates(content)]
    readings = {codec: _text(content, codec) for codec in named}
    if readings and len(set(readings.values())) == 1:
        return next(iter(readings.values()))
    fitting = [codec for codec in named if codec in _WORDS and _speaks(readings[codec], codec)]
    return readings[fitting[0]] if len(fitting) == 1 else None


def _text(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _speaks(text: str | None, codec: str) -> bool:
    words = {word for word in _WORD.findall(text.lower()) if not word.isascii()} if text else set()
    return bool(words & _WORDS[codec])
