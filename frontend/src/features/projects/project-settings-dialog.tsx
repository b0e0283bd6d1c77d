/** Changes the name and the format of a project. */
import { useState } from "react";
import type { ProjectRead, ProjectUpdate } from "@/client/types.gen";
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
import { FormatFields, toAspectRatio, toResolution } from "./format-fields";

interface ProjectSettingsDialogProps {
  project: ProjectRead | undefined;
  onClose: () => void;
  onSave: (project: ProjectRead, change: ProjectUpdate) => void;
}

export function ProjectSettingsDialog({ project, onClose, onSave }: ProjectSettingsDialogProps) {
  return (
    <Dialog open={project !== undefined} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Project settings</DialogTitle>
          <DialogDescription>Shots take a new format when their document is made again.</DialogDescription>
        </DialogHeader>
        {project && (
          <SettingsForm
            project={project}
            onCancel={onClose}
            onSave={(change) => {
              onSave(project, change);
              onClose();
            }}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

interface SettingsFormProps {
  project: ProjectRead;
  onCancel: () => void;
  onSave: (change: ProjectUpdate) => void;
}

function SettingsForm({ project, onCancel, onSave }: SettingsFormProps) {
  const [name, setName] = useState(project.name);
  const [aspectRatio, setAspectRatio] = useState(toAspectRatio(project.aspect_ratio));
  const [resolution, setResolution] = useState(toResolution(project.resolution));
  const hasName = name.trim() !== "";
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (hasName) onSave({ name: name.trim(), aspect_ratio: aspectRatio, resolution });
      }}
    >
      <Field label="Name" error={hasName ? undefined : "Give it a name."}>
        <Input maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <FormatFields
        aspectRatio={aspectRatio}
        resolution={resolution}
        onAspectRatio={setAspectRatio}
        onResolution={setResolution}
      />
      <DialogFooter>
        <Button type="submit">Save</Button>
        <Button variant="outline" onClick={onCancel}>
          Cancel
        </Button>
      </DialogFooter>
    </form>
  );
}
