"""Pure: the shot document, its compiler, renderers and rules. No database, no web, no clock."""

from backend.veo.brief import DialogueBrief, IngredientBrief, ShotBrief
from backend.veo.document import ShotDocument, check_document, document_bytes, document_schema, to_payload
from backend.veo.errors import DocumentError, DocumentProblem
from backend.veo.finding import Finding
from backend.veo.reply import CreativeReply, reply_schema
from backend.veo.targets import DEFAULT_TARGET, REGISTRY, TARGETS_AS_OF, TargetFacts, target_facts

__all__ = [
    "DEFAULT_TARGET",
    "REGISTRY",
    "TARGETS_AS_OF",
    "CreativeReply",
    "DialogueBrief",
    "DocumentError",
    "DocumentProblem",
    "Finding",
    "IngredientBrief",
    "ShotBrief",
    "ShotDocument",
    "TargetFacts",
    "check_document",
    "document_bytes",
    "document_schema",
    "reply_schema",
    "target_facts",
    "to_payload",
]
