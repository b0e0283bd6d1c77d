/** The tab's one EventSource: a change on the server makes the queries that show it refetch. */
import type { QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { create } from "zustand";
import { EVENTS_URL } from "./env";
import { type Tag, tagged } from "./query";

const changeSchema = z.object({
  tag: z.string(),
  project_id: z.string().nullish(),
  id: z.string().nullish(),
});

/** What else shows a thing of that domain: counts, thumbnails, states. */
const ALSO_SHOWN_BY: Partial<Record<Tag, readonly Tag[]>> = {
  assets: ["projects", "shots"],
  scripts: ["projects", "scenes", "shots"],
  scenes: ["projects", "shots"],
  shots: ["projects", "scenes", "assets"],
};

/** Events come in bursts (an import writes hundreds of rows): one refetch per burst. */
const BURST_MS = 120;
const MAX_WAIT_MS = 2_000;
const RECONNECT_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

type Connection = "connecting" | "open" | "lost";

/** Whether live updates arrive; the status bar says so. */
export const useConnection = create<{ connection: Connection }>(() => ({ connection: "connecting" }));

/** Opens the stream and keeps it open. Returns the function that closes it. */
export function connectEvents(
  queryClient: QueryClient,
  open: (url: string) => EventSource = (url) => new EventSource(url),
): () => void {
  const pending = new Map<string, { tags: readonly Tag[]; projectId?: string | null }>();
  let source: EventSource;
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  let firstPendingAt = 0;
  let failures = 0;
  let wasOpen = false;
  let isGreeted = false;

  const flush = () => {
    flushTimer = undefined;
    // A refetch in the middle of a save would paint the old value over the optimistic one.
    const isSaving = queryClient.isMutating({ predicate: (mutation) => !mutation.state.isPaused }) > 0;
    if (isSaving && Date.now() - firstPendingAt < MAX_WAIT_MS) {
      flushTimer = setTimeout(flush, BURST_MS);
      return;
    }
    for (const { tags, projectId } of pending.values()) {
      void queryClient.invalidateQueries(tagged(tags, projectId));
    }
    pending.clear();
  };

  const onChange = (event: MessageEvent<string>) => {
    const change = changeSchema.safeParse(parseJson(event.data));
    if (!change.success) return;
    const tag = change.data.tag as Tag;
    const projectId = change.data.project_id;
    if (pending.size === 0) firstPendingAt = Date.now();
    pending.set(`${tag} ${projectId ?? ""}`, { tags: [tag, ...(ALSO_SHOWN_BY[tag] ?? [])], projectId });
    flushTimer ??= setTimeout(flush, BURST_MS);
  };

  const onReset = () => {
    // Every stream begins with one; a later one says that the server dropped events.
    if (isGreeted) void queryClient.invalidateQueries();
    isGreeted = true;
  };

  const connect = () => {
    source = open(EVENTS_URL);
    source.addEventListener("change", onChange);
    source.addEventListener("reset", onReset);
    source.onopen = () => {
      failures = 0;
      // What happened while the stream was away is unknown: everything on screen is asked for again.
      if (wasOpen) void queryClient.invalidateQueries();
      wasOpen = true;
      isGreeted = false;
      useConnection.setState({ connection: "open" });
    };
    source.onerror = () => {
      useConnection.setState({ connection: "lost" });
      // The browser retries a dropped stream itself, but gives up for good on an error status.
      if (source.readyState !== source.CLOSED) return;
      source.close();
      reconnectTimer = setTimeout(connect, RECONNECT_MS[Math.min(failures++, RECONNECT_MS.length - 1)]);
    };
  };

  connect();
  return () => {
    clearTimeout(flushTimer);
    clearTimeout(reconnectTimer);
    source.close();
    useConnection.setState({ connection: "connecting" });
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
