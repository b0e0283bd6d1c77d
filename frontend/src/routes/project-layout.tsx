/** The frame of a project: its name, sections, counts, and what every screen of it shares. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";
import { useMemo } from "react";
import { Link, Outlet, useLocation, useNavigate, useParams } from "react-router";
import { getProjectOptions } from "@/client/@tanstack/react-query.gen";
import { ScreenBoundary } from "@/components/screen-boundary";
import { AppFrame } from "@/components/shell/app-frame";
import { BottomTabs } from "@/components/shell/bottom-tabs";
import type { NavItem } from "@/components/shell/nav-item";
import { SaveIndicator } from "@/components/shell/save-indicator";
import { SearchButton } from "@/components/shell/search-button";
import { SideNav } from "@/components/shell/side-nav";
import { ThemeMenu } from "@/components/shell/theme-menu";
import { Button } from "@/components/ui/button";
import { JobsButton } from "@/features/jobs/jobs-button";
import { ProjectCounts } from "@/features/projects/project-counts";
import { ProjectSwitcher } from "@/features/projects/project-switcher";
import { UserMenu } from "@/features/users/user-menu";
import { useCommands } from "@/lib/commands";
import { paths } from "./paths";
import { SectionShortcut } from "./section-shortcut";
import { SECTIONS } from "./sections";
import { StatusLine } from "./status-line";

export function Component() {
  const { projectId = "" } = useParams();
  return (
    <ScreenBoundary
      what="Could not open this project."
      skeleton={null}
      resetKeys={[projectId]}
      actions={
        <Button asChild variant="outline">
          <Link to={paths.projects}>All projects</Link>
        </Button>
      }
    >
      <ProjectFrame projectId={projectId} />
    </ScreenBoundary>
  );
}

function ProjectFrame({ projectId }: { projectId: string }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { data: project } = useSuspenseQuery(getProjectOptions({ path: { project_id: projectId } }));

  const items: NavItem[] = SECTIONS.map(({ segment, label, icon, keys, count }) => ({
    to: paths.section(projectId, segment),
    label,
    icon,
    keys,
    count: count?.(project),
  }));

  useCommands(
    useMemo(
      () => [
        ...SECTIONS.map(({ segment, label, icon, keys }) => ({
          group: "Go to",
          label,
          icon,
          keys,
          run: () => void navigate(paths.section(projectId, segment)),
        })),
        {
          group: "Go to",
          label: "Projects",
          icon: FolderOpen,
          keys: "g>p",
          run: () => void navigate(paths.projects),
        },
      ],
      [navigate, projectId],
    ),
  );

  return (
    <AppFrame
      topBar={
        <>
          <ProjectSwitcher project={project} allProjectsPath={paths.projects} projectPath={paths.project} />
          <span className="flex-1" />
          <SaveIndicator className="px-1 text-muted-foreground md:hidden" />
          <SearchButton />
          <JobsButton projectId={projectId} />
          <ThemeMenu className="max-md:hidden" />
          <UserMenu />
        </>
      }
      nav={
        <SideNav
          items={items}
          footItems={[{ to: paths.projects, label: "All projects", icon: FolderOpen, keys: "g>p" }]}
        />
      }
      statusBar={<StatusLine counts={<ProjectCounts project={project} />} />}
      bottomTabs={<BottomTabs items={items.slice(0, 5)} />}
    >
      {SECTIONS.map(({ segment, label, keys }) => (
        <SectionShortcut key={segment} keys={keys} label={label} to={paths.section(projectId, segment)} />
      ))}
      <SectionShortcut keys="g>p" label="Projects" to={paths.projects} />
      <ScreenBoundary what="Could not show this screen." skeleton={null} resetKeys={[pathname]}>
        <Outlet />
      </ScreenBoundary>
    </AppFrame>
  );
}
