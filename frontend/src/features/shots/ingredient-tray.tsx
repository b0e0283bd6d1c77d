/** The project's ingredients under the slots: search, kinds, drag from here. */
import { Images } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { toast } from "sonner";
import type { AssetType, ShotRead } from "@/client/types.gen";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { KIND_ORDER, KINDS } from "@/lib/ingredients";
import { IngredientChip } from "./ingredient-chip";
import { useProjectAssets } from "./project-assets";
import { fillNext } from "./slots";
import { useWorkspace } from "./workspace-context";

const SEARCH_FROM = 7;

export function IngredientTray({ shot }: { shot: ShotRead }) {
  const { projectId, libraryPath, shotActions } = useWorkspace();
  const { assets, isLoading } = useProjectAssets(projectId);
  const [text, setText] = useState("");
  const [kind, setKind] = useState<AssetType | "">("");
  const words = text.trim().toLowerCase();
  const shown = assets
    .filter((asset) => (kind === "" || asset.type === kind) && asset.name.toLowerCase().includes(words))
    .sort((a, b) => KIND_ORDER.indexOf(a.type) - KIND_ORDER.indexOf(b.type));

  const use = (assetId: string) => {
    const verdict = fillNext(shot.assigned_ingredients, assetId);
    if ("refused" in verdict) toast(verdict.refused, { id: "refused" });
    else shotActions.update(shot.id, { assigned_ingredients: verdict.slots });
  };

  if (isLoading) return null;
  if (assets.length === 0) {
    return (
      <p className="flex items-center gap-2 text-muted-foreground">
        <Images className="size-4 shrink-0 text-faint" aria-hidden />
        <span className="flex-1">The library is empty: characters, places and props go into the slots.</span>
        <Button asChild variant="outline">
          <Link to={libraryPath}>Open library</Link>
        </Button>
      </p>
    );
  }
  return (
    <section aria-label="Ingredients" className="grid gap-1.5">
      {assets.length >= SEARCH_FROM && (
        <div className="flex gap-2">
          <Input
            type="search"
            aria-label="Search the ingredients"
            placeholder="Search ingredients"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-7 min-w-0 flex-1 max-md:h-11"
          />
          <ToggleGroup
            type="single"
            aria-label="Kind"
            value={kind}
            onValueChange={(value) => setKind(KIND_ORDER.find((one) => one === value) ?? "")}
          >
            {KIND_ORDER.map((type) => {
              const Icon = KINDS[type].icon;
              return (
                <Tip key={type} text={KINDS[type].label}>
                  <span>
                    <ToggleGroupItem value={type} aria-label={KINDS[type].label} className="min-w-7 px-1">
                      <Icon />
                    </ToggleGroupItem>
                  </span>
                </Tip>
              );
            })}
          </ToggleGroup>
        </div>
      )}
      <div className="flex max-h-[68px] flex-wrap gap-1 overflow-y-auto max-md:max-h-24">
        {shown.map((asset) => {
          const at = shot.assigned_ingredients.indexOf(asset.id);
          return (
            <IngredientChip
              key={asset.id}
              asset={asset}
              slot={at >= 0 ? at + 1 : null}
              onUse={() => use(asset.id)}
            />
          );
        })}
        {shown.length === 0 && (
          <p className="py-1 text-muted-foreground">No ingredient has this name and kind.</p>
        )}
      </div>
    </section>
  );
}
