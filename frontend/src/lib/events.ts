/** The tab's one EventSource: a change on the server makes the queries that show it refetch. */
import type { QueryClient, QueryFilters } from "@tanstack/react-query";
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
  llm: ["system"],
};

/** Events come in bursts (an import writes hundreds of rows): one refetch per burst. */
const BURST_MS = 120;
/** Between two rounds of refetches at least this, and a round ends before the next begins: an import would
 * otherwise cancel each refetch with the next one, and nothing would ever arrive. */
const GAP_MS = 400;
/** A long round (a project of two thousand shots) is followed by a longer rest: showing the progress of an import
 * must not take the machine's time from the import. */
const REST_FACTOR = 3;
const MAX_REST_MS = 3_000;
/** A round that does not end (offline) holds up the next no longer than this. */
const ROUND_MS = 10_000;
const MAX_WAIT_MS = 2_000;
const RECONNECT_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

type Connection = "connecting" | "open" | "lost";

/** Whether live updates arrive; the status bar says so. */
export const useConnection = create<{ connection: Connection }>(() => ({ connection: "connecting" }));

/** Cheap reads whose news cannot wait for the shots of a whole project: how far a run is, whether it stops. */
const LIGHT: ReadonlySet<Tag> = new Set<Tag>(["jobs", "llm", "system"]);

interface Lane {
  add: (projectId: string, tag: Tag) => void;
  close: () => void;
}

/** Collects changes and refetches what shows them, one round after the other. */
function makeLane(queryClient: QueryClient): Lane {
  /** Tags by project; the empty name is for changes of no one project. */
  const pending = new Map<string, Set<Tag>>();
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  let firstPendingAt = 0;
  let isRefetching = false;
  let isClosed = false;

  const schedule = () => {
    if (!isRefetching && !isClosed) flushTimer ??= setTimeout(flush, BURST_MS);
  };

  const flush = async () => {
    flushTimer = undefined;
    // A refetch in the middle of a save would paint the old value over the optimistic one.
    const isSaving = queryClient.isMutating({ predicate: (mutation) => !mutation.state.isPaused }) > 0;
    if (isSaving && Date.now() - firstPendingAt < MAX_WAIT_MS) {
      schedule();
      return;
    }
    const changes = [...pending];
    pending.clear();
    isRefetching = true;
    const round = changes.map(([projectId, tags]) =>
      refetch(queryClient, tagged([...tags], projectId || undefined)),
    );
    const begun = Date.now();
    await Promise.race([Promise.all(round), wait(ROUND_MS)]);
    const took = Date.now() - begun;
    await wait(Math.max(GAP_MS - took, Math.min(took * REST_FACTOR, MAX_REST_MS)));
    isRefetching = false;
    if (pending.size > 0) schedule();
  };

  return {
    add: (projectId, tag) => {
      if (pending.size === 0) firstPendingAt = Date.now();
      pending.set(projectId, (pending.get(projectId) ?? new Set()).add(tag));
      schedule();
    },
    close: () => {
      isClosed = true;
      clearTimeout(flushTimer);
    },
  };
}

/** Opens the stream and keeps it open. Returns the function that closes it. */
export function connectEvents(
  queryClient: QueryClient,
  open: (url: string) => EventSource = (url) => new EventSource(url),
): () => void {
  const light = makeLane(queryClient);
  const heavy = makeLane(queryClient);
  let source: EventSource;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let wasOpen = false;
  let isGreeted = false;

  const onChange = (event: MessageEvent<string>) => {
    const change = changeSchema.safeParse(parseJson(event.data));
    if (!change.success) return;
    const tag = change.data.tag as Tag;
    for (const one of [tag, ...(ALSO_SHOWN_BY[tag] ?? [])])
      (LIGHT.has(one) ? light : heavy).add(change.data.project_id ?? "", one);
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
    light.close();
    heavy.close();
    clearTimeout(reconnectTimer);
    source.close();
    useConnection.setState({ connection: "connecting" });
  };
}

/** A query's first read is not started again by an invalidation; it may have been answered before the change, so it
 * is followed by a second one. */
async function refetch(queryClient: QueryClient, filters: QueryFilters): Promise<void> {
  const firstReads = queryClient
    .getQueryCache()
    .findAll(filters)
    .filter(({ state }) => state.data === undefined && state.fetchStatus === "fetching");
  await queryClient.invalidateQueries(filters);
  await Promise.all(
    firstReads.map(({ queryKey }) => queryClient.invalidateQueries({ queryKey, exact: true })),
  );
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
