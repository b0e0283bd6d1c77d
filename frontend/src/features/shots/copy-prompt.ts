/** Copies a shot's document as the words to paste into Flow, and says what the rules find in it. */
import { toast } from "sonner";
import { getShotPrompt } from "@/client/sdk.gen";
import type { ShotRead } from "@/client/types.gen";
import { copyText } from "@/lib/clipboard";
import { toastProblem } from "@/lib/toast";

export async function copyPrompt(shot: ShotRead): Promise<void> {
  if (!shot.veo_json_payload) {
    toast(`Shot ${shot.number} has no document yet`, { id: "copy", description: "Generate it first: F." });
    return;
  }
  try {
    const { data } = await getShotPrompt({ path: { shot_id: shot.id }, throwOnError: true });
    if (!(await copyText(data.prompt))) {
      toast.error("Could not copy", { id: "copy", description: "The browser refuses the clipboard here." });
      return;
    }
    const serious = data.findings.filter((finding) => finding.level !== "info");
    toast(`Copied the prompt of ${shot.number} ✓`, {
      id: "copy",
      description: serious.map((finding) => finding.message).join(" ") || undefined,
      duration: serious.length > 0 ? 8_000 : 1_500,
    });
  } catch (error) {
    toastProblem(error, `Could not copy the prompt of ${shot.number}`);
  }
}
