/** The ingredients of a project, by id: what the slots show. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AssetRead } from "@/client/types.gen";
import { libraryOptions } from "@/lib/ingredients";

export type AssetMap = ReadonlyMap<string, AssetRead>;
const NONE: AssetRead[] = [];

export function useProjectAssets(projectId: string): {
  assets: AssetRead[];
  byId: AssetMap;
  isLoading: boolean;
} {
  const { data, isLoading } = useQuery(libraryOptions(projectId));
  const assets = data?.items ?? NONE;
  const byId = useMemo(() => new Map(assets.map((asset) => [asset.id, asset])), [assets]);
  return { assets, byId, isLoading };
}
