/** One ingredient in the grid: its picture, its name, its kind and how many shots use it. */
import type { AssetRead } from "@/client/types.gen";
import { Picture } from "@/components/picture";
import { plural } from "@/lib/format";
import { KINDS } from "@/lib/ingredients";
import { cn } from "@/lib/utils";

interface AssetTileProps {
  asset: AssetRead;
  isSelected: boolean;
  onSelect: () => void;
}

export function AssetTile({ asset, isSelected, onSelect }: AssetTileProps) {
  const { label, icon: Icon, textClass } = KINDS[asset.type];
  return (
    <button
      type="button"
      data-asset={asset.id}
      aria-pressed={isSelected}
      onClick={onSelect}
      className={cn(
        "flex min-w-0 flex-col overflow-hidden rounded-md border text-left hover:bg-hover",
        isSelected ? "border-primary bg-selected ring-1 ring-primary hover:bg-selected" : "bg-surface",
      )}
    >
      <Picture sources={[asset.thumbnail_url, asset.url]} alt="" className="aspect-4/3 w-full" />
      <span className="w-full px-2 py-1">
        <span className="block truncate font-medium" title={asset.name}>
          {asset.name}
        </span>
        <span className="flex items-center gap-1 text-meta text-muted-foreground">
          <Icon className={cn("size-3.5 shrink-0", textClass)} aria-hidden />
          <span className="flex-1 truncate">{label}</span>
          {asset.shot_count > 0 && <span className="tabular">{plural(asset.shot_count, "shot")}</span>}
        </span>
      </span>
    </button>
  );
}
