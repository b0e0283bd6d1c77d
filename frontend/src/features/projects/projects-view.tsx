/** The projects of this server: the list, or the door to the first one. */
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Clapperboard, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { createSampleProjectMutation, listProjectsOptions } from "@/client/@tanstack/react-query.gen";
import { EmptyState } from "@/components/empty-state";
import { ScreenBoundary } from "@/components/screen-boundary";
import { ScreenHeader } from "@/components/screen-header";
import { Button } from "@/components/ui/button";
import { useCommands } from "@/lib/commands";
import { tagged } from "@/lib/query";
import { useShortcut } from "@/lib/shortcuts";
import { toastProblem } from "@/lib/toast";
import { CreateProjectDialog } from "./create-project-dialog";
import { ProjectList } from "./project-list";
import { ProjectListSkeleton } from "./project-list-skeleton";
import { PROJECT_LIST_QUERY } from "./project-query";

interface ProjectsViewProps {
  projectPath: (projectId: string) => string;
  onOpen: (projectId: string) => void;
}

export function ProjectsView({ projectPath, onOpen }: ProjectsViewProps) {
  const [isCreating, setIsCreating] = useState(false);
  const queryClient = useQueryClient();
  const sample = useMutation({
    ...createSampleProjectMutation(),
    onSuccess: ({ project }) => {
      void queryClient.invalidateQueries(tagged("projects"));
      onOpen(project.id);
    },
    onError: (error) => toastProblem(error, "Could not open the sample.", () => sample.mutate({})),
  });
  const openSample = () => sample.mutate({});
  const create = () => setIsCreating(true);

  useShortcut({ keys: "n", label: "New project", group: "Projects" }, create);
  useCommands(
    useMemo(
      () => [
        { group: "Projects", label: "New project", icon: Plus, keys: "n", run: () => setIsCreating(true) },
      ],
      [],
    ),
  );

  return (
    <>
      <ScreenBoundary
        what="Could not show the projects."
        skeleton={
          <>
            <ScreenHeader title="Projects" />
            <ProjectListSkeleton />
          </>
        }
      >
        <Projects
          projectPath={projectPath}
          onCreate={create}
          onSample={openSample}
          isSampleOpening={sample.isPending}
        />
      </ScreenBoundary>
      <CreateProjectDialog
        isOpen={isCreating}
        onOpenChange={setIsCreating}
        onCreated={(project) => onOpen(project.id)}
      />
    </>
  );
}

interface ProjectsProps {
  projectPath: (projectId: string) => string;
  onCreate: () => void;
  onSample: () => void;
  isSampleOpening: boolean;
}

function Projects({ projectPath, onCreate, onSample, isSampleOpening }: ProjectsProps) {
  const { data: page } = useSuspenseQuery(listProjectsOptions(PROJECT_LIST_QUERY));
  const sampleButton = (
    <Button variant="outline" onClick={onSample} disabled={isSampleOpening}>
      {isSampleOpening ? "Opening…" : "Open the sample"}
    </Button>
  );
  if (page.total === 0) {
    return (
      <EmptyState
        icon={Clapperboard}
        title="Your first project"
        text="A project turns one screenplay into shots for Flow; make one, or look around in a finished one."
      >
        <Button onClick={onCreate}>
          <Plus /> New project
        </Button>
        {sampleButton}
      </EmptyState>
    );
  }
  return (
    <>
      <ScreenHeader title="Projects">
        <span className="max-md:hidden">{sampleButton}</span>
        <Button onClick={onCreate}>
          <Plus /> New project
        </Button>
      </ScreenHeader>
      <ProjectList projectPath={projectPath} />
    </>
  );
}
