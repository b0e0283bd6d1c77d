import { Slider as SliderPrimitive } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

/** One thumb. `aria-label` names it. */
export const Slider = forwardRef<HTMLSpanElement, ComponentPropsWithoutRef<typeof SliderPrimitive.Root>>(
  function Slider({ className, "aria-label": label, ...props }, ref) {
    return (
      <SliderPrimitive.Root
        ref={ref}
        className={cn("relative flex h-7 w-full touch-none select-none items-center", className)}
        {...props}
      >
        <SliderPrimitive.Track className="relative h-1 w-full grow rounded-sm bg-input/50">
          <SliderPrimitive.Range className="absolute h-full rounded-sm bg-input" />
        </SliderPrimitive.Track>
        <SliderPrimitive.Thumb
          aria-label={label}
          className="block size-3.5 rounded-full border-2 border-foreground bg-surface"
        />
      </SliderPrimitive.Root>
    );
  },
);
