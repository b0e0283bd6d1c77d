import { cva, type VariantProps } from "class-variance-authority";
import { Dialog as SheetPrimitive } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { useReturnFocus } from "@/lib/return-focus";
import { cn } from "@/lib/utils";
import { DialogOverlay } from "./dialog";

export const Sheet = SheetPrimitive.Root;
export const SheetTrigger = SheetPrimitive.Trigger;
export const SheetClose = SheetPrimitive.Close;

const sheetVariants = cva(
  "fixed z-50 flex flex-col bg-surface shadow-raised duration-150 data-[state=open]:animate-in",
  {
    variants: {
      side: {
        right: "inset-y-0 right-0 w-full data-[state=open]:slide-in-from-right md:w-[380px]",
        left: "inset-y-0 left-0 w-72 data-[state=open]:slide-in-from-left",
        bottom: "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-lg data-[state=open]:slide-in-from-bottom",
      },
    },
    defaultVariants: { side: "right" },
  },
);

type SheetContentProps = ComponentPropsWithoutRef<typeof SheetPrimitive.Content> &
  VariantProps<typeof sheetVariants>;

/** Needs a SheetTitle inside; wrap it in `sr-only` where the content names itself. */
export const SheetContent = forwardRef<HTMLDivElement, SheetContentProps>(function SheetContent(props, ref) {
  return (
    <SheetPrimitive.Portal>
      <DialogOverlay />
      <SheetPanel ref={ref} {...props} />
    </SheetPrimitive.Portal>
  );
});

/** Mounts when the sheet opens. */
const SheetPanel = forwardRef<HTMLDivElement, SheetContentProps>(function SheetPanel(
  { className, side, onCloseAutoFocus, ...props },
  ref,
) {
  return (
    <SheetPrimitive.Content
      ref={ref}
      onCloseAutoFocus={useReturnFocus(onCloseAutoFocus)}
      className={cn(sheetVariants({ side }), className)}
      {...props}
    />
  );
});

export const SheetTitle = forwardRef<
  HTMLHeadingElement,
  ComponentPropsWithoutRef<typeof SheetPrimitive.Title>
>(function SheetTitle({ className, ...props }, ref) {
  return <SheetPrimitive.Title ref={ref} className={cn("font-semibold text-title", className)} {...props} />;
});
