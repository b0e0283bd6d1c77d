"""A shot document in the making: each value is put down together with where it came from."""

from dataclasses import dataclass, field
from typing import Any

from backend.veo.document import ShotDocument, check_document
from backend.veo.finding import Finding, Level
from backend.veo.wording import cut


@dataclass(frozen=True)
class Compilation:
    """A compiled shot: the document, what the compiler decided, and the source of every field by JSON pointer."""

    document: ShotDocument
    findings: list[Finding]
    provenance: dict[str, str]


@dataclass
class Draft:
    """Collects values, sources and findings. Empty values are not put down, so that absent stays absent."""

    payload: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def put(self, pointer: str, value: Any, source: str) -> None:
        """Set one field, named by its JSON pointer. A list is put whole, before its entries' own sources."""
        if value is None or value in ("", [], {}):
            return
        *parents, last = pointer.strip("/").split("/")
        node = self.payload
        for key in parents:
            node = node.setdefault(key, {})
        node[last] = value
        self.sources[pointer] = source

    def put_text(self, pointer: str, text: str, limit: int, source: str) -> None:
        """Set a text, cut at a sentence to `limit` characters; what is left out becomes a finding."""
        self.put(pointer, self.fit(pointer, text, limit), source)

    def fit(self, pointer: str, text: str, limit: int) -> str:
        """`text` cut to `limit` characters; what is left out becomes a finding about `pointer`."""
        kept, left_out = cut(text, limit)
        if left_out:
            self.find(
                "CF03",
                "warning",
                f"{spoken(pointer)} holds {limit} characters. Left out: “{shortened(left_out)}”",
                fix="Shorten the text, or split the shot.",
                pointer=pointer,
            )
        return kept

    def note(self, pointer: str, source: str) -> None:
        """Name the source of an entry inside a list that was put whole."""
        self.sources[pointer] = source

    def drop(self, pointer: str) -> None:
        """Take one field out again."""
        *parents, last = pointer.strip("/").split("/")
        node = self.payload
        for key in parents:
            node = node.get(key, {})
        node.pop(last, None)
        self.sources.pop(pointer, None)

    def get(self, pointer: str) -> Any:
        """The value of a field, or None."""
        node: Any = self.payload
        for key in pointer.strip("/").split("/"):
            node = node.get(key) if isinstance(node, dict) else None
        return node

    def find(self, id: str, level: Level, message: str, *, fix: str | None = None, pointer: str | None = None) -> None:
        """Say something about the compile."""
        self.findings.append(Finding(id=id, level=level, message=message, fix=fix, pointer=pointer))

    def finish(self) -> Compilation:
        """The checked document. `DocumentError` here is a defect of the compiler."""
        return Compilation(check_document(self.payload), list(self.findings), dict(self.sources))


def spoken(pointer: str) -> str:
    """`/subject/description` → `subject.description`, as the JSON editor shows it."""
    return pointer.strip("/").replace("/", ".")


def shortened(text: str, limit: int = 160) -> str:
    """A text for a message: its beginning, with an ellipsis where it goes on."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
