/** The attributes of an ingredient, such as hair: blue; edited in place. */
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { AssetRead, AssetUpdate } from "@/client/types.gen";
import { InlineName } from "@/components/inline-name";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { attributesOf } from "./metadata";

interface AttributeListProps {
  asset: AssetRead;
  /** Only what changed; null removes a key. */
  onChange: (change: NonNullable<AssetUpdate["metadata"]>) => void;
}

export function AttributeList({ asset, onChange }: AttributeListProps) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const attributes = attributesOf(asset);

  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!key.trim() || !value.trim()) return;
    onChange({ [key.trim()]: value.trim() });
    setKey("");
    setValue("");
  };

  return (
    <section aria-label="Attributes" className="grid gap-1">
      <h3 className="font-medium text-meta text-muted-foreground">Attributes</h3>
      {attributes.map(([name, text]) => (
        <div key={name} className="grid grid-cols-[6.5rem_1fr_auto] items-center gap-1">
          <span className="truncate text-muted-foreground" title={name}>
            {name}
          </span>
          <InlineName
            value={text}
            label={`Value of ${name}`}
            maxLength={2000}
            className="font-normal"
            onSave={(next) => onChange({ [name]: next })}
          />
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={`Remove ${name}`}
            onClick={() => onChange({ [name]: null })}
          >
            <X />
          </Button>
        </div>
      ))}
      <form onSubmit={add} className="grid grid-cols-[6.5rem_1fr_auto] gap-1">
        <Input
          aria-label="Name of a new attribute"
          placeholder="hair"
          maxLength={60}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <Input
          aria-label="Value of the new attribute"
          placeholder="grey, tied back"
          maxLength={2000}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <Button type="submit" variant="outline" disabled={!key.trim() || !value.trim()}>
          Add
        </Button>
      </form>
    </section>
  );
}
