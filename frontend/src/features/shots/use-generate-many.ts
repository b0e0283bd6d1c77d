/** Asks for the documents of many shots, a few requests at a time. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { toast } from "sonner";
import { generateFlow } from "@/client/sdk.gen";
import type { ShotRead } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";
import { stateOf } from "./shot-state";

const AT_A_TIME = 4;

/** Has no current document, and nobody wrote one by hand. */
export function needsDocument(shot: ShotRead): boolean {
  const state = stateOf(shot);
  return shot.payload_source !== "human" && (state === "draft" || state === "stale" || state === "failed");
}

export function useGenerateMany(projectId: string) {
  const queryClient = useQueryClient();
  return useCallback(
    async (shots: ShotRead[]) => {
      const waiting = [...shots];
      let asked = 0;
      const work = async () => {
        for (let shot = waiting.shift(); shot; shot = waiting.shift()) {
          await generateFlow({ path: { shot_id: shot.id }, throwOnError: true });
          asked += 1;
        }
      };
      try {
        await Promise.all(Array.from({ length: AT_A_TIME }, work));
        toast(`${plural(asked, "document")} under way`, {
          description:
            "Each appears when it is made. The list of runs in the top bar shows how far they are.",
        });
      } catch (error) {
        waiting.length = 0;
        toastProblem(error, `Asked for ${asked} of ${plural(shots.length, "document")}.`);
      }
      await queryClient.invalidateQueries(tagged(["shots", "jobs"], projectId));
    },
    [queryClient, projectId],
  );
}
