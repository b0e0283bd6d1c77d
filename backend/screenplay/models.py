"""What a parsed screenplay is made of: scenes, and the elements that play in them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ElementType = Literal["action", "shot", "character", "dialogue", "parenthetical", "transition", "lyrics", "centered"]
IntExt = Literal["INT", "EXT", "INT/EXT"]
SourceFormat = Literal["fountain", "text", "fdx", "pdf"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class Warning(_Model):
    """Something the importer guessed, mended or removed.

    `line` is 1-based in the normalised source, 0 = the whole file; `lines` are all the lines it is about, where it is
    about more than one.
    """

    line: int
    code: str
    message: str
    lines: list[int] = Field(default_factory=list)


class Emphasis(_Model):
    """A styled run of an element's clean text: `text[start:end]`."""

    start: int
    end: int
    style: Literal["bold", "italic", "underline", "bold_italic"]


class Note(_Model):
    """A [[note]] of the writer, kept beside the scene and never filmed."""

    line: int
    text: str


class Element(_Model):
    """One paragraph of the page. Lines are 1-based in the normalised source.

    `character` is the clean name (no extensions) on a cue and on everything spoken under it; `extensions` are the
    cue's, e.g. ["V.O.", "CONT'D"]; `dual` marks both sides of simultaneous dialogue. A `shot` is a line that calls
    for a camera (ANGLE ON THE DOOR) and plays inside its scene.
    """

    type: ElementType
    text: str
    line_start: int
    line_end: int
    character: str | None = None
    extensions: list[str] = Field(default_factory=list)
    dual: bool = False
    emphasis: list[Emphasis] = Field(default_factory=list)


class Scene(_Model):
    """One slugline and all that plays under it.

    `heading` is as written, without the forcing dot and the #number#. `raw_text` is the verbatim source below the
    heading (notes and boneyard included). `eighths` is the page length in eighths, at least 1: the file's own where
    `eighths_source` says so. `page_start` is the page as the file prints it ("12", "12A"), where it has pages.
    """

    number: str | None
    heading: str
    int_ext: IntExt | None
    location: str | None
    time_of_day: str | None
    elements: list[Element]
    line_start: int
    line_end: int
    raw_text: str
    eighths: int
    eighths_source: Literal["file", "estimate"] = "estimate"
    page_start: str | None = None
    is_omitted: bool = False
    is_synthetic: bool = False
    section: str | None = None
    synopsis: str | None = None
    notes: list[Note] = Field(default_factory=list)


class Screenplay(_Model):
    """A whole script. Text before the first heading is the preamble; nothing is dropped.

    `text` is the normalised source that all line numbers refer to: the decoded text of a Fountain or text file, the
    rebuilt lines of an FDX or PDF.
    """

    title_page: dict[str, str]
    preamble: list[Element]
    scenes: list[Scene]
    warnings: list[Warning]
    encoding: str
    format: SourceFormat
    text: str
