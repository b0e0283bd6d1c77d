/** An empty screen as a door: names the thing, says the next act, holds its button. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** One sentence. */
  text: string;
  /** The primary button first. */
  children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="m-auto flex max-w-sm flex-col items-center gap-3 p-6 text-center">
      <Icon className="size-8 text-faint" strokeWidth={1.5} aria-hidden />
      <h2 className="font-semibold text-page">{title}</h2>
      <p className="text-muted-foreground">{text}</p>
      {children && <div className="flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
