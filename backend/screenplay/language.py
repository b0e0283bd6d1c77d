"""Tells the language of a scene from its own words, for the few words that a breakdown adds."""

import re
from typing import Literal

from backend.screenplay.models import Scene

Language = Literal["en", "fr", "pt", "es", "de", "it"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Short words that stand in nearly every sentence of one of the languages and rarely in another.
_FREQUENT: dict[Language, frozenset[str]] = {
    "en": _words("the and of to is are with his her you it that this he she they what for from not"),
    "fr": _words("le les des est et une dans il elle avec qui pas vous ce sur pour au du je sa ses"),
    "pt": _words("o os não uma um com ele ela você seu sua em no na do da dos das está ao pelo e isso"),
    "es": _words("el los las y con está usted su sus del qué una pero él ella lo en al hay se"),
    "de": _words("der die das und ist nicht ein eine mit sich er sie auf den dem zu im ich von"),
    "it": _words("il gli di che è con una non della del nel sul si lo sono per alla dal ma"),
}  # fmt: skip
# What a heading says of the time is in the language of the script.
_TIMES: dict[Language, frozenset[str]] = {
    "en": _words("DAY NIGHT MORNING EVENING AFTERNOON LATER CONTINUOUS DUSK DAWN SAME NOON"),
    "fr": _words("JOUR NUIT MATIN SOIR AUBE CRÉPUSCULE PLUS TARD"),
    "pt": _words("NOITE MANHÃ MANHA ENTARDECER AMANHECER MADRUGADA"),
    "es": _words("NOCHE DÍA MAÑANA ATARDECER ANOCHECER"),
    "de": _words("TAG NACHT MORGEN ABEND INNEN AUSSEN AUßEN"),
    "it": _words("GIORNO NOTTE SERA MATTINA INTERNO ESTERNO"),
}  # fmt: skip
_HEADING_WEIGHT = 3
_ENOUGH = 2
_WORDS_READ = 400


def language_of(scene: Scene) -> Language | None:
    """The language of a scene's heading and text; None when they do not tell."""
    counts: dict[Language, int] = dict.fromkeys(_FREQUENT, 0)
    for word in re.findall(r"[^\W\d_]+", scene.heading.upper()):
        for language, times in _TIMES.items():
            counts[language] += _HEADING_WEIGHT * (word in times)
    read = 0
    for element in scene.elements:
        words = re.findall(r"[^\W\d_]+", element.text.lower()) if element.type != "character" else []
        for word in words:
            for language, frequent in _FREQUENT.items():
                counts[language] += word in frequent
        read += len(words)
        if read > _WORDS_READ:
            break
    (first, most), (_, second) = sorted(counts.items(), key=lambda item: -item[1])[:2]
    return first if most >= _ENOUGH and most > second else None
