import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const Skeleton = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<"div">>(function Skeleton(
  { className, ...props },
  ref,
) {
  return (
    <div
      ref={ref}
      data-slot="skeleton"
      aria-hidden
      className={cn("animate-pulse rounded-md bg-hover", className)}
      {...props}
    />
  );
});
