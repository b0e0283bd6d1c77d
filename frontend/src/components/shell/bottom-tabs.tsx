/** The navigation on a phone: 56 px at the bottom, in reach of the thumb. */
import { NavLink } from "react-router";
import { cn } from "@/lib/utils";
import type { NavItem } from "./nav-item";

export function BottomTabs({ items }: { items: NavItem[] }) {
  return (
    <nav
      aria-label="Main"
      className="grid h-14 shrink-0 auto-cols-fr grid-flow-col border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {items.map(({ to, label, icon: Icon }) => (
        <NavLink
          key={to}
          to={to}
          className={({ isActive }) =>
            cn(
              "flex flex-col items-center justify-center gap-0.5 font-medium text-meta text-muted-foreground -outline-offset-2",
              isActive && "text-primary",
            )
          }
        >
          {({ isActive }) => (
            <>
              <Icon className="size-5" aria-hidden strokeWidth={isActive ? 2.5 : 2} />
              {label}
            </>
          )}
        </NavLink>
      ))}
    </nav>
  );
}
