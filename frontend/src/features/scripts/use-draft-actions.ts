/** Takes a draft in, applies it, takes it back and discards it; what is refused is a problem to show in place. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  applyDraftMutation,
  createDraftMutation,
  discardDraftMutation,
  revertDraftMutation,
} from "@/client/@tanstack/react-query.gen";
import { toProblem } from "@/lib/problem";
import { tagged } from "@/lib/query";

export function useCreateDraft(projectId: string, onReady: (draftId: string) => void) {
  const queryClient = useQueryClient();
  const create = useMutation({
    ...createDraftMutation(),
    meta: { isSave: false },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries(tagged("scripts", projectId));
      onReady(id);
    },
  });
  return {
    send: (file: File, scriptId: string | undefined) =>
      create.mutate({ path: { project_id: projectId }, body: { file, script_id: scriptId } }),
    reset: create.reset,
    isSending: create.isPending,
    problem: create.error ? toProblem(create.error) : null,
  };
}

const everythingIn = (projectId: string) =>
  tagged(["scripts", "scenes", "shots", "projects", "jobs"], projectId);

export function useApplyDraft(projectId: string) {
  const queryClient = useQueryClient();
  const apply = useMutation({
    ...applyDraftMutation(),
    // Also after a refusal: the comparison on screen may be of a project that has changed.
    onSettled: () => queryClient.invalidateQueries(everythingIn(projectId)),
  });
  return {
    apply: apply.mutate,
    isApplying: apply.isPending,
    problem: apply.error ? toProblem(apply.error) : null,
  };
}

export function useRevertDraft(projectId: string) {
  const queryClient = useQueryClient();
  const revert = useMutation({
    ...revertDraftMutation(),
    onSettled: () => queryClient.invalidateQueries(everythingIn(projectId)),
  });
  return {
    revert: (draftId: string) => revert.mutate({ path: { draft_id: draftId } }),
    isReverting: revert.isPending,
    problem: revert.error ? toProblem(revert.error) : null,
  };
}

export function useDiscardDraft(projectId: string, onDone: () => void) {
  const queryClient = useQueryClient();
  const discard = useMutation({
    ...discardDraftMutation(),
    onSuccess: async () => {
      onDone();
      await queryClient.invalidateQueries(tagged("scripts", projectId));
    },
  });
  return {
    discard: (draftId: string) => discard.mutate({ path: { draft_id: draftId } }),
    isDiscarding: discard.isPending,
    problem: discard.error ? toProblem(discard.error) : null,
  };
}
