/** Ends the staleness of a shot whose script changed: by keeping it, or by breaking its scene down again. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { acceptShotScriptMutation, breakDownScenesMutation } from "@/client/@tanstack/react-query.gen";
import type { ShotRead } from "@/client/types.gen";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";

export function useScriptChange(shot: ShotRead) {
  const queryClient = useQueryClient();
  const { project_id: projectId } = shot;
  const accept = useMutation({
    ...acceptShotScriptMutation(),
    onError: (error) => toastProblem(error, `Shot ${shot.number} could not be kept as it is.`),
    onSettled: () => queryClient.invalidateQueries(tagged(["shots", "scenes", "scripts"], projectId)),
  });
  const breakDown = useMutation({
    ...breakDownScenesMutation(),
    onSuccess: () =>
      toast("The scene is being broken down again", {
        description: "Shots that the script did not change stay. The run can be taken back as a whole.",
      }),
    onError: (error) => toastProblem(error, "The scene could not be broken down again."),
    onSettled: () => queryClient.invalidateQueries(tagged("jobs", projectId)),
  });
  return {
    accept: () => accept.mutate({ path: { shot_id: shot.id } }),
    breakDown: () =>
      breakDown.mutate({
        path: { project_id: projectId },
        body: { scene_ids: [shot.scene_id], replace_stale: true },
      }),
    isBusy: accept.isPending || breakDown.isPending,
  };
}
