"""The few words a breakdown adds to a script's own, in the script's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.screenplay.language import Language


@dataclass(frozen=True)
class Wording:
    """Words for who speaks. A verb is (of one, of several); the second trio goes with the one spoken to.

    `question` and `answer` are the verbs for a line that asks and for the line after it.
    """

    say: tuple[str, str]
    question: tuple[str, str]
    answer: tuple[str, str]
    say_to: tuple[str, str]
    question_to: tuple[str, str]
    answer_to: tuple[str, str]
    listens: tuple[str, str]
    off_screen: str
    together: str
    in_turn: str
    over_shoulder: str
    from_words: str
    and_: str

    def names(self, names: Sequence[str]) -> str:
        """NORA, OTTO and PIA."""
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {self.and_} {names[-1]}"


_WORDINGS: dict[Language, Wording] = {
    "en": Wording(
        say=("speaks", "speak"), question=("asks", "ask"), answer=("answers", "answer"),
        say_to=("speaks to", "speak to"), question_to=("asks", "ask"), answer_to=("answers", "answer"),
        listens=("listens", "listen"), off_screen="off screen",
        together="speak at the same time", in_turn="speak in turn",
        over_shoulder="Over {}'s shoulder, ", from_words="from “{}”", and_="and",
    ),
    "fr": Wording(
        say=("parle", "parlent"), question=("demande", "demandent"), answer=("répond", "répondent"),
        say_to=("parle à", "parlent à"), question_to=("interroge", "interrogent"),
        answer_to=("répond à", "répondent à"),
        listens=("écoute", "écoutent"), off_screen="hors champ",
        together="parlent en même temps", in_turn="parlent tour à tour",
        over_shoulder="Par-dessus l'épaule de {}, ", from_words="à partir de « {} »", and_="et",
    ),
    "pt": Wording(
        say=("fala", "falam"), question=("pergunta", "perguntam"), answer=("responde", "respondem"),
        say_to=("fala com", "falam com"), question_to=("pergunta a", "perguntam a"),
        answer_to=("responde a", "respondem a"),
        listens=("escuta", "escutam"), off_screen="fora de campo",
        together="falam ao mesmo tempo", in_turn="falam um de cada vez",
        over_shoulder="Por cima do ombro de {}, ", from_words="a partir de “{}”", and_="e",
    ),
    "es": Wording(
        say=("habla", "hablan"), question=("pregunta", "preguntan"), answer=("responde", "responden"),
        say_to=("habla con", "hablan con"), question_to=("pregunta a", "preguntan a"),
        answer_to=("responde a", "responden a"),
        listens=("escucha", "escuchan"), off_screen="fuera de campo",
        together="hablan a la vez", in_turn="hablan por turnos",
        over_shoulder="Por encima del hombro de {}, ", from_words="desde «{}»", and_="y",
    ),
    "de": Wording(
        say=("spricht", "sprechen"), question=("fragt", "fragen"), answer=("antwortet", "antworten"),
        say_to=("spricht mit", "sprechen mit"), question_to=("fragt", "fragen"),
        answer_to=("antwortet", "antworten"),
        listens=("hört zu", "hören zu"), off_screen="im Off",
        together="sprechen gleichzeitig", in_turn="sprechen abwechselnd",
        over_shoulder="Über die Schulter von {}: ", from_words="ab „{}“", and_="und",
    ),
    "it": Wording(
        say=("parla", "parlano"), question=("chiede", "chiedono"), answer=("risponde", "rispondono"),
        say_to=("parla con", "parlano con"), question_to=("chiede a", "chiedono a"),
        answer_to=("risponde a", "rispondono a"),
        listens=("ascolta", "ascoltano"), off_screen="fuori campo",
        together="parlano insieme", in_turn="parlano a turno",
        over_shoulder="Da sopra la spalla di {}, ", from_words="da «{}»", and_="e",
    ),
}  # fmt: skip


def wording(language: Language | None) -> Wording:
    """The words of a language; English where it is not known."""
    return _WORDINGS[language or "en"]
