import { ToggleGroup as TogglePrimitive } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const ToggleGroup = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof TogglePrimitive.Root>>(
  function ToggleGroup({ className, ...props }, ref) {
    return (
      <TogglePrimitive.Root
        ref={ref}
        className={cn("inline-flex items-center rounded-md border border-input p-px", className)}
        {...props}
      />
    );
  },
);

export const ToggleGroupItem = forwardRef<
  HTMLButtonElement,
  ComponentPropsWithoutRef<typeof TogglePrimitive.Item>
>(function ToggleGroupItem({ className, ...props }, ref) {
  return (
    <TogglePrimitive.Item
      ref={ref}
      className={cn(
        "inline-flex h-[calc(var(--control-height)-4px)] min-w-8 max-md:h-11 max-md:min-w-11 items-center justify-center gap-1.5 whitespace-nowrap rounded-sm px-2 font-medium text-muted-foreground hover:bg-hover disabled:cursor-not-allowed disabled:text-faint data-[state=on]:bg-selected data-[state=on]:text-foreground data-[state=on]:ring-1 data-[state=on]:ring-primary data-[state=on]:ring-inset [&_svg]:size-4",
        className,
      )}
      {...props}
    />
  );
});
