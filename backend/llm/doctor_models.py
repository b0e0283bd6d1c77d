"""The doctor's checks of the models: installed, and able to see."""

from backend.clients.llm_server import full_name
from backend.llm import mends
from backend.llm.examination import Check, Examination, Finding


def _presence(now: Examination, model: str, *, is_required: bool, note: str = "") -> Finding:
    if full_name(model) in {full_name(name) for name in now.models}:
        return Finding("ok", f"{model}{note}")
    return Finding("failed" if is_required else "warning", f"{model} is not installed.", mends.pull(model, now.models))


async def _breakdown(now: Examination) -> Finding:
    return _presence(now, now.settings.model, is_required=True)


async def _assembly(now: Examination) -> Finding:
    note = "" if now.settings.assembly_model else ", the same as for breakdown"
    return _presence(now, now.settings.model_for("assembly"), is_required=True, note=note)


async def _vision_model(now: Examination) -> Finding:
    if not now.settings.vision_model:
        return Finding("off", "No vision model is set: pictures get no captions.")
    return _presence(now, now.settings.vision_model, is_required=False)


async def _can_see(now: Examination) -> Finding:
    model = now.settings.vision_model
    if full_name(model) not in {full_name(name) for name in now.models}:
        return Finding("warning", f"{model} is not installed: pictures get no captions.")
    sees = (await now.server.facts(model)).can("vision")
    if sees is None:
        return Finding("warning", f"The server does not say whether {model} takes pictures; it is an old version.")
    if not sees:
        return Finding("failed", f"{model} does not take pictures.", mends.no_vision(model))
    return Finding("ok", f"{model} takes pictures.")


CHECKS = (
    Check("model_breakdown", "Model for breakdown", _breakdown, needs=("tags",)),
    Check("model_assembly", "Model for documents", _assembly, needs=("tags",)),
    Check("model_vision", "Model for pictures", _vision_model, needs=("tags",)),
    Check("vision", "Sees pictures", _can_see, needs=("model_vision",)),
)
