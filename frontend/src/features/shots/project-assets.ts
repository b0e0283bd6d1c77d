/** The ingredients of a project, by id: what the slots show. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { listAssetsQueryKey } from "@/client/@tanstack/react-query.gen";
import { listAssets } from "@/client/sdk.gen";
import type { AssetRead } from "@/client/types.gen";

const PAGE = 500;

function projectAssetsOptions(projectId: string) {
  const [key] = listAssetsQueryKey({ query: { project_id: projectId } });
  return queryOptions({
    queryKey: [{ ...key, _id: "allProjectAssets" }] as const,
    queryFn: async ({ signal }): Promise<AssetRead[]> => {
      const assets: AssetRead[] = [];
      for (let total = 1; assets.length < total; ) {
        const { data } = await listAssets({
          query: { project_id: projectId, limit: PAGE, offset: assets.length },
          signal,
          throwOnError: true,
        });
        total = data.items.length > 0 ? data.total : 0;
        assets.push(...data.items);
      }
      return assets;
    },
  });
}

export type AssetMap = ReadonlyMap<string, AssetRead>;
const NONE: AssetRead[] = [];

export function useProjectAssets(projectId: string): {
  assets: AssetRead[];
  byId: AssetMap;
  isLoading: boolean;
} {
  const { data = NONE, isLoading } = useQuery(projectAssetsOptions(projectId));
  const byId = useMemo(() => new Map(data.map((asset) => [asset.id, asset])), [data]);
  return { assets: data, byId, isLoading };
}
