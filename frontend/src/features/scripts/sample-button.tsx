/** Makes the sample project and goes there. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createSampleProjectMutation } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/components/ui/button";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";

export function SampleButton({ onOpened }: { onOpened: (projectId: string) => void }) {
  const queryClient = useQueryClient();
  const sample = useMutation({
    ...createSampleProjectMutation(),
    meta: { isSave: false },
    onSuccess: ({ project }) => {
      void queryClient.invalidateQueries(tagged("projects"));
      onOpened(project.id);
    },
    onError: (error) => toastProblem(error, "Could not open the sample.", () => sample.mutate({})),
  });
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t pt-4 text-muted-foreground">
      <span>No screenplay at hand? The sample is a short one in a project of its own.</span>
      <Button variant="outline" disabled={sample.isPending} onClick={() => sample.mutate({})}>
        {sample.isPending ? "Opening…" : "Open the sample"}
      </Button>
    </p>
  );
}
