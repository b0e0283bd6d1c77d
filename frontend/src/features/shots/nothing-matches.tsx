/** The table when the filter leaves nothing. */
import { ListFilter } from "lucide-react";
import { EmptyState } from "@/components/empty-state";
import { Button } from "@/components/ui/button";

export function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState icon={ListFilter} title="No shot matches" text="The filter hides every shot of this project.">
      <Button variant="outline" onClick={onClear}>
        Show all shots
      </Button>
    </EmptyState>
  );
}
