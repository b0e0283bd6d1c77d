import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const Kbd = forwardRef<HTMLElement, ComponentPropsWithoutRef<"kbd">>(function Kbd(
  { className, ...props },
  ref,
) {
  return (
    <kbd
      ref={ref}
      className={cn(
        "inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-border bg-background px-1 font-medium font-sans text-faint text-meta",
        className,
      )}
      {...props}
    />
  );
});
