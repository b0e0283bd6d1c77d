"""How much of a text is said in the words of another: what shares nothing with the script was not made from it."""

import re

_WORD = re.compile(r"[^\W\d_]{4,}")
# Inflected forms of a word share this many letters: turns, turned, turning.
_STEM = 5
# Words of the craft, which a description may use although the script does not.
_CRAFT = frozenset(
    {"camera", "shot", "shots", "frame", "framing", "close", "closeup", "wide", "medium", "view", "angle", "focus"}
    | {"foreground", "background", "pan", "tilt", "dolly", "tracking", "static", "slowly"}
    | {"with", "into", "from", "over", "under", "their", "while", "then", "that", "this", "there", "they", "them"}
)
# A paraphrase keeps at least this share of its words; a model that repeats its instructions keeps none.
ENOUGH = 1 / 3


def shared_words(text: str, source: str) -> float:
    """The share of the text's content words, 0 to 1, whose stem is in the source; 1 when it has none."""
    stems = {word[:_STEM] for word in _WORD.findall(source.lower())}
    words = [word for word in _WORD.findall(text.lower()) if word not in _CRAFT]
    return sum(word[:_STEM] in stems for word in words) / len(words) if words else 1.0
