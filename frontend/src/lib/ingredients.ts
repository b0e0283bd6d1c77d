/** The kinds of ingredient as people call them, and the one query for a project's whole library. */
import { queryOptions } from "@tanstack/react-query";
import { type LucideIcon, MapPin, Package, Palette, UserRound } from "lucide-react";
import { listAssetsQueryKey } from "@/client/@tanstack/react-query.gen";
import { listAssets } from "@/client/sdk.gen";
import type { AssetPage, AssetRead, AssetType } from "@/client/types.gen";
import { parseTime } from "./format";

interface Kind {
  label: string;
  plural: string;
  icon: LucideIcon;
  /** Text in the kind's colour, for icons and mentions. */
  textClass: string;
  /** An edge in the kind's colour, for slots. */
  edgeClass: string;
}

export const KINDS: Record<AssetType, Kind> = {
  Character: {
    label: "Character",
    plural: "Characters",
    icon: UserRound,
    textClass: "text-kind-character",
    edgeClass: "border-kind-character",
  },
  Location: {
    label: "Location",
    plural: "Locations",
    icon: MapPin,
    textClass: "text-kind-location",
    edgeClass: "border-kind-location",
  },
  Object: {
    label: "Prop",
    plural: "Props",
    icon: Package,
    textClass: "text-kind-prop",
    edgeClass: "border-kind-prop",
  },
  Style: {
    label: "Style",
    plural: "Styles",
    icon: Palette,
    textClass: "text-kind-style",
    edgeClass: "border-kind-style",
  },
};

export const KIND_ORDER: readonly AssetType[] = ["Character", "Location", "Object", "Style"];

export function toKind(value: string | null | undefined): AssetType | undefined {
  return KIND_ORDER.find((kind) => kind === value);
}

const PAGE = 500;
const THUMBNAIL_POLL_MS = 4_000;
/** After this a missing thumbnail is not coming soon, and asking for it stops. */
const THUMBNAIL_WAIT_MS = 2 * 60_000;

export function libraryQueryKey(projectId: string) {
  return listAssetsQueryKey({ query: { project_id: projectId, limit: PAGE } });
}

/** All ingredients of a project, oldest first, however many pages the server makes of them. */
export function libraryOptions(projectId: string) {
  return queryOptions({
    queryKey: libraryQueryKey(projectId),
    queryFn: async ({ signal }): Promise<AssetPage> => {
      const items: AssetRead[] = [];
      for (;;) {
        const query = { project_id: projectId, limit: PAGE, offset: items.length };
        const { data } = await listAssets({ query, signal, throwOnError: true });
        items.push(...data.items);
        if (items.length >= data.total || data.items.length === 0) return { ...data, items, offset: 0 };
      }
    },
    // An event says when a thumbnail is ready; this is for when events do not arrive.
    refetchInterval: ({ state }) => (state.data?.items.some(awaitsThumbnail) ? THUMBNAIL_POLL_MS : false),
  });
}

function awaitsThumbnail(asset: AssetRead): boolean {
  return (
    asset.thumbnail_url === null && Date.now() - parseTime(asset.created_at).getTime() < THUMBNAIL_WAIT_MS
  );
}
