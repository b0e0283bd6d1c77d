import { AxiosError } from "axios";
import { beforeEach, expect, it, vi } from "vitest";
import type { AssetRead } from "@/client/types.gen";
import { createUploadStore, type UploadApi, type UploadStore } from "./upload-store";

interface Sent {
  name: string;
  kind: string;
  progress: (percent: number) => void;
  signal: AbortSignal;
  succeed: () => void;
  fail: () => void;
}

let sent: Sent[];
let store: UploadStore;
const retype = vi.fn<UploadApi["retype"]>();

const png = (name: string) => new File(["x"], name, { type: "image/png" });
const states = () => store.getState().uploads.map(({ status }) => status);
const first = () => store.getState().uploads[0];
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  sent = [];
  retype.mockClear();
  store = createUploadStore({
    send: ({ name, kind }, { onProgress, signal }) =>
      new Promise((resolve, reject) => {
        sent.push({
          name,
          kind,
          progress: onProgress,
          signal,
          succeed: () => resolve({ id: `asset-${name}` } as AssetRead),
          fail: () => reject(new AxiosError("Network Error", "ERR_NETWORK")),
        });
      }),
    retype,
  });
});

it("takes the kind from the file name before the filter's", () => {
  store.getState().add("p", [png("location-cave.png"), png("Mara.png")], "Character");
  expect(sent.map(({ name, kind }) => [name, kind])).toEqual([
    ["Cave", "Location"],
    ["Mara", "Character"],
  ]);
});

it("a file without a kind waits, and goes when it gets one", () => {
  store.getState().add("p", [png("IMG_1.png")], undefined);
  expect(states()).toEqual(["needs-kind"]);
  store.getState().setKind(first()?.id ?? "", "Style");
  expect(states()).toEqual(["uploading"]);
  expect(sent[0]?.kind).toBe("Style");
});

it("sends three at a time", async () => {
  store.getState().add(
    "p",
    ["a", "b", "c", "d"].map((name) => png(`${name}.png`)),
    "Object",
  );
  expect(states()).toEqual(["uploading", "uploading", "uploading", "queued"]);
  sent[1]?.succeed();
  await settled();
  expect(states()).toEqual(["uploading", "done", "uploading", "uploading"]);
});

it("each file has its own progress", () => {
  store.getState().add("p", [png("a.png"), png("b.png")], "Object");
  sent[0]?.progress(40);
  sent[1]?.progress(70);
  expect(store.getState().uploads.map(({ progress }) => progress)).toEqual([40, 70]);
});

it("one failure keeps its reason, lets the others go on, and can be tried again", async () => {
  store.getState().add("p", [png("a.png"), png("b.png")], "Object");
  sent[0]?.fail();
  sent[1]?.succeed();
  await settled();
  expect(states()).toEqual(["failed", "done"]);
  expect(first()?.problem?.code).toBe("network.unreachable");
  store.getState().retry(first()?.id ?? "");
  expect(states()).toEqual(["uploading", "done"]);
  expect(first()?.problem).toBeUndefined();
});

it("a kind changed during the upload is put right afterwards", async () => {
  store.getState().add("p", [png("a.png")], "Object");
  store.getState().setKind(first()?.id ?? "", "Style");
  expect(retype).not.toHaveBeenCalled();
  sent[0]?.succeed();
  await settled();
  expect(retype).toHaveBeenCalledExactlyOnceWith("asset-A", "Style");
});

it("a kind changed after the upload changes the ingredient", async () => {
  store.getState().add("p", [png("a.png")], "Object");
  sent[0]?.succeed();
  await settled();
  store.getState().setKind(first()?.id ?? "", "Location");
  expect(retype).toHaveBeenCalledExactlyOnceWith("asset-A", "Location");
});

it("dismissing an upload under way cancels it", () => {
  store.getState().add("p", [png("a.png")], "Object");
  store.getState().dismiss(first()?.id ?? "");
  expect(sent[0]?.signal.aborted).toBe(true);
  expect(states()).toEqual([]);
});

it("clearing leaves problems and waiting files", async () => {
  store.getState().add("p", [png("a.png"), png("b.png")], "Object");
  store.getState().add("p", [png("IMG_1.png")], undefined);
  sent[0]?.succeed();
  sent[1]?.fail();
  await settled();
  store.getState().clearDone();
  expect(states()).toEqual(["failed", "needs-kind"]);
});
