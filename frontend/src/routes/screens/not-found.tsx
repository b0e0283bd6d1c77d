/** An address that leads nowhere. */
import { Compass } from "lucide-react";
import { Link } from "react-router";
import { EmptyState } from "@/components/empty-state";
import { Button } from "@/components/ui/button";
import { paths } from "../paths";

export function Component() {
  return (
    <main className="flex h-dvh">
      <EmptyState
        icon={Compass}
        title="There is no such page"
        text="The address may be mistyped, or what it showed was deleted."
      >
        <Button asChild>
          <Link to={paths.projects}>All projects</Link>
        </Button>
      </EmptyState>
    </main>
  );
}
