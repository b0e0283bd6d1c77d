/** The frame outside a project: the list of projects, the settings. */
import { FolderOpen, Settings } from "lucide-react";
import { useMemo } from "react";
import { Link, Outlet, useNavigate } from "react-router";
import { AppFrame } from "@/components/shell/app-frame";
import { BottomTabs } from "@/components/shell/bottom-tabs";
import type { NavItem } from "@/components/shell/nav-item";
import { SearchButton } from "@/components/shell/search-button";
import { SideNav } from "@/components/shell/side-nav";
import { ThemeMenu } from "@/components/shell/theme-menu";
import { Wordmark } from "@/components/shell/wordmark";
import { UserMenu } from "@/features/users/user-menu";
import { useCommands } from "@/lib/commands";
import { useShortcut } from "@/lib/shortcuts";
import { paths } from "./paths";
import { StatusLine } from "./status-line";

const ITEMS: NavItem[] = [
  { to: paths.projects, label: "Projects", icon: FolderOpen, keys: "g>p" },
  { to: paths.settings, label: "Settings", icon: Settings },
];

export function Component() {
  const navigate = useNavigate();
  useShortcut({ keys: "g>p", label: "Projects", group: "Go to" }, () => navigate(paths.projects));
  useCommands(
    useMemo(
      () => ITEMS.map(({ to, ...item }) => ({ ...item, group: "Go to", run: () => void navigate(to) })),
      [navigate],
    ),
  );

  return (
    <AppFrame
      topBar={
        <>
          <Link to={paths.projects} className="flex h-control items-center rounded-md px-1.5">
            <Wordmark />
          </Link>
          <span className="flex-1" />
          <SearchButton />
          <ThemeMenu className="max-md:hidden" />
          <UserMenu />
        </>
      }
      nav={<SideNav items={ITEMS} />}
      statusBar={<StatusLine />}
      bottomTabs={<BottomTabs items={ITEMS} />}
    >
      <Outlet />
    </AppFrame>
  );
}
