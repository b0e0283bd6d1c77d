/** The frame of every signed-in page: top bar 44, navigation, work, status bar 24; on a phone bottom tabs 56. */
import type { ReactNode } from "react";

interface AppFrameProps {
  topBar: ReactNode;
  nav: ReactNode;
  statusBar: ReactNode;
  bottomTabs: ReactNode;
  children: ReactNode;
}

export function AppFrame({ topBar, nav, statusBar, bottomTabs, children }: AppFrameProps) {
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#work"
        className="sr-only z-60 rounded-md bg-raised px-3 py-1 focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the work
      </a>
      <header className="flex h-topbar shrink-0 items-center gap-1 border-b bg-surface px-2">{topBar}</header>
      <div className="flex min-h-0 flex-1">
        {nav}
        <main id="work" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      <footer className="flex h-statusbar shrink-0 items-center gap-4 border-t bg-surface px-3 text-meta text-muted-foreground max-md:hidden">
        {statusBar}
      </footer>
      {bottomTabs}
    </div>
  );
}
