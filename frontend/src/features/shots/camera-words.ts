/** The camera's vocabulary as film crews say it. */
import type { ShotRead } from "@/client/types.gen";

type Size = NonNullable<ShotRead["size"]>;
type Angle = NonNullable<ShotRead["angle"]>;
type Movement = NonNullable<ShotRead["movement"]>;

export const SIZES: Record<Size, string> = {
  extreme_wide: "Extreme wide",
  establishing: "Establishing",
  wide: "Wide",
  full: "Full",
  medium_wide: "Medium wide",
  medium: "Medium",
  medium_close_up: "Medium close-up",
  close_up: "Close-up",
  extreme_close_up: "Extreme close-up",
  two_shot: "Two shot",
  over_the_shoulder: "Over the shoulder",
  point_of_view: "Point of view",
  insert: "Insert",
};

export const ANGLES: Record<Angle, string> = {
  eye_level: "Eye level",
  low_angle: "Low angle",
  high_angle: "High angle",
  birds_eye: "Bird's eye",
  top_down: "Top down",
  worms_eye: "Worm's eye",
  dutch: "Dutch",
};

export const MOVEMENTS: Record<Movement, string> = {
  static: "Static",
  pan_left: "Pan left",
  pan_right: "Pan right",
  tilt_up: "Tilt up",
  tilt_down: "Tilt down",
  dolly_in: "Dolly in",
  dolly_out: "Dolly out",
  truck_left: "Truck left",
  truck_right: "Truck right",
  pedestal_up: "Pedestal up",
  pedestal_down: "Pedestal down",
  zoom_in: "Zoom in",
  zoom_out: "Zoom out",
  crane: "Crane",
  aerial: "Aerial",
  drone: "Drone",
  handheld: "Handheld",
  shaky_cam: "Shaky cam",
  whip_pan: "Whip pan",
  arc: "Arc",
  tracking: "Tracking",
};

/** The abbreviations of a shot list, where space is short. */
const SHORT_SIZES: Partial<Record<Size, string>> = {
  extreme_wide: "EWS",
  medium_wide: "MWS",
  medium_close_up: "MCU",
  close_up: "CU",
  extreme_close_up: "ECU",
  over_the_shoulder: "OTS",
  point_of_view: "POV",
};

/** `CU · static`, or an empty text. */
export function cameraWords({ size, movement }: Pick<ShotRead, "size" | "movement">): string {
  const first = size ? (SHORT_SIZES[size] ?? SIZES[size]) : null;
  const second = movement ? MOVEMENTS[movement].toLowerCase() : null;
  return [first, second].filter(Boolean).join(" · ");
}
