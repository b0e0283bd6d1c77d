/** The library of a project. */
import { useParams } from "react-router";
import { ScreenBoundary } from "@/components/screen-boundary";
import { LibrarySkeleton } from "@/features/assets/library-skeleton";
import { LibraryView } from "@/features/assets/library-view";

export function Component() {
  const { projectId = "" } = useParams();
  return (
    <ScreenBoundary what="Could not show the library." skeleton={<LibrarySkeleton />} resetKeys={[projectId]}>
      <LibraryView projectId={projectId} />
    </ScreenBoundary>
  );
}
