"""Briefs of one small film, as the shots of a project would give them."""

from backend.veo import DialogueBrief, IngredientBrief, ShotBrief

MARA = IngredientBrief(
    slot=1,
    id="6f0b1c1e-6b1e-4d0e-9a67-0a4b5f0c0001",
    name="Mara",
    type="Character",
    description="A woman in her late fifties with a weathered face.",
    attributes={"hair": "cropped silver", "wardrobe": "a navy wool sweater with a frayed collar", "voice": "low, dry"},
    mime_type="image/png",
    width=1280,
    height=720,
    size_bytes=1_800_000,
)
KITCHEN = IngredientBrief(
    slot=2,
    id="6f0b1c1e-6b1e-4d0e-9a67-0a4b5f0c0002",
    name="Lighthouse Kitchen",
    type="Location",
    description="A cramped kitchen with whitewashed stone walls.",
    attributes={"lighting": "a single warm pendant lamp", "mood": "tense, quiet", "palette": "amber, slate blue"},
    mime_type="image/jpeg",
)
FILM = IngredientBrief(
    slot=3, id="6f0b1c1e-6b1e-4d0e-9a67-0a4b5f0c0003", name="35mm", type="Style",
    description="Cinematic, shot on 35mm film with subtle grain.", mime_type="image/jpeg",
)  # fmt: skip
KAI = IngredientBrief(slot=1, id="kai", name="Kai", type="Character", attributes={"hair": "blue", "mood": "dark"})
KEY = IngredientBrief(
    slot=1, id="key", name="Brass Key", type="Object", description="Worn, with a tag", mime_type="image/png"
)

KITCHEN_AT_NIGHT = ShotBrief(
    shot_id="sc012-sh03",
    scene_heading="INT. LIGHTHOUSE KITCHEN - NIGHT",
    scene_number="12",
    int_ext="INT",
    location="LIGHTHOUSE KITCHEN",
    time_of_day="NIGHT",
    script_lines=(418, 431),
    description="CLOSE ON Mara's hands. She sets the kettle down and slowly wraps both hands around a chipped cup.",
    duration_seconds=5.2,
    dialogue=[
        DialogueBrief(character="MARA", line="He said he'd be back before the light.", delivery="(quietly, to herself)")
    ],
    ingredients=[MARA, KITCHEN, FILM],
    resolution="4K",
    previous_shot_id="sc012-sh02",
)
ROCKS_AT_DAWN = ShotBrief(
    shot_id="sc001-sh01",
    scene_heading="EXT. ROCKS - DAWN",
    scene_number="1",
    int_ext="EXT",
    location="ROCKS",
    time_of_day="DAWN",
    script_lines=(3, 3),
    description="The old lighthouse stands above the rocks in fog. Aerial shot.",
    duration_seconds=3,
    aspect_ratio="9:16",
    resolution="1080p",
)
SERVER_ROOM = ShotBrief(
    shot_id="sc003-sh04",
    scene_heading="INT. SERVER ROOM - CONTINUOUS",
    int_ext="INT",
    location="SERVER ROOM",
    time_of_day="CONTINUOUS",
    description="KAI (20s, soaked) runs past two armed guards. We follow. Red neon flickers over the racks.",
    size="medium_wide",
    dialogue=[DialogueBrief(character="GUARD", line="Stop!", mode="off_screen")],
)
KEY_IN_LOCK = ShotBrief(
    shot_id="sc004-sh01",
    scene_heading="INT. HALLWAY - DAY",
    int_ext="INT",
    location="HALLWAY",
    time_of_day="DAY",
    script_lines=(60, 62),
    description="INSERT - The key turns in the lock. SFX: a dry click.",
    duration_seconds=2,
    ingredients=[KEY],
)
EMPTY_HALLWAY = ShotBrief(
    shot_id="sc004-sh02",
    scene_heading="INT. HALLWAY - DAY",
    int_ext="INT",
    location="HALLWAY",
    time_of_day="DAY",
    description="Silence. Nothing.",
)
BLUE_KAI = SERVER_ROOM.model_copy(update={"shot_id": "sc003-sh05", "ingredients": [KAI]})

GOLDEN: dict[str, ShotBrief] = {
    "kitchen-at-night": KITCHEN_AT_NIGHT,
    "rocks-at-dawn": ROCKS_AT_DAWN,
    "server-room": SERVER_ROOM,
    "key-in-lock": KEY_IN_LOCK,
    "empty-hallway": EMPTY_HALLWAY,
    "blue-kai": BLUE_KAI,
}
