/** Changing and deleting ingredients, painted at once and taken back when the server refuses. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";
import { deleteAssetMutation, updateAssetMutation } from "@/client/@tanstack/react-query.gen";
import { deleteAsset } from "@/client/sdk.gen";
import type { AssetPage, AssetRead, AssetUpdate } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { libraryQueryKey } from "@/lib/ingredients";
import { patch, removeItem, replaceItem, useOptimisticMutation } from "@/lib/optimistic";
import { tagged } from "@/lib/query";
import { toastUndo } from "@/lib/toast";

interface HiddenStore {
  /** Deleted on screen; on the server only when the time to undo is over. */
  hidden: ReadonlySet<string>;
}

export const useHiddenAssets = create<HiddenStore>(() => ({ hidden: new Set() }));

function setHidden(id: string, isHidden: boolean): void {
  useHiddenAssets.setState(({ hidden }) => {
    const next = new Set(hidden);
    if (isHidden) next.add(id);
    else next.delete(id);
    return { hidden: next };
  });
}

function merged(asset: AssetRead, { name, type, metadata }: AssetUpdate): Partial<AssetRead> {
  const entries = Object.entries({ ...asset.metadata, ...metadata }).filter(([, value]) => value !== null);
  return {
    ...(name != null && { name }),
    ...(type != null && { type }),
    ...(metadata != null && { metadata: Object.fromEntries(entries) }),
  };
}

export function useAssetActions(projectId: string) {
  const queryClient = useQueryClient();
  const filters = { queryKey: libraryQueryKey(projectId) };

  const update = useOptimisticMutation({
    mutation: updateAssetMutation(),
    patches: ({ path, body }) => [
      patch<AssetPage>(filters, (page) => {
        const asset = page.items.find((one) => one.id === path.asset_id);
        return asset ? replaceItem(page, asset.id, merged(asset, body)) : page;
      }),
    ],
    doing: ({ body }) =>
      body.name ? `rename it to “${body.name}”` : body.type ? "change its kind" : "save the description",
    invalidates: [tagged("shots", projectId)],
  });

  const remove = useOptimisticMutation({
    mutation: deleteAssetMutation(),
    patches: ({ path }) => [patch<AssetPage>(filters, (page) => removeItem(page, path.asset_id))],
    doing: () => "delete the ingredient",
    invalidates: [tagged(["projects", "shots"], projectId)],
  });

  useEffect(() => {
    // Leaving the page ends the time to undo.
    const flush = () => {
      for (const asset_id of useHiddenAssets.getState().hidden) {
        void deleteAsset({ path: { asset_id }, adapter: "fetch", fetchOptions: { keepalive: true } });
      }
    };
    window.addEventListener("pagehide", flush);
    return () => window.removeEventListener("pagehide", flush);
  }, []);

  return {
    update: (asset: AssetRead, body: AssetUpdate) => update.mutate({ path: { asset_id: asset.id }, body }),
    remove: (asset: AssetRead) => {
      setHidden(asset.id, true);
      const uses = asset.shot_count;
      toastUndo(
        uses > 0
          ? `Deleted “${asset.name}”. ${plural(uses, "slot")} will be empty.`
          : `Deleted “${asset.name}”.`,
        () => setHidden(asset.id, false),
        () => {
          // Out of the cache first, so that it does not flash back when it is no longer hidden.
          remove.mutate({ path: { asset_id: asset.id } }, { onSettled: () => setHidden(asset.id, false) });
        },
      );
      void queryClient.cancelQueries(filters);
    },
  };
}
