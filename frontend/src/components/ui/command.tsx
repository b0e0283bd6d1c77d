import { Command as CommandPrimitive } from "cmdk";
import { Search } from "lucide-react";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const Command = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof CommandPrimitive>>(
  function Command({ className, ...props }, ref) {
    return (
      <CommandPrimitive
        ref={ref}
        className={cn("flex w-full flex-col overflow-hidden", className)}
        {...props}
      />
    );
  },
);

export const CommandInput = forwardRef<
  HTMLInputElement,
  ComponentPropsWithoutRef<typeof CommandPrimitive.Input>
>(function CommandInput({ className, ...props }, ref) {
  return (
    <div className="flex h-11 items-center gap-2 border-b px-3">
      <Search className="size-4 shrink-0 text-faint" />
      <CommandPrimitive.Input
        ref={ref}
        className={cn(
          "h-full w-full bg-transparent text-field outline-none placeholder:text-faint",
          className,
        )}
        {...props}
      />
    </div>
  );
});

export const CommandList = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof CommandPrimitive.List>>(
  function CommandList({ className, ...props }, ref) {
    return (
      <CommandPrimitive.List
        ref={ref}
        className={cn("max-h-[min(60dvh,420px)] overflow-y-auto overflow-x-hidden p-1", className)}
        {...props}
      />
    );
  },
);

export const CommandEmpty = forwardRef<
  HTMLDivElement,
  ComponentPropsWithoutRef<typeof CommandPrimitive.Empty>
>(function CommandEmpty({ className, ...props }, ref) {
  return (
    <CommandPrimitive.Empty
      ref={ref}
      className={cn("px-3 py-6 text-center text-muted-foreground", className)}
      {...props}
    />
  );
});

export const CommandGroup = forwardRef<
  HTMLDivElement,
  ComponentPropsWithoutRef<typeof CommandPrimitive.Group>
>(function CommandGroup({ className, ...props }, ref) {
  return (
    <CommandPrimitive.Group
      ref={ref}
      className={cn(
        "**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-faint **:[[cmdk-group-heading]]:text-meta",
        className,
      )}
      {...props}
    />
  );
});

export const CommandItem = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof CommandPrimitive.Item>>(
  function CommandItem({ className, ...props }, ref) {
    return (
      <CommandPrimitive.Item
        ref={ref}
        className={cn(
          "flex min-h-8 cursor-default select-none items-center gap-2 rounded-md px-2 outline-none data-[disabled=true]:text-faint data-[selected=true]:bg-hover max-md:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0",
          className,
        )}
        {...props}
      />
    );
  },
);
