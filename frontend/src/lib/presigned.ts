/** Keeps one presigned address per picture, because a new signature makes the browser load it again. */

/** The server signs for an hour; after this much of it a fresh address is taken. */
const KEEP_MS = 45 * 60_000;
const kept = new Map<string, { url: string; at: number }>();

/** The address to show for a freshly presigned `url`: an earlier one of the same object while it is good. */
export function stableUrl(url: string, now: number = Date.now()): string {
  const object = url.split("?", 1)[0] ?? url;
  const known = kept.get(object);
  if (known && now - known.at < KEEP_MS) return known.url;
  kept.set(object, { url, at: now });
  return url;
}

/** Forgets an address that did not load, so that the next one is used. */
export function forgetUrl(url: string): void {
  kept.delete(url.split("?", 1)[0] ?? url);
}
