"""Reply forms, context plans and reply texts: the pure parts of the language model client."""

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pydantic import BaseModel, Field

from backend.clients.llm_context import plan, prompt_tokens_at_least, prompt_tokens_at_most, was_cut
from backend.clients.llm_replies import ReplyRefused, read_reply
from backend.clients.llm_schema import LARGEST_MAX_LENGTH, grammar, longest_reply_tokens, reply_schema


class Camera(BaseModel):
    move: Literal["static", "dolly in", "pan left"]
    note: str | None = None


class Shot(BaseModel):
    """A shot."""

    title: str = Field(max_length=40, description="What the camera sees.")
    seconds: int = Field(ge=4, le=8)
    take: int = 1
    camera: Camera
    tags: list[str] = []
    essay: str = Field(default="", max_length=50_000)
    code: str = Field(default="", pattern="[A-Z]+")


class Tree(BaseModel):
    branches: list["Tree"] = []


class Mapping(BaseModel):
    by_name: dict[str, str]


def test_a_reply_form_is_closed_complete_and_bounded() -> None:
    schema = reply_schema(Shot)
    properties = schema["properties"]

    assert schema["additionalProperties"] is properties["camera"]["additionalProperties"] is False
    assert schema["required"] == list(Shot.model_fields)
    assert "$ref" not in str(schema)
    assert "$defs" not in schema
    assert properties["title"]["maxLength"] == 40
    assert properties["tags"]["maxItems"] > 0
    assert properties["tags"]["items"]["maxLength"] > 0
    assert properties["take"]["minimum"] < properties["take"]["maximum"]
    assert properties["essay"]["maxLength"] == LARGEST_MAX_LENGTH
    assert "pattern" not in properties["code"]
    Draft202012Validator.check_schema(schema)


def test_a_reply_that_fits_the_model_fits_the_form() -> None:
    shot = Shot(title="Rain", seconds=6, camera=Camera(move="pan left"))

    Draft202012Validator(reply_schema(Shot)).validate(shot.model_dump())
    with pytest.raises(Exception, match="Additional properties"):
        Draft202012Validator(reply_schema(Shot)).validate({**shot.model_dump(), "mood": "calm"})


def test_the_grammar_has_no_words_but_keeps_a_property_called_title() -> None:
    sent = grammar(reply_schema(Shot))

    assert "description" not in sent
    assert sent["properties"]["title"] == {"maxLength": 40, "type": "string"}
    assert reply_schema(Shot)["properties"]["title"]["description"] == "What the camera sees."


@pytest.mark.parametrize("reply", [Tree, Mapping])
def test_what_no_grammar_can_bound_is_a_mistake_of_the_programmer(reply: type[BaseModel]) -> None:
    with pytest.raises(TypeError):
        reply_schema(reply)


def test_a_longer_form_needs_more_tokens() -> None:
    class Short(BaseModel):
        text: str = Field(max_length=50)

    class Long(BaseModel):
        texts: list[str] = Field(max_length=10)

    short, long = (longest_reply_tokens(reply_schema(reply)) for reply in (Short, Long))
    assert 25 <= short <= 60
    assert long >= 10 * 200


@given(
    prompt_tokens=st.integers(0, 20_000),
    reply_tokens=st.integers(1, 20_000),
    limit=st.integers(1024, 65_536),
    at_least=st.sampled_from([0, 2048, 4096, 32_768]),
)
def test_a_plan_holds_prompt_and_reply_within_the_limit(
    prompt_tokens: int, reply_tokens: int, limit: int, at_least: int
) -> None:
    context = plan(prompt_tokens=prompt_tokens, reply_tokens=reply_tokens, limit=limit, at_least=at_least)

    if context is None:
        assert prompt_tokens + reply_tokens > limit
    else:
        assert prompt_tokens + context.num_predict <= context.num_ctx <= limit
        assert 0 < context.num_predict <= reply_tokens


def test_contexts_come_in_steps() -> None:
    sizes = {
        context.num_ctx
        for prompt in range(0, 7900, 50)
        if (context := plan(prompt_tokens=prompt, reply_tokens=200, limit=8192)) is not None
    }

    assert sizes == {2048, 4096, 8192}


@given(st.text(max_size=2000))
def test_the_two_estimates_never_cross(text: str) -> None:
    assert prompt_tokens_at_least([text]) < prompt_tokens_at_most([text])


def test_a_cut_prompt_is_told_from_a_whole_one() -> None:
    scene = "MARA runs through the server room and yanks the cable. " * 60  # about 840 tokens

    assert was_cut([scene], 258)
    assert not was_cut([scene], 840)
    assert not was_cut([scene], None)
    assert not was_cut([scene], 3)  # a server that counts only what it had not cached
    assert not was_cut(["INT. BAR" + " " * 5000], 260)  # blanks are hardly any tokens


@pytest.mark.parametrize(
    "raw",
    [
        '{"move": "static"}',
        '```json\n{"move": "static"}\n```',
        '<think>Let me see.</think>\n{"move": "static"}',
        'Here you are: {"move": "static"} Enjoy!',
    ],
)
def test_a_value_is_found_past_what_models_put_around_it(raw: str) -> None:
    assert read_reply(raw, Camera, None).move == "static"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "Invalid JSON"),
        ('{"move": ', "Invalid JSON"),
        ('{"move": "fly"}', "move: Input should be 'static', 'dolly in' or 'pan left' (given: 'fly')"),
        ("{}", "move: Field required"),
    ],
)
def test_a_refusal_names_the_field_and_what_was_given(raw: str, said: str) -> None:
    with pytest.raises(ReplyRefused) as caught:
        read_reply(raw, Camera, None)

    assert said in str(caught.value)


def test_a_long_list_of_problems_is_cut_to_what_a_model_can_use() -> None:
    def check(value: Camera) -> list[str]:
        return [f"{value.move} {number} " + "x" * 500 for number in range(30)]

    with pytest.raises(ReplyRefused) as caught:
        read_reply('{"move": "static"}', Camera, check)

    lines: list[Any] = str(caught.value).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "and 20 more"
    assert all(len(line) < 260 for line in lines)
