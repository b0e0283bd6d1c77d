/** The navigation at the left: 208 px with words, 48 px with icons and tooltips. */
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import { useIsWide } from "@/lib/media";
import { usePreferences } from "@/lib/preferences";
import { useShortcut } from "@/lib/shortcuts";
import { cn } from "@/lib/utils";
import type { NavItem } from "./nav-item";

interface SideNavProps {
  items: NavItem[];
  /** Places at the foot, apart from the work. */
  footItems?: NavItem[];
  /** More below the items, such as the list of scenes; only where there is room for words. */
  children?: ReactNode;
}

export function SideNav({ items, footItems = [], children }: SideNavProps) {
  const isWide = useIsWide();
  const { isNavCollapsed, set } = usePreferences();
  const isIcons = !isWide || isNavCollapsed;
  const toggle = () => set({ isNavCollapsed: !isNavCollapsed });
  useShortcut({ keys: "[", label: "Fold the navigation", group: "Everywhere" }, toggle, isWide);

  return (
    <nav
      aria-label="Main"
      className={cn(
        "flex shrink-0 flex-col gap-0.5 border-r bg-surface p-2 max-md:hidden",
        isIcons ? "w-12" : "w-52",
      )}
    >
      {items.map((item) => (
        <SideNavLink key={item.to} item={item} isIcon={isIcons} />
      ))}
      <div className="min-h-0 flex-1 overflow-y-auto">{!isIcons && children}</div>
      {footItems.map((item) => (
        <SideNavLink key={item.to} item={item} isIcon={isIcons} isExact />
      ))}
      {isWide && (
        <Tip text={isIcons ? "Unfold the navigation" : "Fold the navigation"} keys="[" side="right">
          <Button
            variant="ghost"
            className={cn("justify-start px-2 text-faint", isIcons && "px-0 justify-center")}
            aria-label={isIcons ? "Unfold the navigation" : "Fold the navigation"}
            onClick={toggle}
          >
            {isIcons ? <PanelLeftOpen /> : <PanelLeftClose />}
          </Button>
        </Tip>
      )}
    </nav>
  );
}

function SideNavLink({ item, isIcon, isExact }: { item: NavItem; isIcon: boolean; isExact?: boolean }) {
  const { to, label, icon: Icon, keys, count } = item;
  const link = (
    <NavLink
      to={to}
      end={isExact}
      aria-label={label}
      // A plain string: the tooltip's trigger merges it with its own.
      className="flex h-7 shrink-0 items-center gap-2 rounded-md px-2 font-medium text-muted-foreground outline-offset-0 hover:bg-hover hover:text-foreground aria-[current=page]:bg-selected aria-[current=page]:text-foreground"
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {!isIcon && <span className="flex-1 truncate">{label}</span>}
      {!isIcon && Boolean(count) && (
        <span className="tabular text-faint text-meta">{count?.toLocaleString()}</span>
      )}
    </NavLink>
  );
  return isIcon ? (
    <Tip text={label} keys={keys} side="right">
      {link}
    </Tip>
  ) : (
    link
  );
}
