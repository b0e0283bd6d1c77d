"""Pure: the shot document, its compiler, renderers and rules. No database, no web, no clock."""

from backend.veo.brief import DialogueBrief, IngredientBrief, ShotBrief
from backend.veo.compiler import compile_document, compile_findings, compile_shot, provenance
from backend.veo.context import SYSTEM_PROMPT, build_context
from backend.veo.document import ShotDocument, check_document, document_bytes, document_schema, to_payload
from backend.veo.draft import Compilation
from backend.veo.errors import DocumentError, DocumentProblem
from backend.veo.finding import Finding
from backend.veo.grounding import ungrounded, unmapped
from backend.veo.render import estimate_tokens, render_json, render_negative, render_prompt
from backend.veo.reply import CreativeReply, merge, merge_shot, reply_schema
from backend.veo.rules import findings
from backend.veo.targets import DEFAULT_TARGET, REGISTRY, TARGETS_AS_OF, TargetFacts, target_facts

__all__ = [
    "DEFAULT_TARGET",
    "REGISTRY",
    "SYSTEM_PROMPT",
    "TARGETS_AS_OF",
    "Compilation",
    "CreativeReply",
    "DialogueBrief",
    "DocumentError",
    "DocumentProblem",
    "Finding",
    "IngredientBrief",
    "ShotBrief",
    "ShotDocument",
    "TargetFacts",
    "build_context",
    "check_document",
    "compile_document",
    "compile_findings",
    "compile_shot",
    "document_bytes",
    "document_schema",
    "estimate_tokens",
    "findings",
    "merge",
    "merge_shot",
    "provenance",
    "render_json",
    "render_negative",
    "render_prompt",
    "reply_schema",
    "target_facts",
    "to_payload",
    "ungrounded",
    "unmapped",
]
