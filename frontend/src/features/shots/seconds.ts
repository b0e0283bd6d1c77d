/** The two lengths of a shot: what the edit wants and what Veo makes. */
import type { ShotRead } from "@/client/types.gen";
import { formatSeconds } from "@/lib/estimate";

/** Seconds the document asks Veo for; null without a document. */
export function makeSeconds(shot: ShotRead): number | null {
  const request = shot.veo_json_payload?.request;
  if (typeof request !== "object" || request === null || !("duration_seconds" in request)) return null;
  return typeof request.duration_seconds === "number" ? request.duration_seconds : null;
}

/** `4/8`: used of made; one number when they are equal or only one is known. */
export function secondsWords(shot: ShotRead): string {
  const make = makeSeconds(shot);
  if (shot.duration === null) return make === null ? "–" : formatSeconds(make);
  const use = formatSeconds(shot.duration);
  return make === null || make === shot.duration ? use : `${use}/${formatSeconds(make)}`;
}

const MAX_SECONDS = 600;

/** What a person typed as seconds; undefined when it is none, null when it is empty. */
export function parseSeconds(text: string): number | null | undefined {
  const trimmed = text.trim().replace(",", ".").replace(/\s*s$/, "");
  if (trimmed === "") return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value > 0 && value <= MAX_SECONDS
    ? Math.round(value * 100) / 100
    : undefined;
}
