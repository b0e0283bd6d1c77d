/** A tooltip on one element: what it does, its key, or why it is off. */
import type { ReactElement, ReactNode } from "react";
import { Tooltip, TooltipContent, TooltipTrigger } from "@/components/ui/tooltip";
import { KeyCaps } from "./key-caps";

interface TipProps {
  text: ReactNode;
  keys?: string;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactElement;
}

export function Tip({ text, keys, side, children }: TipProps) {
  return (
    <Tooltip>
      <TooltipTrigger asChild>{children}</TooltipTrigger>
      <TooltipContent side={side}>
        {text}
        {keys && <KeyCaps keys={keys} />}
      </TooltipContent>
    </Tooltip>
  );
}
