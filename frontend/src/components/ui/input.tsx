import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const Input = forwardRef<HTMLInputElement, ComponentPropsWithoutRef<"input">>(function Input(
  { className, type = "text", ...props },
  ref,
) {
  return (
    <input
      ref={ref}
      type={type}
      data-slot="input"
      className={cn(
        "h-control w-full min-w-0 rounded-md border border-input bg-background px-2 text-field placeholder:text-faint read-only:bg-surface disabled:cursor-not-allowed disabled:text-faint aria-invalid:border-destructive",
        className,
      )}
      {...props}
    />
  );
});
