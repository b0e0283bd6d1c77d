/** What the doctor found, in glyphs and words, with what is skipped told in one line. */
import type { DoctorCheck } from "@/client/types.gen";

interface StatusWords {
  glyph: string;
  word: string;
  tone: string;
}

export const STATUS_WORDS: Record<DoctorCheck["status"], StatusWords> = {
  ok: { glyph: "●", word: "OK", tone: "text-ok" },
  warning: { glyph: "▲", word: "Warning", tone: "text-warn" },
  failed: { glyph: "✕", word: "Failed", tone: "text-destructive" },
  skipped: { glyph: "○", word: "Skipped", tone: "text-faint" },
  off: { glyph: "○", word: "Off", tone: "text-faint" },
};

/** The checks that were made, and those that were skipped, each in order. */
export function divide(checks: readonly DoctorCheck[]): { made: DoctorCheck[]; skipped: DoctorCheck[] } {
  return {
    made: checks.filter(({ status }) => status !== "skipped"),
    skipped: checks.filter(({ status }) => status === "skipped"),
  };
}

/** `820 ms`, `3.1 s` */
export function formatTook(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The model that the mend of a check pulls, when it does. */
export function pulledBy(check: DoctorCheck): string | undefined {
  return check.mend?.match(/^ollama pull (\S+)$/)?.[1];
}
