import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

const badgeVariants = cva(
  "inline-flex h-5 w-fit shrink-0 items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-meta [&_svg]:size-3",
  {
    variants: {
      variant: {
        default: "border-transparent bg-hover text-foreground",
        outline: "border-input text-muted-foreground",
        ok: "border-transparent text-ok",
        warn: "border-transparent text-warn",
        destructive: "border-transparent text-destructive",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

interface BadgeProps extends ComponentPropsWithoutRef<"span">, VariantProps<typeof badgeVariants> {
  asChild?: boolean;
}

export const Badge = forwardRef<HTMLSpanElement, BadgeProps>(function Badge(
  { className, variant, asChild = false, ...props },
  ref,
) {
  const Component = asChild ? Slot.Root : "span";
  return (
    <Component ref={ref} data-slot="badge" className={cn(badgeVariants({ variant }), className)} {...props} />
  );
});
