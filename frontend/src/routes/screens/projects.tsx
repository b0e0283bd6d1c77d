/** The list of projects. */
import { useNavigate } from "react-router";
import { ProjectsView } from "@/features/projects/projects-view";
import { paths } from "../paths";

export function Component() {
  const navigate = useNavigate();
  return <ProjectsView projectPath={paths.project} onOpen={(id) => navigate(paths.project(id))} />;
}
