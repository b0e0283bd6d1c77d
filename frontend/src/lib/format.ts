/** Numbers, sizes and times as people read them. */

/** The API's times are UTC; some carry no zone. */
export function parseTime(value: string): Date {
  return new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(value) ? value : `${value}Z`);
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const longDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

/** `14:05` */
export function formatClock(date: Date): string {
  return clock.format(date);
}

/** `just now`, `12 min ago`, `14:05` today, `3 Mar`, `3 Mar 2024`. */
export function formatWhen(date: Date, now: Date = new Date()): string {
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (date.toDateString() === now.toDateString()) return formatClock(date);
  return date.getFullYear() === now.getFullYear() ? day.format(date) : longDay.format(date);
}

/** `820 kB`, `6.2 MB`, `5.2 GB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** One text of several sentences: empty ones are passed over, missing full stops are added. */
export function sentences(...parts: (string | null | undefined | false)[]): string {
  return parts
    .map((part) => (part ? part.trim() : ""))
    .filter(Boolean)
    .map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
    .join(" ");
}

/** `1 shot`, `3 shots`; `many` where the plural is not + s. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** `2 2/8 pp`: a length in eighths of a page, as a script supervisor writes it. */
export function formatPages(eighths: number): string {
  const whole = Math.floor(eighths / 8);
  const rest = eighths % 8;
  return `${[whole > 0 ? whole : null, rest > 0 ? `${rest}/8` : null].filter(Boolean).join(" ")} pp`;
}
