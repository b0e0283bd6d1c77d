import { Progress as ProgressPrimitive } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

/** `value` runs from 0 to 100. Give it an `aria-label`. */
export const Progress = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof ProgressPrimitive.Root>>(
  function Progress({ className, value, ...props }, ref) {
    return (
      <ProgressPrimitive.Root
        ref={ref}
        value={value}
        className={cn("relative h-1 w-full overflow-hidden rounded-sm bg-hover", className)}
        {...props}
      >
        <ProgressPrimitive.Indicator
          className="h-full w-full origin-left bg-foreground transition-transform duration-100"
          style={{ transform: `scaleX(${(value ?? 0) / 100})` }}
        />
      </ProgressPrimitive.Root>
    );
  },
);
