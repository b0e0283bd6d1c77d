/** The bin: scenes a draft left out, to be brought back with their shots, or deleted for good when asked. */
import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { listBinnedScenesOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogTitle, DialogTrigger } from "@/components/ui/dialog";
import { plural, sentences } from "@/lib/format";
import { toProblem } from "@/lib/problem";
import { cn } from "@/lib/utils";
import { BinnedScene } from "./binned-scene";

interface SceneBinProps {
  projectId: string;
  /** Beside other tools, a phone has room for the sign only. */
  isTight?: boolean;
}

export function SceneBin({ projectId, isTight = false }: SceneBinProps) {
  const { data, error, refetch } = useQuery(listBinnedScenesOptions({ path: { project_id: projectId } }));
  const [isOpen, setIsOpen] = useState(false);
  const count = data?.total ?? 0;
  // An empty bin is worth no room; one that has just been emptied says so.
  if (count === 0 && !isOpen && !error) return null;
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen}>
      <DialogTrigger asChild>
        <Button variant="outline" aria-label={data ? `Bin, ${plural(count, "scene")}` : "Bin"}>
          <Trash2 />
          <span className={cn(isTight && "max-md:hidden")}>Bin</span>{" "}
          {data && <span className="tabular">({count})</span>}
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-xl">
        <DialogTitle>Bin</DialogTitle>
        <DialogDescription>
          Scenes that a draft left out, with everything in them. They come back to where they stood.
        </DialogDescription>
        {error && (
          <div role="alert" className="grid justify-items-start gap-2">
            <p>{sentences("Could not read the bin", toProblem(error).detail, toProblem(error).fix)}</p>
            <Button variant="outline" onClick={() => void refetch()}>
              Try again
            </Button>
          </div>
        )}
        {data?.total === 0 && <p className="py-4 text-center text-muted-foreground">The bin is empty.</p>}
        {data && data.total > 0 && (
          <ul className="grid">
            {data.items.map((scene) => (
              <BinnedScene key={scene.id} projectId={projectId} scene={scene} />
            ))}
          </ul>
        )}
      </DialogContent>
    </Dialog>
  );
}
