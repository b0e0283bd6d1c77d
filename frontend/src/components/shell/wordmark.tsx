/** The mark and name of the product. */
import { cn } from "@/lib/utils";

export function Wordmark({ className, isMarkOnly = false }: { className?: string; isMarkOnly?: boolean }) {
  return (
    <span
      className={cn("inline-flex items-center gap-2 whitespace-nowrap font-semibold text-title", className)}
    >
      <svg viewBox="0 0 32 32" className="size-[1.4em]" aria-hidden="true">
        <path d="M4 12h24v13a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3z" className="fill-primary" />
        <path d="m3.500 10.300 22.500-5 1 4.500L4.500 14.800z" className="fill-foreground" />
        <path d="m9 9 2.500 4m5-5.700 2.500 4" className="stroke-background" strokeWidth="2" fill="none" />
      </svg>
      <span className={isMarkOnly ? "sr-only" : undefined}>Auteur AI</span>
    </span>
  );
}
