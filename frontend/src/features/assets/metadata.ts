/** Reads the free metadata of an ingredient: its caption, and its attributes. */
import type { AssetRead } from "@/client/types.gen";

/** Written by the server, shown elsewhere. */
const NOT_ATTRIBUTES = new Set([
  "caption",
  "mime_type",
  "width",
  "height",
  "size_bytes",
  "original_filename",
]);

export function captionOf({ metadata }: AssetRead): string {
  return typeof metadata.caption === "string" ? metadata.caption : "";
}

/** Its other keys with a plain value, for example hair: blue. */
export function attributesOf({ metadata }: AssetRead): [key: string, value: string][] {
  return Object.entries(metadata)
    .filter(([key, value]) => !NOT_ATTRIBUTES.has(key) && /string|number|boolean/.test(typeof value))
    .map(([key, value]) => [key, String(value)]);
}
