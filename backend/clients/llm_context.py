"""How many tokens a request needs: the context to ask for, the room for the reply, and whether the prompt was cut.

Ollama cuts a prompt that is too long in the middle and answers as if nothing had happened, and it
reloads the model whenever `num_ctx` changes. So the context is computed, always sent, and comes in steps.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST_CONTEXT = 2048
# A picture becomes at most this many tokens (LLaVA 1.6: 2,880 for its five tiles).
IMAGE_TOKENS = 3072
# Role markers of the chat template.
MESSAGE_TOKENS = 8
TEMPLATE_TOKENS = 32
# A cut prompt keeps half of the context, and nobody serves less than 512 tokens.
SMALLEST_CUT = 200
# With less room than this a reply is not worth asking for.
SMALLEST_REPLY = 256

_REPEATED = re.compile(r"(\W)\1+")


@dataclass(frozen=True)
class ContextPlan:
    """`num_ctx` and `num_predict` to send."""

    num_ctx: int
    num_predict: int


def prompt_tokens_at_most(texts: Iterable[str], *, image_count: int = 0) -> int:
    """A generous estimate: three ASCII characters a token, one and a half tokens for any other character."""
    total = TEMPLATE_TOKENS + image_count * IMAGE_TOKENS
    for text in texts:
        ascii_count = sum(1 for character in text if character.isascii())
        total += MESSAGE_TOKENS + math.ceil(ascii_count / 3 + (len(text) - ascii_count) * 1.5)
    return total


def prompt_tokens_at_least(texts: Iterable[str]) -> int:
    """A careful lower bound: 6.5 characters a token, runs of blanks or rules counted once.

    Tokenisers reach about 4.5 on English, and a cut prompt is at most half as long as it was.
    """
    return sum(math.floor(len(_REPEATED.sub(r"\1", text)) / 6.5) for text in texts)


def plan(*, prompt_tokens: int, reply_tokens: int, limit: int, at_least: int = 0) -> ContextPlan | None:
    """The smallest step (2048, 4096, … `limit`) that holds prompt and reply, or None when nothing useful fits.

    `at_least` is the context the model is already loaded with: a smaller one would only cost a reload.
    A reply whose longest form does not fit gets the room that is left, as long as that is a quarter of it.
    """
    room = limit - prompt_tokens
    if room < min(reply_tokens, max(SMALLEST_REPLY, reply_tokens // 4)):
        return None
    num_predict = min(reply_tokens, room)
    num_ctx = SMALLEST_CONTEXT
    while num_ctx < prompt_tokens + num_predict:
        num_ctx *= 2
    return ContextPlan(num_ctx=min(max(num_ctx, at_least), limit), num_predict=num_predict)


def was_cut(texts: Iterable[str], counted: int | None) -> bool:
    """Whether the server read far fewer tokens (`prompt_eval_count`) than the prompt must have.

    None means that it did not say. Counts below what the smallest usual context leaves of a cut prompt
    come from servers that leave out the tokens they had cached.
    """
    return counted is not None and SMALLEST_CUT <= counted < prompt_tokens_at_least(texts)
