/** A project's own address: leads to the section one works in. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "react-router";
import { getProjectOptions } from "@/client/@tanstack/react-query.gen";
import { paths } from "../paths";
import { homeSection } from "../sections";

export function Component() {
  const { projectId = "" } = useParams();
  const { data: project } = useSuspenseQuery(getProjectOptions({ path: { project_id: projectId } }));
  return <Navigate to={paths.section(projectId, homeSection(project))} replace />;
}
