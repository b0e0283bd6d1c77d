"""Writes a random vision projector, with which a text-only GGUF model accepts pictures (and sees noise in them)."""

import random
import struct
from array import array
from pathlib import Path

# GGUF value types (ggml/docs/gguf.md).
_UINT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 6, 7, 8, 9
_TENSOR_F32 = 0
_ALIGNMENT = 32

# A two-layer CLIP with a 64 × 64 picture in 16 × 16 patches: 2 MB, decoded in milliseconds.
_EMBEDDING, _HEADS, _FEED_FORWARD, _LAYERS, _IMAGE, _PATCH = 64, 4, 128, 2, 64, 16


def write_tiny_projector(path: Path, *, text_embedding: int) -> None:
    """Write an "mmproj" GGUF of type `mlp` (LLaVA 1.5) for a text model with `text_embedding` values per token."""
    tensors = _tensors(text_embedding)
    values = _metadata(text_embedding)
    with path.open("wb") as out:
        out.write(b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(values)))
        out.write(b"".join(_text(key) + value for key, value in values.items()))
        offset = 0
        for name, shape, data in tensors:
            # GGUF names the fastest dimension first.
            sizes = struct.pack(f"<{len(shape)}Q", *reversed(shape))
            out.write(_text(name) + struct.pack("<I", len(shape)) + sizes + struct.pack("<IQ", _TENSOR_F32, offset))
            offset += _padded(len(data) * data.itemsize)
        out.write(bytes(_padded(out.tell()) - out.tell()))
        for _, _, data in tensors:
            raw = data.tobytes()
            out.write(raw + bytes(_padded(len(raw)) - len(raw)))


Tensor = tuple[str, tuple[int, ...], "array[float]"]


def _metadata(text_embedding: int) -> dict[str, bytes]:
    sizes = {
        "embedding_length": _EMBEDDING,
        "feed_forward_length": _FEED_FORWARD,
        "block_count": _LAYERS,
        "projection_dim": text_embedding,
        "attention.head_count": _HEADS,
        "image_size": _IMAGE,
        "patch_size": _PATCH,
    }
    half = struct.pack("<IIQ3f", _ARRAY, _FLOAT32, 3, 0.5, 0.5, 0.5)
    return {
        "general.architecture": _string("clip"),
        "general.name": _string("tiny-random-mmproj"),
        "general.file_type": struct.pack("<II", _UINT32, 0),
        "clip.has_vision_encoder": struct.pack("<I?", _BOOL, True),
        "clip.projector_type": _string("mlp"),
        "clip.use_gelu": struct.pack("<I?", _BOOL, True),
        **{f"clip.vision.{key}": struct.pack("<II", _UINT32, value) for key, value in sizes.items()},
        "clip.vision.attention.layer_norm_epsilon": struct.pack("<If", _FLOAT32, 1e-5),
        "clip.vision.image_mean": half,
        "clip.vision.image_std": half,
    }


def _tensors(text_embedding: int) -> list[Tensor]:
    dice = random.Random(0)

    def noise(name: str, *shape: int) -> Tensor:
        return name, shape, array("f", (dice.gauss(0, 0.02) for _ in range(_product(shape))))

    def norm(name: str) -> list[Tensor]:
        ones, zeros = array("f", [1.0] * _EMBEDDING), array("f", [0.0] * _EMBEDDING)
        return [(f"{name}.weight", (_EMBEDDING,), ones), (f"{name}.bias", (_EMBEDDING,), zeros)]

    def linear(name: str, outputs: int, inputs: int) -> list[Tensor]:
        return [noise(f"{name}.weight", outputs, inputs), (f"{name}.bias", (outputs,), array("f", [0.0] * outputs))]

    tensors = [
        noise("v.class_embd", _EMBEDDING),
        noise("v.patch_embd.weight", _EMBEDDING, 3, _PATCH, _PATCH),
        noise("v.position_embd.weight", (_IMAGE // _PATCH) ** 2 + 1, _EMBEDDING),
        *norm("v.pre_ln"),
        *norm("v.post_ln"),
    ]
    for layer in range(_LAYERS):
        block = f"v.blk.{layer}"
        for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
            tensors += linear(f"{block}.{part}", _EMBEDDING, _EMBEDDING)
        tensors += norm(f"{block}.ln1") + norm(f"{block}.ln2")
        tensors += linear(f"{block}.ffn_up", _FEED_FORWARD, _EMBEDDING)
        tensors += linear(f"{block}.ffn_down", _EMBEDDING, _FEED_FORWARD)
    return tensors + linear("mm.0", text_embedding, _EMBEDDING) + linear("mm.2", text_embedding, text_embedding)


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def _string(value: str) -> bytes:
    return struct.pack("<I", _STRING) + _text(value)


def _padded(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT


def _product(shape: tuple[int, ...]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total
