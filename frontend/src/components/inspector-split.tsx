/** The work with an inspector: beside it where there is room, a sheet over it where there is not. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ResizableHandle, ResizablePanel, ResizablePanelGroup } from "@/components/ui/resizable";
import { Sheet, SheetContent, SheetTitle } from "@/components/ui/sheet";
import { useHasInspectorRoom, useIsWide } from "@/lib/media";
import { usePreferences } from "@/lib/preferences";

interface InspectorSplitProps {
  /** What the inspector shows, below its 44 px head; null closes it. */
  inspector: ReactNode | null;
  title: ReactNode;
  /** Buttons in the inspector's head, before Close. */
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

const MIN_PX = 320;
const MAX_PX = 520;
const NARROW_PX = 340;

export function InspectorSplit({ inspector, title, actions, onClose, children }: InspectorSplitProps) {
  const isBeside = useHasInspectorRoom();
  const isWide = useIsWide();
  const { inspectorWidth, set } = usePreferences();
  const isOpen = inspector !== null;

  const body = (
    <>
      <div className="flex h-11 shrink-0 items-center gap-2 border-b px-3 max-md:h-12">
        <div className="min-w-0 flex-1 truncate font-semibold text-title">{title}</div>
        {actions}
        <Button variant="ghost" size="icon-sm" aria-label="Close inspector" onClick={onClose}>
          <X />
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">{inspector}</div>
    </>
  );

  if (!isBeside) {
    return (
      <>
        {children}
        <Sheet open={isOpen} onOpenChange={(open) => !open && onClose()}>
          <SheetContent aria-describedby={undefined} onOpenAutoFocus={(event) => event.preventDefault()}>
            <SheetTitle className="sr-only">{title}</SheetTitle>
            {body}
          </SheetContent>
        </Sheet>
      </>
    );
  }

  return (
    <ResizablePanelGroup orientation="horizontal" className="min-h-0 flex-1">
      <ResizablePanel id="work" minSize={400} className="flex min-w-0 flex-col">
        {children}
      </ResizablePanel>
      {isOpen && (
        <>
          <ResizableHandle aria-label="Width of the inspector" />
          <ResizablePanel
            id="inspector"
            minSize={MIN_PX}
            maxSize={MAX_PX}
            defaultSize={isWide ? inspectorWidth : NARROW_PX}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => isWide && set({ inspectorWidth: Math.round(inPixels) })}
            className="flex flex-col bg-surface"
          >
            <aside aria-label="Inspector" className="flex min-h-0 flex-1 flex-col">
              {body}
            </aside>
          </ResizablePanel>
        </>
      )}
    </ResizablePanelGroup>
  );
}
