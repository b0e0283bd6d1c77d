/** In the top bar: how many runs are under way, and the list of them. */
import { useQuery } from "@tanstack/react-query";
import { ListVideo } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { plural } from "@/lib/format";
import { JobList } from "./job-list";
import { activeJobsOptions } from "./project-jobs";

export function JobsButton({ projectId }: { projectId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useQuery(activeJobsOptions(projectId));
  const count = data?.total ?? 0;

  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          className="tabular px-2 max-md:min-w-11"
          aria-label={count > 0 ? `${plural(count, "run")} under way` : "Runs"}
        >
          <ListVideo className={count > 0 ? "animate-pulse" : undefined} />
          {count > 0 && <span>{count}</span>}
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-label="Runs of this project"
        className="flex max-h-[min(70dvh,560px)] w-[min(420px,calc(100vw-16px))] flex-col p-0"
      >
        <h2 className="border-b px-3 py-2 font-semibold text-title">Runs</h2>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <JobList projectId={projectId} />
        </div>
      </PopoverContent>
    </Popover>
  );
}
