"""Wire classes of screenplay import."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from backend.core.schemas import Read, Timestamp, Write
from backend.projects.schemas import ProjectRead

Engine = Literal["auto", "ollama", "rules"]


class ImportAccepted(Read):
    """An import that has begun."""

    script_id: UUID
    job_id: UUID = Field(description="The parent job; its progress counts scenes.")


class SampleAccepted(Read):
    """The sample project, whose screenplay is being imported."""

    project: ProjectRead
    script_id: UUID
    job_id: UUID


class ScriptWarning(Read):
    """Something the importer guessed, mended or removed."""

    line: int = Field(description="Line in the script, from 1; 0 is the whole file.")
    code: str
    message: str
    lines: list[int] = Field(description="All the lines it is about, where it is about more than one.")


class ScriptRead(Read):
    """An imported screenplay."""

    id: UUID
    project_id: UUID
    filename: str
    format: str | None = Field(description="`fountain`, `text`, `fdx` or `pdf`; null until it is parsed.")
    encoding: str | None
    engine: str | None = Field(description="What broke it down: `rules` or `ollama:MODEL`; null until decided.")
    title_page: dict[str, str]
    warnings: list[ScriptWarning]
    scene_count: int
    is_superseded: bool = Field(
        description="A revised draft has taken its place; scenes that were kept from it are still here."
    )
    created_at: Timestamp


class ScriptDetail(ScriptRead):
    """A screenplay with its text."""

    text: str = Field(description="The text that line numbers refer to: as decoded, or rebuilt from an FDX or PDF.")


class ScriptPage(Read):
    """All screenplays of a project, newest first."""

    items: list[ScriptRead]
    total: int


class BreakDownRequest(Write):
    """Which scenes to break down again, and how."""

    scene_ids: list[UUID] = Field(min_length=1, max_length=2000)
    engine: Engine = "auto"
    target_shots: int | None = Field(default=None, ge=1, le=100, description="Shots to aim at in each scene.")
    replace_edited: bool = Field(
        default=False, description="Also replace shots that a person has worked on; left out, those stay."
    )
    replace_stale: bool = Field(
        default=False, description="Also replace those of them whose paragraphs a draft has changed."
    )


class BreakDownAccepted(Read):
    """A breakdown that has begun."""

    job_id: UUID = Field(description="The parent job; its result names the run, which can be reverted.")


class PreviewScene(Read):
    """A scene as it would be imported."""

    index: int = Field(description="Its place, from 0; a plan names scenes by it.")
    number: str | None
    heading: str
    int_ext: Literal["INT", "EXT", "INT/EXT"] | None
    location: str | None
    time_of_day: str | None
    line_start: int = Field(description="First line in `text`, from 1.")
    line_end: int
    eighths: int = Field(description="Length in eighths of a page.")
    element_count: int
    speech_count: int
    shot_count: int = Field(description="Shots that the built-in rules would make.")
    is_omitted: bool
    is_synthetic: bool = Field(description="The heading is not in the script: none was found there.")


class PreviewName(Read):
    """A name in the script and how often it counts: speeches of a character, scenes of a location."""

    name: str
    count: int


class ScriptPreview(Read):
    """What an import would make of a file. Nothing of it is stored."""

    sha256: str = Field(description="Of the file; a plan carries it, so that it cannot meet another file.")
    filename: str
    format: str
    encoding: str
    title_page: dict[str, str]
    text: str = Field(description="The text that line numbers refer to.")
    scenes: list[PreviewScene]
    characters: list[PreviewName] = Field(description="By number of speeches; 0 for those only seen.")
    locations: list[PreviewName] = Field(description="By number of scenes.")
    warnings: list[ScriptWarning]
    eighths: int = Field(description="Length of all scenes in eighths of a page.")
    element_count: int
    shot_count: int = Field(description="Shots that the built-in rules would make in all.")
    preamble_count: int = Field(description="Paragraphs before the first scene; they are kept with the script.")
