import type { ComponentPropsWithoutRef } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { cn } from "@/lib/utils";

/** Sizes given as numbers are pixels. */
export const ResizablePanelGroup = Group;
export const ResizablePanel = Panel;

export function ResizableHandle({ className, ...props }: ComponentPropsWithoutRef<typeof Separator>) {
  return (
    <Separator
      className={cn(
        "relative w-px bg-border outline-offset-0 after:absolute after:inset-y-0 after:-left-1 after:w-2 hover:bg-primary focus-visible:bg-primary data-[separator=active]:bg-primary",
        className,
      )}
      {...props}
    />
  );
}
