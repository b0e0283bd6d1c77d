/** Makes a project: a name is enough. */

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { createProjectMutation } from "@/client/@tanstack/react-query.gen";
import type { ProjectRead } from "@/client/types.gen";
import { zProjectCreate } from "@/client/zod.gen";
import { Field } from "@/components/field";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { sentences } from "@/lib/format";
import { toProblem } from "@/lib/problem";
import { tagged } from "@/lib/query";
import { FormatFields } from "./format-fields";

interface CreateProjectDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onCreated: (project: ProjectRead) => void;
}

type Values = z.input<typeof zProjectCreate>;

export function CreateProjectDialog({ isOpen, onOpenChange, onCreated }: CreateProjectDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>New project</DialogTitle>
          <DialogDescription>One film, spot or episode. All of this can be changed later.</DialogDescription>
        </DialogHeader>
        <CreateProjectForm onCreated={onCreated} onCancel={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function CreateProjectForm({
  onCreated,
  onCancel,
}: {
  onCreated: (project: ProjectRead) => void;
  onCancel: () => void;
}) {
  const queryClient = useQueryClient();
  const form = useForm<Values, unknown, z.output<typeof zProjectCreate>>({
    resolver: zodResolver(zProjectCreate),
    defaultValues: { name: "", aspect_ratio: "16:9", resolution: "4K" },
  });
  const create = useMutation({
    ...createProjectMutation(),
    onSuccess: (project) => {
      void queryClient.invalidateQueries(tagged("projects"));
      onCreated(project);
    },
  });
  const problem = create.error ? toProblem(create.error) : undefined;
  const nameProblem = problem?.fields.find((field) => field.path === "name")?.message;

  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit((body) => create.mutate({ body: { ...body, name: body.name.trim() } }))}
    >
      <Field label="Name" error={form.formState.errors.name ? "Give it a name." : nameProblem}>
        <Input
          autoFocus
          autoComplete="off"
          maxLength={200}
          placeholder="Lighthouse Radio"
          {...form.register("name")}
        />
      </Field>
      <FormatFields
        aspectRatio={form.watch("aspect_ratio") ?? "16:9"}
        resolution={form.watch("resolution") ?? "4K"}
        onAspectRatio={(value) => form.setValue("aspect_ratio", value)}
        onResolution={(value) => form.setValue("resolution", value)}
      />
      {problem && !nameProblem && (
        <p role="alert" className="text-destructive">
          ✕ {sentences(problem.detail, problem.fix)}
        </p>
      )}
      <DialogFooter>
        <Button type="submit" disabled={create.isPending}>
          {create.isPending ? "Creating…" : "Create project"}
        </Button>
        <Button variant="outline" onClick={onCancel}>
          Cancel
        </Button>
      </DialogFooter>
    </form>
  );
}
