/** One ingredient: its picture, its name and kind, what it looks like in words, and where it is used. */
import { Trash2 } from "lucide-react";
import { useId } from "react";
import type { AssetRead, AssetUpdate } from "@/client/types.gen";
import { AutosaveTextarea } from "@/components/autosave-textarea";
import { InlineName } from "@/components/inline-name";
import { KindSelect } from "@/components/kind-select";
import { Picture } from "@/components/picture";
import { Button } from "@/components/ui/button";
import { Label } from "@/components/ui/label";
import { formatBytes, formatWhen, parseTime, plural } from "@/lib/format";
import { AttributeList } from "./attribute-list";
import { captionOf } from "./metadata";

interface AssetInspectorProps {
  asset: AssetRead;
  onUpdate: (change: AssetUpdate) => void;
  onDelete: () => void;
}

const MAX_CAPTION = 2000;

export function AssetInspector({ asset, onUpdate, onDelete }: AssetInspectorProps) {
  const id = useId();
  const isTall = asset.height > asset.width;
  return (
    <div className="grid gap-4 p-3">
      <a
        href={asset.url}
        target="_blank"
        rel="noreferrer"
        className="block rounded-md"
        title="Open in full size"
      >
        <Picture
          key={asset.id}
          sources={[asset.url, asset.thumbnail_url]}
          alt={`Picture of ${asset.name}`}
          fit="contain"
          className={isTall ? "h-80 w-full rounded-md" : "aspect-4/3 w-full rounded-md"}
        />
      </a>
      <div className="grid grid-cols-[1fr_9rem] gap-2">
        <div className="grid gap-1">
          <Label>Name</Label>
          <InlineName
            key={asset.id}
            value={asset.name}
            label="Name of the ingredient"
            onSave={(name) => onUpdate({ name })}
          />
        </div>
        <div className="grid gap-1">
          <Label htmlFor={`${id}-kind`}>Kind</Label>
          <KindSelect
            id={`${id}-kind`}
            label="Kind"
            value={asset.type}
            onChange={(type) => onUpdate({ type })}
          />
        </div>
      </div>
      <div className="grid gap-1">
        <Label htmlFor={`${id}-caption`}>Description</Label>
        <AutosaveTextarea
          key={asset.id}
          id={`${id}-caption`}
          value={captionOf(asset)}
          maxLength={MAX_CAPTION}
          placeholder="What it looks like, in one or two sentences"
          aria-describedby={`${id}-caption-note`}
          onSave={(text) => onUpdate({ metadata: { caption: text.trim() || null } })}
        />
        <p id={`${id}-caption-note`} className="text-faint text-meta">
          These words go into the prompt of every shot that uses it.
        </p>
      </div>
      <AttributeList
        key={`${asset.id}-attributes`}
        asset={asset}
        onChange={(metadata) => onUpdate({ metadata })}
      />
      <dl className="tabular grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-muted-foreground">
        <dt className="text-faint">Used in</dt>
        <dd>{asset.shot_count > 0 ? plural(asset.shot_count, "shot") : "no shot yet"}</dd>
        <dt className="text-faint">Picture</dt>
        <dd>
          {asset.width} × {asset.height} · {asset.mime_type.replace("image/", "").toUpperCase()} ·{" "}
          {formatBytes(asset.size_bytes)}
        </dd>
        <dt className="text-faint">Added</dt>
        <dd>{formatWhen(parseTime(asset.created_at))}</dd>
      </dl>
      <Button variant="ghost" className="w-fit text-destructive" onClick={onDelete}>
        <Trash2 /> Delete
      </Button>
    </div>
  );
}
