"""What is refused of a model's breakdown."""

from backend.scripts.breakdown import BreakdownReply, refusals

TEXT = "INT. ENGINE ROOM - NIGHT\n\n[0] Ines turns a brass wheel. Steam hisses from the pipes.\n\n[1] She steps back."


def reply(*shots: tuple[str, int, int]) -> BreakdownReply:
    return BreakdownReply.model_validate(
        {
            "shots": [
                {
                    "description": description,
                    "estimated_duration": 4,
                    "size": "wide",
                    "movement": "static",
                    "first_paragraph": first,
                    "last_paragraph": last,
                }
                for description, first, last in shots
            ]
        }
    )


def test_a_paraphrase_in_the_scripts_words_is_taken() -> None:
    good = reply(("Wide on Ines turning the heavy brass wheel as steam hisses.", 0, 0), ("She steps away.", 1, 1))
    assert refusals(good, TEXT, 0, 1) == []


def test_what_is_not_about_the_scene_is_refused() -> None:
    parrot = reply(("The scene's paragraphs are numbered and so on.", 0, 1))
    assert refusals(parrot, TEXT, 0, 1) == [
        "Shot 1: the description is not about this scene. Use the script's own words."
    ]


def test_repeated_shots_and_too_many_are_refused() -> None:
    same = reply(*[("Ines turns a brass wheel.", 0, 0)] * 7)
    problems = refusals(same, TEXT, 0, 1)
    assert problems[0] == "7 shots are too many for this text; give at most 6."
    assert "Shot 2 repeats the description of shot 1." in problems


def test_paragraphs_outside_the_text_are_refused() -> None:
    assert "are not in this text" in refusals(reply(("Ines turns a brass wheel.", 5, 6)), TEXT, 0, 1)[0]
