/** The frame of a shot: its first ingredient's picture, or a quiet blank that no one takes for a frame. */
import { Clapperboard } from "lucide-react";
import type { ShotRead } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { AssetThumb } from "./asset-thumb";
import type { AssetMap } from "./project-assets";

export function FrameThumb({
  shot,
  byId,
  className,
}: {
  shot: ShotRead;
  byId: AssetMap;
  className?: string;
}) {
  const first = shot.assigned_ingredients.find((id) => id !== null && byId.has(id));
  const asset = first ? byId.get(first) : undefined;
  if (asset) return <AssetThumb asset={asset} className={cn("rounded-sm", className)} />;
  return (
    <div
      className={cn(
        "flex shrink-0 items-center justify-center rounded-sm border border-dashed text-border",
        className,
      )}
    >
      <Clapperboard className="size-4" aria-hidden />
    </div>
  );
}
