/** The tiles; arrow keys move among them. */
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import type { AssetRead } from "@/client/types.gen";
import { usePreferences } from "@/lib/preferences";
import { AssetTile } from "./asset-tile";

interface AssetGridProps {
  assets: readonly AssetRead[];
  selectedId: string | undefined;
  onSelect: (id: string) => void;
}

export const GRID_CLASS =
  "grid grid-cols-[repeat(auto-fill,minmax(var(--tile),1fr))] content-start gap-2 p-3";

export function AssetGrid({ assets, selectedId, onSelect }: AssetGridProps) {
  const tileSize = usePreferences((state) => state.tileSize);
  const grid = useRef<HTMLDivElement>(null);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !grid.current) return;
    const tiles = [...grid.current.querySelectorAll<HTMLButtonElement>("[data-asset]")];
    const at = tiles.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0) return;
    const columns = getComputedStyle(grid.current).gridTemplateColumns.split(" ").length;
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const step = steps[event.key];
    const next = step === undefined ? undefined : tiles[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (selectedId) next.click();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tiles inside take the focus; this hears their arrow keys
    <div
      ref={grid}
      onKeyDown={onKeyDown}
      className={GRID_CLASS}
      style={{ "--tile": `${tileSize}px` } as CSSProperties}
    >
      {assets.map((asset) => (
        <AssetTile
          key={asset.id}
          asset={asset}
          isSelected={asset.id === selectedId}
          onSelect={() => onSelect(asset.id)}
        />
      ))}
    </div>
  );
}
