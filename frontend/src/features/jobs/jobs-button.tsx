/** In the top bar: how many runs are under way, and the list of them. */
import { useQuery } from "@tanstack/react-query";
import { ListVideo } from "lucide-react";
import { useState } from "react";
import type { JobRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { plural } from "@/lib/format";
import { JobList } from "./job-list";
import { activeJobsOptions } from "./project-jobs";
import { RepliesDialog } from "./replies-dialog";
import { RunList } from "./run-list";

export function JobsButton({ projectId }: { projectId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const [read, setRead] = useState<JobRead | null>(null);
  const { data } = useQuery(activeJobsOptions(projectId));
  const count = data?.total ?? 0;

  return (
    <>
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
          <h2 className="px-3 pt-2 font-semibold text-title">Runs</h2>
          <Tabs defaultValue="work" className="flex min-h-0 flex-1 flex-col">
            <TabsList className="border-b px-2 py-1" aria-label="What to list">
              <TabsTrigger value="work">Work</TabsTrigger>
              <TabsTrigger value="breakdowns">Breakdowns</TabsTrigger>
            </TabsList>
            <TabsContent value="work" className="min-h-0 flex-1 overflow-y-auto">
              <JobList projectId={projectId} onReplies={setRead} />
            </TabsContent>
            <TabsContent value="breakdowns" className="min-h-0 flex-1 overflow-y-auto">
              <RunList projectId={projectId} />
            </TabsContent>
          </Tabs>
        </PopoverContent>
      </Popover>
      {read && <RepliesDialog job={read} onClose={() => setRead(null)} />}
    </>
  );
}
