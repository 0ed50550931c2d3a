"""Find which field a column is for whose name is a sentence, such as `User asks` and `We say`."""

import re

_LONGEST = 40
_SPOKEN = {
    "question": re.compile(
        r"\b(?:users?|customers?|clients?|guests?|people|members?|visitors?|they|some(?:one|body))"
        r" (?:asks?|says?|writes?|wants?)\b"
        r"|^(?!um|nach|ruck|an)\w{3,20}fragen?$"
        r"|\b(?:kunden?|nutzer|gast|gaste|mitglied\w*|jemand) (?:fragt|fragen|sagt|schreibt)\b"
        r"|\b(?:client|clients|utilisateurs?|on) (?:nous )?demande\w*\b|\b(?:clientes?|usuarios?|usuario) preguntan?\b"
        r"|\b(?:clienti|cliente|utente|utenti) chied\w+\b|\b(?:clientes?|usuarios?) perguntam?\b"
        r"|\b(?:klant|klanten|gebruikers?) vra\w+\b|\b(?:klient|klienci|uzytkownik) pyta\w*\b"
        r"|\b(?:пользователи?|пользователь|клиенты?) спрашива\w+|\b(?:musteri|kullanici) sor\w+\b|(?:用户|客户)问"
    ),
    "answer": re.compile(
        r"\b(?:we|you|i|bot|it) (?:say|says|answers?|reply|replies|respond|responds|tell|write)\b"
        r"|^(?:approved|official|standard|model|suggested|final|correct|our|agent|chatbot|default|canned|full|public)"
        r" (?:response|reply|solution|resolution|text|wording)$"
        r"|^\w{3,20}antwort(?:en)?$|\b(?:wir|ich|bot|du) (?:sagen|sage|sagt|antworten?|antwortet|schreiben)\b"
        r"|\b(?:on|nous|bot) repond\w*\b|\brespondemos\b|\brispondiamo\b|\b(?:wij|we) (?:zeggen|antwoorden)\b"
        r"|\bodpowiadamy\b|\bмы отвечаем\b|\bотвечаем\b|\bcevapliyoruz\b|我们(?:回)?答"
    ),
}  # fmt: skip


def field_of_sentence(folded: str) -> str | None:
    """Return `question` for what people say and `answer` for what they are told, None for any other name."""
    if len(folded) > _LONGEST:
        return None
    return next((field for field, spoken in _SPOKEN.items() if spoken.search(folded)), None)
