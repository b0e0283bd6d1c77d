/** The queue of uploads: three at a time, each with its progress and, if it fails, its own problem. */
import { createStore } from "zustand/vanilla";
import type { AssetRead, AssetType } from "@/client/types.gen";
import { type AppProblem, toProblem } from "@/lib/problem";
import { guessFromFileName } from "./guess-kind";

const AT_A_TIME = 3;

export type UploadStatus = "needs-kind" | "queued" | "uploading" | "done" | "failed";

export interface Upload {
  id: string;
  projectId: string;
  file: File;
  name: string;
  kind: AssetType | undefined;
  status: UploadStatus;
  /** 0 to 100. */
  progress: number;
  problem?: AppProblem;
  assetId?: string;
}

interface SendOptions {
  onProgress: (percent: number) => void;
  signal: AbortSignal;
}

/** The two requests the queue makes; handed in, so that the queue knows no HTTP. */
export interface UploadApi {
  send: (upload: Upload & { kind: AssetType }, options: SendOptions) => Promise<AssetRead>;
  retype: (assetId: string, kind: AssetType) => void;
}

interface UploadState {
  uploads: readonly Upload[];
  /** `kind` is for files whose name says none; without it they wait for a choice. */
  add: (projectId: string, files: readonly File[], kind: AssetType | undefined) => void;
  /** Puts a file that was refused before it was sent on the list, with the reason. */
  refuse: (projectId: string, file: File, problem: AppProblem) => void;
  /** Before, during or after the upload. */
  setKind: (id: string, kind: AssetType) => void;
  retry: (id: string) => void;
  /** Cancels it if it is under way. */
  dismiss: (id: string) => void;
  clearDone: () => void;
}

export type UploadStore = ReturnType<typeof createUploadStore>;

export function createUploadStore(api: UploadApi) {
  const running = new Map<string, AbortController>();
  let count = 0;

  return createStore<UploadState>((set, get) => {
    const find = (id: string) => get().uploads.find((one) => one.id === id);
    const change = (id: string, part: Partial<Upload>) =>
      set(({ uploads }) => ({ uploads: uploads.map((one) => (one.id === id ? { ...one, ...part } : one)) }));

    const run = async (upload: Upload, kind: AssetType) => {
      const controller = new AbortController();
      running.set(upload.id, controller);
      change(upload.id, { status: "uploading", progress: 0, problem: undefined });
      try {
        const asset = await api.send(
          { ...upload, kind },
          { signal: controller.signal, onProgress: (progress) => change(upload.id, { progress }) },
        );
        change(upload.id, { status: "done", progress: 100, assetId: asset.id });
        const chosen = find(upload.id)?.kind;
        if (chosen && chosen !== kind) api.retype(asset.id, chosen);
      } catch (error) {
        change(upload.id, { status: "failed", problem: toProblem(error) });
      } finally {
        running.delete(upload.id);
        pump();
      }
    };

    const pump = () => {
      for (const upload of get().uploads) {
        if (running.size >= AT_A_TIME) return;
        if (upload.status === "queued" && upload.kind) void run(upload, upload.kind);
      }
    };

    const create = (projectId: string, file: File, fallback: AssetType | undefined): Upload => {
      const { kind = fallback, name } = guessFromFileName(file.name);
      count += 1;
      return {
        id: `upload-${count}`,
        projectId,
        file,
        name,
        kind,
        status: kind ? "queued" : "needs-kind",
        progress: 0,
      };
    };

    return {
      uploads: [],
      add: (projectId, files, kind) => {
        const added = files.map((file) => create(projectId, file, kind));
        set(({ uploads }) => ({ uploads: [...uploads, ...added] }));
        pump();
      },
      refuse: (projectId, file, problem) => {
        const refused: Upload = { ...create(projectId, file, undefined), status: "failed", problem };
        set(({ uploads }) => ({ uploads: [...uploads, refused] }));
      },
      setKind: (id, kind) => {
        const upload = find(id);
        if (!upload) return;
        change(id, { kind, status: upload.status === "needs-kind" ? "queued" : upload.status });
        if (upload.status === "done" && upload.assetId) api.retype(upload.assetId, kind);
        pump();
      },
      retry: (id) => {
        const upload = find(id);
        if (upload?.status !== "failed") return;
        change(id, { status: upload.kind ? "queued" : "needs-kind", progress: 0, problem: undefined });
        pump();
      },
      dismiss: (id) => {
        running.get(id)?.abort();
        set(({ uploads }) => ({ uploads: uploads.filter((one) => one.id !== id) }));
      },
      clearDone: () => set(({ uploads }) => ({ uploads: uploads.filter((one) => one.status !== "done") })),
    };
  });
}
