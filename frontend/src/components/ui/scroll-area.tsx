import { ScrollArea as ScrollPrimitive } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const ScrollArea = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof ScrollPrimitive.Root>>(
  function ScrollArea({ className, children, ...props }, ref) {
    return (
      <ScrollPrimitive.Root ref={ref} className={cn("relative overflow-hidden", className)} {...props}>
        <ScrollPrimitive.Viewport className="size-full rounded-[inherit]">
          {children}
        </ScrollPrimitive.Viewport>
        <ScrollPrimitive.Scrollbar orientation="vertical" className="flex w-2 touch-none select-none p-px">
          <ScrollPrimitive.Thumb className="relative flex-1 rounded-full bg-input" />
        </ScrollPrimitive.Scrollbar>
      </ScrollPrimitive.Root>
    );
  },
);
