import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { cn } from "@/lib/utils";

export const Textarea = forwardRef<HTMLTextAreaElement, ComponentPropsWithoutRef<"textarea">>(
  function Textarea({ className, ...props }, ref) {
    return (
      <textarea
        ref={ref}
        data-slot="textarea"
        className={cn(
          "field-sizing-content min-h-16 w-full rounded-md border border-input bg-background px-2 py-1 text-field placeholder:text-faint disabled:cursor-not-allowed disabled:text-faint aria-invalid:border-destructive",
          className,
        )}
        {...props}
      />
    );
  },
);
