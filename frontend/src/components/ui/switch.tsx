import { Switch as SwitchPrimitive } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const Switch = forwardRef<HTMLButtonElement, ComponentPropsWithoutRef<typeof SwitchPrimitive.Root>>(
  function Switch({ className, ...props }, ref) {
    return (
      <SwitchPrimitive.Root
        ref={ref}
        className={cn(
          "relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-input bg-background p-0.5 after:absolute after:-inset-x-1 after:-inset-y-3 data-[state=checked]:bg-foreground",
          className,
        )}
        {...props}
      >
        <SwitchPrimitive.Thumb className="size-3.5 rounded-full bg-muted-foreground transition-transform duration-100 data-[state=checked]:translate-x-4 data-[state=checked]:bg-background" />
      </SwitchPrimitive.Root>
    );
  },
);
