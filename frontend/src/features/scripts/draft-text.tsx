/** One side of a paragraph in a comparison: as a script sets it, with the words that come or go marked. */
import type { ElementChange } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { DraftWords } from "./draft-words-mark";

const INDENT: Partial<Record<ElementChange["type"], string>> = {
  character: "pl-[22%]",
  parenthetical: "pl-[16%]",
  dialogue: "pl-[10%] pr-[10%]",
  lyrics: "pl-[10%] pr-[10%] italic",
  transition: "text-right",
  centered: "text-center",
};

interface DraftTextProps {
  element: ElementChange;
  side: "old" | "new";
  /** Of a scene that comes or goes as a whole: it is said once, not at every word. */
  isPlain: boolean;
  className?: string;
}

export function DraftText({ element, side, isPlain, className }: DraftTextProps) {
  const text = element[side];
  const line = side === "old" ? element.old_line : element.new_line;
  if (text === null) return <div className={cn("rounded-sm max-md:hidden", className)} aria-hidden />;
  const own = side === "old" ? "removed" : "added";
  const isWhole = element.kind === own && !isPlain;
  return (
    <div className={cn("flex min-w-0 gap-2 font-script text-script max-md:text-field", className)}>
      <span
        className="tabular w-9 shrink-0 select-none text-right font-sans text-faint text-meta leading-[22px]"
        aria-hidden
      >
        {line}
      </span>
      <span className={cn("wrap-anywhere min-w-0 flex-1 whitespace-pre-wrap", INDENT[element.type])}>
        {element.words.length > 0 ? (
          element.words
            .filter((one) => one.kind === "same" || one.kind === own)
            // biome-ignore lint/suspicious/noArrayIndexKey: the words of one text never move
            .map((one, index) => <DraftWords key={index} kind={one.kind} text={one.text} />)
        ) : (
          <DraftWords kind={isWhole ? own : "same"} text={text} />
        )}
      </span>
    </div>
  );
}
