import { AlertDialog as AlertPrimitive } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { useReturnFocus } from "@/lib/return-focus";
import { cn } from "@/lib/utils";
import { Button } from "./button";

/** Only for what cannot be undone. */
export const AlertDialog = AlertPrimitive.Root;
export const AlertDialogTrigger = AlertPrimitive.Trigger;

type AlertContentProps = ComponentPropsWithoutRef<typeof AlertPrimitive.Content>;

export const AlertDialogContent = forwardRef<HTMLDivElement, AlertContentProps>(
  function AlertDialogContent(props, ref) {
    return (
      <AlertPrimitive.Portal>
        <AlertPrimitive.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <AlertPanel ref={ref} {...props} />
      </AlertPrimitive.Portal>
    );
  },
);

/** Mounts when the question is asked. */
const AlertPanel = forwardRef<HTMLDivElement, AlertContentProps>(function AlertPanel(
  { className, onCloseAutoFocus, ...props },
  ref,
) {
  const returnFocus = useReturnFocus(onCloseAutoFocus);
  return (
    <AlertPrimitive.Content
      ref={ref}
      onCloseAutoFocus={returnFocus}
      className={cn(
        "fixed top-1/2 left-1/2 z-50 grid grid-cols-[minmax(0,1fr)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 gap-4 rounded-lg bg-popover p-4 text-popover-foreground shadow-raised",
        className,
      )}
      {...props}
    />
  );
});

export const AlertDialogTitle = forwardRef<
  HTMLHeadingElement,
  ComponentPropsWithoutRef<typeof AlertPrimitive.Title>
>(function AlertDialogTitle({ className, ...props }, ref) {
  return <AlertPrimitive.Title ref={ref} className={cn("font-semibold text-title", className)} {...props} />;
});

export const AlertDialogDescription = forwardRef<
  HTMLParagraphElement,
  ComponentPropsWithoutRef<typeof AlertPrimitive.Description>
>(function AlertDialogDescription({ className, ...props }, ref) {
  return (
    <AlertPrimitive.Description ref={ref} className={cn("text-muted-foreground", className)} {...props} />
  );
});

export const AlertDialogAction = forwardRef<
  HTMLButtonElement,
  ComponentPropsWithoutRef<typeof AlertPrimitive.Action>
>(function AlertDialogAction({ children, ...props }, ref) {
  return (
    <AlertPrimitive.Action asChild {...props}>
      <Button ref={ref} variant="destructive">
        {children}
      </Button>
    </AlertPrimitive.Action>
  );
});

export const AlertDialogCancel = forwardRef<
  HTMLButtonElement,
  ComponentPropsWithoutRef<typeof AlertPrimitive.Cancel>
>(function AlertDialogCancel({ children, ...props }, ref) {
  return (
    <AlertPrimitive.Cancel asChild {...props}>
      <Button ref={ref} variant="outline">
        {children}
      </Button>
    </AlertPrimitive.Cancel>
  );
});
