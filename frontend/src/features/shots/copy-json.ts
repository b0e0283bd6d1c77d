/** Copies a shot's document, or says why there is none. */
import { toast } from "sonner";
import type { ShotRead } from "@/client/types.gen";

export const prettyJson = (value: unknown) => JSON.stringify(value, null, 2);

/** True when it is on the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers give the clipboard to secure pages only; a plain-HTTP installation has the old way.
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}

export async function copyJson(shot: ShotRead): Promise<void> {
  if (!shot.veo_json_payload) {
    toast(`Shot ${shot.number} has no document yet`, { id: "copy", description: "Generate it first: F." });
  } else if (await copyText(prettyJson(shot.veo_json_payload))) {
    toast(`Copied the JSON of ${shot.number} ✓`, { id: "copy", duration: 1_500 });
  } else {
    toast.error("Could not copy", { id: "copy", description: "The browser refuses the clipboard here." });
  }
}
