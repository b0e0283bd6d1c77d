"""The closed vocabularies of a shot document, and the words Google's prompt guide uses for them."""

from typing import Literal, get_args

SCHEMA_VERSION: Literal["veo-shot/1.0.0"] = "veo-shot/1.0.0"

ShotSize = Literal[
    "extreme_wide",
    "establishing",
    "wide",
    "full",
    "medium_wide",
    "medium",
    "medium_close_up",
    "close_up",
    "extreme_close_up",
    "two_shot",
    "over_the_shoulder",
    "point_of_view",
    "insert",
]
CameraAngle = Literal["eye_level", "low_angle", "high_angle", "birds_eye", "top_down", "worms_eye", "dutch"]
CameraMovement = Literal[
    "static",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "dolly_in",
    "dolly_out",
    "truck_left",
    "truck_right",
    "pedestal_up",
    "pedestal_down",
    "zoom_in",
    "zoom_out",
    "crane",
    "aerial",
    "drone",
    "handheld",
    "shaky_cam",
    "whip_pan",
    "arc",
    "tracking",
]
CameraSpeed = Literal["very_slow", "slow", "moderate", "fast"]
Lens = Literal["normal", "wide_angle", "telephoto", "macro", "fisheye", "anamorphic"]
Focus = Literal["shallow_depth_of_field", "deep_depth_of_field", "rack_focus", "soft_focus"]
OpticalEffect = Literal["none", "bokeh", "lens_flare", "dolly_zoom", "split_diopter"]
AgeClass = Literal["adult", "minor", "unspecified", "non_human"]
Pace = Literal["real_time", "slow_motion", "fast_paced", "time_lapse", "hyperlapse"]
IntExt = Literal["INT", "EXT", "INT/EXT"]
TimeOfDay = Literal[
    "pre_dawn",
    "dawn",
    "morning",
    "midday",
    "afternoon",
    "golden_hour",
    "dusk",
    "twilight",
    "night",
    "deep_night",
    "unspecified",
]
Weather = Literal["clear", "overcast", "light_rain", "heavy_rain", "thunderstorm", "snow", "fog", "wind", "none"]
LightingPreset = Literal[
    "natural_daylight",
    "overcast_daylight",
    "moonlight",
    "golden_hour",
    "blue_hour",
    "candlelight",
    "firelight",
    "fluorescent",
    "neon",
    "rembrandt",
    "film_noir",
    "high_key",
    "low_key",
    "volumetric",
    "backlit_silhouette",
    "side_lit",
    "rim_lit",
    "practical",
]
FilmGrain = Literal["none", "subtle", "moderate", "heavy"]
DialogueMode = Literal["on_screen", "off_screen", "voice_over"]
ContinuityLock = Literal["subject", "wardrobe", "environment", "lighting", "style", "voice"]
Mode = Literal["text_to_video", "image_to_video", "first_last_frame", "reference_to_video", "extend"]
PromptFormat = Literal["text", "json"]
AspectRatio = Literal["16:9", "9:16"]
Resolution = Literal["360p", "720p", "1080p", "4k"]
PersonGeneration = Literal["allow_adult", "dont_allow", "allow_all", "omit"]
ResizeMode = Literal["pad", "crop"]
CompressionQuality = Literal["optimized", "lossless"]
AssetRole = Literal["character", "location", "prop", "style", "frame", "video"]
AssetMime = Literal["image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "video/mp4"]
IngredientType = Literal["Character", "Location", "Object", "Style"]
Target = Literal[
    "vertex.veo-3.1",
    "vertex.veo-3.1-fast",
    "vertex.veo-3.1-lite",
    "gemini.omni-1.1-flash",
    "vertex.omni-1.1-flash",
    "flow.veo-3.1-lite",
    "flow.veo-3.1-fast",
    "flow.veo-3.1-quality",
    "flow.omni-flash",
    "gemini.veo-3.1-preview(retired)",
]

SHOT_SIZES: tuple[ShotSize, ...] = get_args(ShotSize)
CAMERA_ANGLES: tuple[CameraAngle, ...] = get_args(CameraAngle)
CAMERA_MOVEMENTS: tuple[CameraMovement, ...] = get_args(CameraMovement)
TIMES_OF_DAY: tuple[TimeOfDay, ...] = get_args(TimeOfDay)
TARGETS: tuple[Target, ...] = get_args(Target)
MAX_IMAGE_BYTES = 20 * 1024 * 1024

# Only where the guide's wording is not the value with spaces for underscores.
_GUIDE_WORDS: dict[str, str] = {
    "extreme_wide": "extreme wide shot",
    "establishing": "establishing shot",
    "wide": "wide shot",
    "full": "full shot",
    "medium_wide": "medium wide shot",
    "medium": "medium shot",
    "medium_close_up": "medium close-up",
    "close_up": "close-up",
    "extreme_close_up": "extreme close-up",
    "two_shot": "two-shot",
    "over_the_shoulder": "over-the-shoulder shot",
    "point_of_view": "POV shot",
    "insert": "insert shot",
    "eye_level": "eye-level",
    "low_angle": "low-angle",
    "high_angle": "high-angle",
    "birds_eye": "bird's-eye view",
    "top_down": "top-down view",
    "worms_eye": "worm's-eye view",
    "dutch": "Dutch angle",
    "static": "static camera",
    "crane": "crane shot",
    "aerial": "aerial shot",
    "drone": "drone shot",
    "handheld": "handheld camera",
    "shaky_cam": "shaky camera",
    "arc": "arc shot",
    "tracking": "tracking shot",
    "wide_angle": "wide-angle lens",
    "telephoto": "telephoto lens",
    "macro": "macro lens",
    "fisheye": "fisheye lens",
    "anamorphic": "anamorphic lens",
    "slow_motion": "slow motion",
    "fast_paced": "fast-paced",
    "time_lapse": "time-lapse",
}


def guide_words(value: str) -> str:
    """The words of Google's prompt guide for a vocabulary value: `dolly_in` → `dolly in`, `wide` → `wide shot`."""
    return _GUIDE_WORDS.get(value, value.replace("_", " "))
