"""Random screenplays as a writer types them, for property tests."""

from hypothesis import strategies as st

NAMES = ("MARA", "TOM", "DR. LEE", "OLD MAN", "ÉVA", "TOM & MARA")
WORDS = [
    "the",
    "lamp",
    "door",
    "walks",
    "slowly",
    "hand",
    "sea",
    "runs",
    "Mara",
    "Tom",
    "looks",
    "waits",
    "of",
    "by",
    "a",
    "light",
    "window",
    "he",
    "she",
    "rain",
]
ENDS = (".", "!", "?", "...", ".", ".")
OPENINGS = (
    "", "", "", "", "CLOSE ON ", "ANGLE ON ", "WIDE SHOT. ", "We PUSH IN on ", "INSERT - ", "PAN to ", "MARA'S POV: ",
    "TRACKING with ",
)  # fmt: skip


@st.composite
def sentences(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16))
    text = " ".join(words)
    if draw(st.booleans()):
        text = f"Mr. Hale says “{text}. Yes.” and {words[0]}"
    return text[0].upper() + text[1:] + draw(st.sampled_from(ENDS))


paragraphs = st.lists(sentences(), min_size=1, max_size=5).map(" ".join)


@st.composite
def actions(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(OPENINGS)) + draw(paragraphs)


@st.composite
def speeches(draw: st.DrawFn) -> str:
    cue = draw(st.sampled_from(NAMES)) + draw(st.sampled_from(["", "", "", " (V.O.)", " (O.S.)", " (CONT'D)", " ^"]))
    lines = [cue]
    for paragraph in draw(st.lists(paragraphs, min_size=1, max_size=3)):
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["(beat)", "(quietly)", "(to Tom)"])))
        lines.append(paragraph)
    return "\n".join(lines)


montages = st.lists(paragraphs, min_size=1, max_size=4).map(
    lambda items: "MONTAGE - WORK\n\n" + "\n".join(f"- {item}" for item in items) + "\n\nEND MONTAGE"
)
marks = st.sampled_from(
    [
        'SUPER: "1944"',
        "CUT TO:",
        "> Burn out.",
        "INTERCUT - TWO ROOMS",
        "> FIN <",
        "BACK TO SCENE",
        "~La la la",
        "[[x]]",
    ]
)
blocks = st.one_of(actions(), speeches(), speeches(), marks, montages)
headings = st.sampled_from(
    ["INT. HOUSE - DAY", "EXT. SEA - NIGHT", "INT./EXT. CAR - DUSK", ".THE LOOP", ".MONTAGE - SPRING", "INT. HALL #4A#"]
)


@st.composite
def scenes(draw: st.DrawFn) -> str:
    return "\n\n".join([draw(headings), *draw(st.lists(blocks, max_size=10))])


scripts = st.lists(scenes(), min_size=1, max_size=4).map("\n\n".join)
