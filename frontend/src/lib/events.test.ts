import { type QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  getProjectQueryKey,
  listAssetsQueryKey,
  listJobsQueryKey,
  listProjectShotsQueryKey,
  listProjectsQueryKey,
} from "@/client/@tanstack/react-query.gen";
import { testQueryClient } from "@/testing/render";
import { connectEvents, useConnection } from "./events";

class FakeSource extends EventTarget {
  static readonly all: FakeSource[] = [];
  readonly CLOSED = 2;
  readyState = 1;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    FakeSource.all.push(this);
  }
  close() {
    this.readyState = this.CLOSED;
  }
  say(change: unknown) {
    const data = typeof change === "string" ? change : JSON.stringify(change);
    this.dispatchEvent(new MessageEvent("change", { data }));
  }
}

const mine = listAssetsQueryKey({ query: { project_id: "mine" } });
const other = listAssetsQueryKey({ query: { project_id: "other" } });
let client: QueryClient;
const observe = (queryKey: readonly unknown[], queryFn: () => Promise<unknown>) =>
  new QueryObserver(client, { queryKey, queryFn: async () => (await queryFn()) ?? null }).subscribe(() => {});
let disconnect: () => void;

const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
const source = () => FakeSource.all.at(-1) as FakeSource;

beforeEach(() => {
  vi.useFakeTimers();
  client = testQueryClient();
  client.setDefaultOptions({ queries: { gcTime: Number.POSITIVE_INFINITY } });
  for (const key of [
    mine,
    other,
    listProjectsQueryKey(),
    getProjectQueryKey({ path: { project_id: "mine" } }),
  ]) {
    client.setQueryData(key, {});
  }
  disconnect = connectEvents(client, () => new FakeSource() as unknown as EventSource);
});
afterEach(() => {
  disconnect();
  FakeSource.all.length = 0;
  client.clear();
  vi.useRealTimers();
});

it("a change makes the queries with its tag stale, of that project only", () => {
  source().say({ tag: "assets", project_id: "mine", id: null });
  vi.advanceTimersByTime(200);
  expect(isStale(mine)).toBe(true);
  expect(isStale(other)).toBe(false);
});

it("a new ingredient also makes the counts of its project stale", () => {
  source().say({ tag: "assets", project_id: "mine", id: "a" });
  vi.advanceTimersByTime(200);
  expect(isStale(listProjectsQueryKey())).toBe(true);
  expect(isStale(getProjectQueryKey({ path: { project_id: "mine" } }))).toBe(true);
});

it("a burst of events is one invalidation", () => {
  const invalidate = vi.spyOn(client, "invalidateQueries");
  for (let count = 0; count < 50; count++) source().say({ tag: "shots", project_id: "mine", id: `${count}` });
  vi.advanceTimersByTime(200);
  expect(invalidate).toHaveBeenCalledTimes(1);
});

it("a stream of events is a refetch now and then, each allowed to end and followed by a rest three times as long", async () => {
  let running = 0;
  let most = 0;
  const invalidate = vi.spyOn(client, "invalidateQueries").mockImplementation(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 700));
    running -= 1;
  });
  for (let at = 0; at < 12_000; at += 50) {
    source().say({ tag: "shots", project_id: "mine", id: `${at}` });
    source().say({ tag: "scenes", project_id: "mine", id: `${at}` });
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(most).toBe(1);
  expect(invalidate.mock.calls.length).toBeGreaterThan(2);
  expect(invalidate.mock.calls.length).toBeLessThan(7);
  await vi.advanceTimersByTimeAsync(3_000);
});

it("a run's progress is read again at once while a long round of shots is under way", async () => {
  const rounds: string[] = [];
  const jobs = listJobsQueryKey({ query: { project_id: "mine" } });
  const shots = listProjectShotsQueryKey({ path: { project_id: "mine" } });
  const stops = [
    observe(jobs, async () => rounds.push("jobs")),
    observe(shots, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      rounds.push("shots");
    }),
  ];
  await vi.advanceTimersByTimeAsync(6_000);
  rounds.length = 0;
  source().say({ tag: "shots", project_id: "mine" });
  await vi.advanceTimersByTimeAsync(1_000);
  source().say({ tag: "jobs", project_id: "mine" });
  await vi.advanceTimersByTimeAsync(500);
  expect(rounds).toEqual(["jobs"]);
  source().say({ tag: "jobs", project_id: "mine" });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(rounds).toEqual(["jobs", "jobs", "shots"]);
  for (const stop of stops) stop();
});

it("waits while something is being saved", async () => {
  let finish = () => {};
  const saved = client
    .getMutationCache()
    .build(client, { mutationFn: () => new Promise<void>((resolve) => (finish = resolve)) })
    .execute(undefined);
  await vi.advanceTimersByTimeAsync(0);
  source().say({ tag: "assets", project_id: "mine", id: null });
  await vi.advanceTimersByTimeAsync(500);
  expect(isStale(mine)).toBe(false);
  finish();
  await saved;
  await vi.advanceTimersByTimeAsync(200);
  expect(isStale(mine)).toBe(true);
});

it("after a reconnect everything is stale", () => {
  source().onopen?.();
  expect(isStale(mine)).toBe(false);
  source().onerror?.();
  expect(useConnection.getState().connection).toBe("lost");
  source().onopen?.();
  expect(isStale(mine)).toBe(true);
  expect(isStale(other)).toBe(true);
});

it("a reset in the middle makes everything stale, the one at the start nothing", () => {
  source().onopen?.();
  source().dispatchEvent(new MessageEvent("reset", { data: "{}" }));
  expect(isStale(mine)).toBe(false);
  source().dispatchEvent(new MessageEvent("reset", { data: "{}" }));
  expect(isStale(mine)).toBe(true);
});

it("opens a new stream when the server closed the old one for good", () => {
  source().close();
  source().onerror?.();
  vi.advanceTimersByTime(1_500);
  expect(FakeSource.all).toHaveLength(2);
  expect(source().readyState).toBe(1);
});

it("an event that is not understood is passed over", () => {
  source().say("no json");
  source().say({ what: "else" });
  vi.advanceTimersByTime(200);
  expect(isStale(mine)).toBe(false);
});

it("a first read that was under way when the change came is read again", async () => {
  const answers = ["before", "after"];
  const read = vi.fn(async () => {
    const answer = answers.shift();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return answer;
  });
  const key = [{ _id: "getScript", tags: ["scripts"] }];
  const stop = new QueryObserver(client, { queryKey: key, queryFn: read }).subscribe(() => {});
  source().say({ tag: "scripts", project_id: null });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(client.getQueryData(key)).toBe("after");
  stop();
});
