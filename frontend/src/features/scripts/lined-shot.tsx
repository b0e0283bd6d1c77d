/** The shot picked on the lined page: what it is, which lines it covers, and the way to work on it. */
import { ArrowUpRight } from "lucide-react";
import { Link } from "react-router";
import type { ShotRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { formatSeconds } from "@/lib/estimate";

interface LinedShotProps {
  shot: ShotRead;
  shotPath: (shotId: string) => string;
  onLine: (line: number) => void;
}

const AUTHORS: Record<string, string> = {
  parsed: "from the script",
  rules: "by the built-in rules",
  llm: "by the language model",
  human: "edited by hand",
  imported: "imported",
};

export function LinedShot({ shot, shotPath, onLine }: LinedShotProps) {
  const camera = [shot.size, shot.angle, shot.movement].filter(Boolean).join(" · ").replaceAll("_", " ");
  const author = AUTHORS[shot.provenance.description ?? ""];
  return (
    <div className="grid gap-3 p-3">
      <section className="grid gap-1">
        <h3 className="flex items-baseline justify-between gap-2 font-medium text-faint text-meta">
          Action {author && <span className="font-normal">{author}</span>}
        </h3>
        <p className="wrap-anywhere">{shot.description}</p>
      </section>
      <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-2 gap-y-1">
        <dt className="text-faint">Seconds</dt>
        <dd className="tabular">{shot.duration === null ? "Not set" : formatSeconds(shot.duration)}</dd>
        <dt className="text-faint">Camera</dt>
        <dd className="first-letter:uppercase">{camera || "Not set"}</dd>
        <dt className="text-faint">Characters</dt>
        <dd className="wrap-anywhere">{shot.characters.join(", ") || "None"}</dd>
        {shot.line_start !== null && (
          <>
            <dt className="text-faint">Lines</dt>
            <dd>
              <button
                type="button"
                className="max-md:-my-3 tabular text-primary hover:underline max-md:py-3"
                onClick={() => shot.line_start !== null && onLine(shot.line_start)}
              >
                {shot.line_start}
                {shot.line_end !== shot.line_start && `–${shot.line_end}`}
              </button>
            </dd>
          </>
        )}
      </dl>
      {shot.element_parts.length > 0 && (
        <p className="text-muted-foreground">
          A part of a speech or paragraph that was divided by hand; the rest is in the shot beside it.
        </p>
      )}
      {shot.dialogue.length > 0 && (
        <section className="grid gap-1">
          <h3 className="font-medium text-faint text-meta">Dialogue</h3>
          {shot.dialogue.map(({ character, line }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: read-only and in script order
            <p key={index} className="wrap-anywhere">
              <span className="font-medium">{character}</span> “{line}”
            </p>
          ))}
        </section>
      )}
      {shot.script_changes.length > 0 && (
        <p className="text-warn">▲ The script changed under this shot since it was made.</p>
      )}
      <Button asChild variant="outline" className="justify-self-start">
        <Link to={shotPath(shot.id)}>
          <ArrowUpRight /> Open in the shots
        </Link>
      </Button>
      <p className="text-faint text-meta max-md:hidden">
        Drag an end of its rail to cover other lines, or <Kbd>Alt</Kbd> <Kbd>Shift</Kbd> <Kbd>↓</Kbd>.
      </p>
    </div>
  );
}
