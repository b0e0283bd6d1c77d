/** Everything behind sign-in: asks who is here, and keeps the event stream of the tab open. */
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Outlet } from "react-router";
import { getMeOptions } from "@/client/@tanstack/react-query.gen";
import { CommandPalette } from "@/components/command-palette";
import { ScreenBoundary } from "@/components/screen-boundary";
import { ShortcutsDialog } from "@/components/shortcuts-dialog";
import { connectEvents } from "@/lib/events";

export function Component() {
  return (
    <div className="flex h-dvh flex-col">
      <ScreenBoundary what="Could not reach the server." skeleton={null}>
        <Session />
      </ScreenBoundary>
    </div>
  );
}

function Session() {
  const queryClient = useQueryClient();
  // Without a session this is a 401, and the interceptor leads to sign-in.
  useSuspenseQuery({ ...getMeOptions(), staleTime: Number.POSITIVE_INFINITY });
  useEffect(() => connectEvents(queryClient), [queryClient]);
  return (
    <>
      <Outlet />
      <CommandPalette />
      <ShortcutsDialog />
    </>
  );
}
