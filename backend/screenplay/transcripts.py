"""Reads a transcript, where each speech stands behind its speaker's name (NAME: speech), as cues and dialogue."""

import re
from collections import Counter

from backend.screenplay import heading_words
from backend.screenplay.lines import Line, blank_at

_SPEECH = re.compile(
    r"^(?P<name>[^\W\d_a-zß-öø-ÿ][\w.'’&/\-]*(?: [\w.'’&/#\-]+){0,3}?)\s*"
    r"(?P<aside>\([^()]{1,120}\)|\[[^\[\]]{1,120}\])?\s*:\s*(?P<speech>.*)$"
    # KÁTIA - (VIRANDO-SE) Seis meses...
    r"|^(?P<upper>[^\W\d_a-zß-öø-ÿ][^\Wa-zß-öø-ÿ.'’]*(?: [^\Wa-zß-öø-ÿ]+){0,3}) [-–—] (?P<said>\S.*)$"
)
_NO_SPEAKER = re.compile(
    rf"^(?:{heading_words.PREFIX}|{heading_words.SCENE_WORD}|TITLE|TITLES|SUPER|NOTE|INSERT|CUT TO|POV|ANGLE|CLOSE"
    r"|MONTAGE|CONTINUED|FADE|AUTHORS?|CREDIT|SOURCE|CONTACT|COPYRIGHT|WRITTEN BY|DRAFT DATE|SUBTITLES?|CAPTION"
    r"|[A-Z ]+ TO|MUSIC|SOUND|SFX|VFX|DATE|SCENE|ACT|TIME|SETTING|CAST|CHARACTERS|PROLOGUE|EPILOGUE)$",
    re.IGNORECASE,
)


def find_speakers(lines: list[Line]) -> frozenset[str]:
    """The speakers of a transcript, in their own spelling folded to lower case; empty for any other text."""
    counts: Counter[str] = Counter()
    texts = 0
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        texts += 1
        match = None if line.kind else _SPEECH.match(text)
        if match and not _NO_SPEAKER.match(_name(match)):
            counts[_name(match).casefold()] += 1
    speakers = {name for name, count in counts.items() if count >= 3}
    spoken = sum(counts[name] for name in speakers)
    if len(speakers) < 2 or spoken < 8 or spoken < 0.1 * texts:
        return frozenset()
    return frozenset(name for name, count in counts.items() if count >= 2 or len(name.split()) <= 2)


def to_fountain(lines: list[Line], speakers: frozenset[str]) -> list[Line]:
    """Fountain lines: `CORSO (calmly): Go to hell.` becomes a cue, a parenthetical and a speech."""
    out: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.text.strip()
        match = _match(line, speakers)
        if not text:
            index += 1
        elif match is None:
            _block(out, line if line.kind or heading_words.TRANSITION.match(text) else line.with_text(_plain(text)))
            index += 1
            while index < len(lines) and not _ends(lines[index], speakers) and not line.kind:
                last = out[-1]
                out[-1] = Line(f"{last.text} {lines[index].text.strip()}", last.start, lines[index].end)
                index += 1
        else:
            index = _speech(out, lines, index, match, speakers)
    return out


def _speech(out: list[Line], lines: list[Line], index: int, match: re.Match[str], speakers: frozenset[str]) -> int:
    line = lines[index]
    _block(out, line.with_text(f"@{_name(match)}"))
    if match["aside"]:
        out.append(line.with_text(f"({match['aside'][1:-1]})"))
    spoken = line.with_text(match["speech"] if match["name"] else match["said"])
    index += 1
    while index < len(lines) and not _ends(lines[index], speakers):
        text = lines[index].text.strip()
        spoken = Line(f"{spoken.text} {text}".strip(), spoken.start, lines[index].end)
        index += 1
    if spoken.text:
        out.append(spoken)
    return index


def _match(line: Line, speakers: frozenset[str]) -> re.Match[str] | None:
    match = None if line.kind else _SPEECH.match(line.text.strip())
    if match is None or _NO_SPEAKER.match(_name(match)):
        return None
    return match if _name(match).casefold() in speakers else None


def _name(match: re.Match[str]) -> str:
    return match["name"] or match["upper"]


def _ends(line: Line, speakers: frozenset[str]) -> bool:
    """A blank line, a heading, the next speaker or a direction in brackets ends a speech."""
    return line.is_blank or bool(line.kind) or line.text.lstrip().startswith("[") or _match(line, speakers) is not None


def _plain(text: str) -> str:
    return f"!{text}" if text[0] in "!@>.~=#" else text


def _block(out: list[Line], line: Line) -> None:
    if out and not out[-1].is_blank:
        out.append(blank_at(line))
    out.append(line)
