import { CircleAlert } from "lucide-react";
import { Toaster as Sonner } from "sonner";

/** Bottom left above the status bar: never over a page title or a primary button. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-left"
      offset={{ bottom: 36, left: 12 }}
      mobileOffset={{ bottom: 68, left: 8, right: 8 }}
      icons={{ error: <CircleAlert className="size-4 text-destructive" /> }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start font-sans gap-2 rounded-lg bg-popover px-3 py-2 text-body text-popover-foreground shadow-raised md:w-[360px]",
          content: "min-w-0 flex-1",
          icon: "mt-0.5",
          title: "font-medium",
          description: "text-muted-foreground",
          actionButton:
            "ml-auto inline-flex h-7 shrink-0 items-center self-center rounded-md border border-input px-2.5 font-medium hover:bg-hover max-md:h-11",
        },
      }}
    />
  );
}
