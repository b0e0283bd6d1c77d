/** The 44 px line at the top of a screen: what it shows at the left, what it can do at the right. */
import type { ReactNode } from "react";
import { cn } from "@/lib/utils";

interface ScreenHeaderProps {
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
}

export function ScreenHeader({ title, children, className }: ScreenHeaderProps) {
  return (
    <div className={cn("flex h-11 shrink-0 items-center gap-2 border-b px-3 max-md:h-14", className)}>
      {title && <h1 className="min-w-0 flex-1 truncate font-semibold text-page">{title}</h1>}
      {children}
    </div>
  );
}
