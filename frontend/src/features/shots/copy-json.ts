/** Copies a shot's document, or says why there is none. */
import { toast } from "sonner";
import type { ShotRead } from "@/client/types.gen";
import { copyText } from "@/lib/clipboard";

export const prettyJson = (value: unknown) => JSON.stringify(value, null, 2);

export async function copyJson(shot: ShotRead): Promise<void> {
  if (!shot.veo_json_payload) {
    toast(`Shot ${shot.number} has no document yet`, { id: "copy", description: "Generate it first: F." });
  } else if (await copyText(prettyJson(shot.veo_json_payload))) {
    toast(`Copied the JSON of ${shot.number} ✓`, { id: "copy", duration: 1_500 });
  } else {
    toast.error("Could not copy", { id: "copy", description: "The browser refuses the clipboard here." });
  }
}
