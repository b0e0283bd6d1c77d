/** The tab's upload queue, sending through the API client; it goes on while another screen is open. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useStore } from "zustand";
import { updateAsset, uploadAsset } from "@/client/sdk.gen";
import { libraryQueryKey } from "@/lib/ingredients";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";
import { createUploadStore, type UploadStore } from "./upload-store";

const stores = new WeakMap<QueryClient, UploadStore>();

function storeFor(queryClient: QueryClient): UploadStore {
  const known = stores.get(queryClient);
  if (known) return known;
  const store = createUploadStore({
    send: async ({ file, projectId, kind, name }, { onProgress, signal }) => {
      const { data } = await uploadAsset({
        body: { file, project_id: projectId, type: kind, name },
        signal,
        onUploadProgress: ({ progress = 0 }) => onProgress(Math.round(progress * 100)),
        throwOnError: true,
      });
      void queryClient.invalidateQueries({ queryKey: libraryQueryKey(projectId) });
      void queryClient.invalidateQueries(tagged("projects"));
      return data;
    },
    retype: (assetId, kind) => {
      updateAsset({ path: { asset_id: assetId }, body: { type: kind }, throwOnError: true })
        .then(() => queryClient.invalidateQueries(tagged("assets")))
        .catch((error: unknown) => toastProblem(error, "Could not change the kind."));
    },
  });
  stores.set(queryClient, store);
  return store;
}

export function useUploads() {
  return useStore(storeFor(useQueryClient()));
}
