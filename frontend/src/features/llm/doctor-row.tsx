/** One check of the doctor: state, name, what was found, time, and one mend. */
import type { DoctorCheck } from "@/client/types.gen";
import { CopyButton } from "@/components/copy-button";
import { Button } from "@/components/ui/button";
import { formatTook, pulledBy, STATUS_WORDS } from "./check-words";

interface DoctorRowProps {
  check: DoctorCheck;
  /** Undefined for who may not pull. */
  onPull?: (model: string) => void;
}

export function DoctorRow({ check, onPull }: DoctorRowProps) {
  const { glyph, word, tone } = STATUS_WORDS[check.status];
  const model = pulledBy(check);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1 border-b px-3 py-2 last:border-b-0">
      <div className="grid grid-cols-[5rem_1fr_auto] items-baseline gap-x-2 md:grid-cols-[5rem_10rem_1fr_auto]">
        <span
          className={`whitespace-nowrap font-medium text-meta max-md:col-start-1 max-md:row-start-1 ${tone}`}
        >
          <span aria-hidden>{glyph}</span> {word}
        </span>
        <span className="font-medium max-md:col-start-2 max-md:row-start-1">{check.title}</span>
        <span className="min-w-0 break-words text-muted-foreground max-md:col-span-2 max-md:col-start-2 max-md:row-start-2">
          {check.detail}
        </span>
        <span className="tabular whitespace-nowrap text-faint text-meta max-md:col-start-3 max-md:row-start-1">
          {check.milliseconds !== null && formatTook(check.milliseconds)}
        </span>
      </div>
      {check.fix && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-2 md:ml-22">
          <p>
            <span aria-hidden>→ </span>
            {check.fix}
          </p>
          {check.mend && (
            <div className="flex flex-wrap items-start gap-2">
              <pre className="min-w-0 flex-1 basis-48 select-all overflow-x-auto rounded-md border bg-surface px-2 py-1.5 font-mono text-json">
                {check.mend}
              </pre>
              <CopyButton text={check.mend} variant="outline" what={`the mend of “${check.title}”`} />
              {model && onPull && (
                <Button
                  variant="outline"
                  className="max-w-full"
                  title={`Pull ${model}`}
                  onClick={() => onPull(model)}
                >
                  <span className="truncate">Pull {model}</span>
                </Button>
              )}
            </div>
          )}
        </div>
      )}
    </li>
  );
}
