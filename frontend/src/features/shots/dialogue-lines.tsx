/** What is spoken in the shot, verbatim from the script. */
import type { ShotRead } from "@/client/types.gen";

const MODES: Record<ShotRead["dialogue"][number]["mode"], string | null> = {
  on_screen: null,
  off_screen: "O.S.",
  voice_over: "V.O.",
};

export function DialogueLines({ lines }: { lines: ShotRead["dialogue"] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-label="Dialogue">
      <h3 className="mb-0.5 font-medium text-faint text-meta">Dialogue</h3>
      <ul className="max-h-16 overflow-y-auto">
        {lines.map(({ character, line, mode, delivery }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: read-only and in script order
          <li key={index} className="wrap-anywhere">
            <span className="font-medium">
              {character}
              {MODES[mode] && ` (${MODES[mode]})`}
            </span>
            {delivery && <span className="text-muted-foreground"> ({delivery})</span>} “{line}”
          </li>
        ))}
      </ul>
    </section>
  );
}
