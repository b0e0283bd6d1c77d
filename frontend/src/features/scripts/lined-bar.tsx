/** Above the lined page: how much of it shots cover, the way to what they do not, and marking a shot. */
import { ChevronDown, ChevronUp, SquareDashedMousePointer } from "lucide-react";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";

interface LinedBarProps {
  coveredCount: number;
  total: number;
  selectedCount: number;
  isMarking: boolean;
  onUncovered: (step: 1 | -1) => void;
  onMark: () => void;
}

export function LinedBar({
  coveredCount,
  total,
  selectedCount,
  isMarking,
  onUncovered,
  onMark,
}: LinedBarProps) {
  const missing = total - coveredCount;
  return (
    <section
      aria-label="Coverage"
      className="flex h-11 shrink-0 items-center gap-1 border-b px-3 max-md:h-12 max-md:pr-1"
    >
      {/* None while they are being read: nothing is known yet. */}
      {total > 0 && (
        <p className="tabular min-w-0 truncate text-muted-foreground">
          <span className={missing > 0 ? "text-warn" : "text-ok"} aria-hidden>
            {missing > 0 ? "▲" : "●"}
          </span>{" "}
          {missing > 0
            ? `${coveredCount.toLocaleString()} of ${total.toLocaleString()} paragraphs covered`
            : `All ${total.toLocaleString()} paragraphs covered`}
        </p>
      )}
      {missing > 0 && (
        <span className="flex shrink-0">
          <Tip text="Previous paragraph without a shot" keys="shift+u">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Previous paragraph without a shot"
              onClick={() => onUncovered(-1)}
            >
              <ChevronUp />
            </Button>
          </Tip>
          <Tip text="Next paragraph without a shot" keys="u">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Next paragraph without a shot"
              onClick={() => onUncovered(1)}
            >
              <ChevronDown />
            </Button>
          </Tip>
        </span>
      )}
      <span className="flex-1" />
      <span className="tabular shrink-0 text-faint text-meta max-md:hidden">
        {selectedCount > 0 ? `${selectedCount} selected` : "Drag over lines, then M"}
      </span>
      <Tip text={selectedCount > 0 ? "A new shot over the selected lines" : "Select lines first"} keys="m">
        <Button
          variant="outline"
          className="max-md:hidden"
          aria-disabled={selectedCount === 0 || isMarking}
          onClick={() => selectedCount > 0 && !isMarking && onMark()}
        >
          <SquareDashedMousePointer /> Mark shot
        </Button>
      </Tip>
    </section>
  );
}
