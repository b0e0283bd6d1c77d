/** What follows the pointer during a drag. */
import { DragOverlay, useDndContext } from "@dnd-kit/core";
import type { ShotRead } from "@/client/types.gen";
import { KINDS } from "@/lib/ingredients";
import { cn } from "@/lib/utils";
import { AssetThumb } from "./asset-thumb";
import type { Dragged } from "./drag-data";
import { useWorkspace } from "./workspace-context";

const BACK_MS = 150;

export function DragGhost({ find }: { find: (shotId: string) => ShotRead | undefined }) {
  const { active } = useDndContext();
  const { byId } = useWorkspace();
  const dragged = active?.data.current as Dragged | undefined;
  const shot = dragged?.type === "shot" ? find(dragged.shotId) : undefined;
  const asset = dragged && dragged.type !== "shot" ? byId.get(dragged.assetId) : undefined;

  return (
    <DragOverlay dropAnimation={{ duration: BACK_MS }} zIndex={70}>
      {shot && (
        <div className="flex h-9 w-72 items-center gap-2 rounded-md bg-raised px-3 opacity-90 shadow-raised">
          <span className="font-semibold">{shot.number}</span>
          <span className="truncate">{shot.description}</span>
        </div>
      )}
      {asset && (
        <div
          className={cn(
            "flex w-fit max-w-56 rotate-2 items-center gap-2 rounded-md border-2 bg-raised pr-3 opacity-90 shadow-raised",
            KINDS[asset.type].edgeClass,
          )}
        >
          <AssetThumb asset={asset} className="size-9 rounded-l-sm" />
          <span className="truncate font-medium">{asset.name}</span>
        </div>
      )}
    </DragOverlay>
  );
}
