/** Where to split a shot: before one of its paragraphs, or at a sentence inside one. */
import { useQuery } from "@tanstack/react-query";
import { getSplitPointsOptions } from "@/client/@tanstack/react-query.gen";
import type { ShotRead, SplitPoint } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { sentences } from "@/lib/format";
import { toProblem } from "@/lib/problem";

interface SplitDialogProps {
  shot: ShotRead;
  onClose: () => void;
  onSplit: (point: SplitPoint) => void;
}

export function SplitDialog({ shot, onClose, onSplit }: SplitDialogProps) {
  const { data, error, refetch } = useQuery({
    ...getSplitPointsOptions({ path: { shot_id: shot.id } }),
    staleTime: 0,
  });
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="flex max-h-[80dvh] max-w-xl flex-col">
        <DialogTitle>Split shot {shot.number}</DialogTitle>
        <DialogDescription>
          The second shot begins at the line you choose. The slots go to both; your words and the document
          stay with the first.
        </DialogDescription>
        <div className="-mx-2 min-h-0 overflow-y-auto">
          {!data && !error && <Skeleton className="m-2 h-20" />}
          {error && (
            <div role="alert" className="grid justify-items-start gap-2 p-2">
              <p>{sentences(toProblem(error).detail, toProblem(error).fix)}</p>
              <Button variant="outline" onClick={() => void refetch()}>
                Try again
              </Button>
            </div>
          )}
          {data?.items.length === 0 && (
            <p className="p-2 text-muted-foreground">
              {shot.element_ids.length === 0
                ? "This shot covers no lines of the script, so there is nowhere to split it. Duplicate it instead."
                : "This shot is one sentence: there is nowhere to split it."}
            </p>
          )}
          <ol>
            {data?.items.map((point) => (
              <li key={`${point.element_id} ${point.offset}`}>
                <button
                  type="button"
                  onClick={() => onSplit(point)}
                  className="grid w-full gap-0.5 rounded-md px-2 py-1.5 text-left hover:bg-hover max-md:min-h-11"
                >
                  <span className="truncate text-faint text-meta">
                    … {point.before}
                    {point.offset !== null && " · inside the paragraph"}
                  </span>
                  <span className="wrap-anywhere line-clamp-2 border-primary border-l-2 pl-2">
                    {point.after}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </div>
      </DialogContent>
    </Dialog>
  );
}
