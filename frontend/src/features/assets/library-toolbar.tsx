/** Filters by kind with counts, search, tile size, and adding. */
import { Plus, Search } from "lucide-react";
import { type RefObject, useMemo } from "react";
import type { AssetRead, AssetType } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Slider } from "@/components/ui/slider";
import { Tabs, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { KIND_ORDER, KINDS, toKind } from "@/lib/ingredients";
import { usePreferences } from "@/lib/preferences";
import { cn } from "@/lib/utils";

const ALL = "all";

interface LibraryToolbarProps {
  assets: readonly AssetRead[];
  kind: AssetType | undefined;
  onKind: (kind: AssetType | undefined) => void;
  search: string;
  onSearch: (text: string) => void;
  searchRef: RefObject<HTMLInputElement>;
  onAdd: () => void;
}

export function LibraryToolbar(props: LibraryToolbarProps) {
  const { assets, kind, onKind, search, onSearch, searchRef, onAdd } = props;
  const { tileSize, set } = usePreferences();
  const counts = useMemo(() => {
    const found = new Map<AssetType, number>();
    for (const { type } of assets) found.set(type, (found.get(type) ?? 0) + 1);
    return found;
  }, [assets]);

  return (
    <div className="@container/bar flex shrink-0 items-center gap-2 border-b px-3 max-md:flex-wrap max-md:gap-y-1 max-md:py-1 md:h-11">
      <Tabs
        value={kind ?? ALL}
        onValueChange={(value) => onKind(toKind(value))}
        className="min-w-0 max-md:order-last max-md:-mx-3 max-md:w-screen max-md:overflow-x-auto max-md:px-3"
      >
        <TabsList aria-label="Kind">
          <TabsTrigger value={ALL}>
            All <Count value={assets.length} />
          </TabsTrigger>
          {KIND_ORDER.map((one) => {
            const { plural, icon: Icon, textClass } = KINDS[one];
            return (
              <TabsTrigger key={one} value={one}>
                <Icon className={cn("@max-[1000px]/bar:hidden", textClass)} aria-hidden />
                {plural} <Count value={counts.get(one) ?? 0} />
              </TabsTrigger>
            );
          })}
        </TabsList>
      </Tabs>
      <span className="-ml-2 flex-1 max-md:hidden" />
      <div className="relative w-44 min-w-24 shrink max-md:w-auto max-md:flex-1">
        <Search
          className="pointer-events-none absolute top-1/2 left-2 size-4 -translate-y-1/2 text-faint"
          aria-hidden
        />
        <Input
          ref={searchRef}
          type="search"
          aria-label="Search the library"
          placeholder="Search"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          className="pl-8"
        />
      </div>
      <Slider
        aria-label="Tile size"
        min={112}
        max={240}
        step={16}
        value={[tileSize]}
        onValueChange={([size]) => size !== undefined && set({ tileSize: size })}
        className="w-20 shrink-0 @max-[700px]/bar:hidden"
      />
      <Button onClick={onAdd}>
        <Plus /> Add
        <span className="@max-[800px]/bar:hidden">pictures</span>
      </Button>
    </div>
  );
}

function Count({ value }: { value: number }) {
  return <span className="tabular text-faint">{value}</span>;
}
