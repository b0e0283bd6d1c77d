/** Downloads models to the Ollama server. */
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { PullRow } from "./pull-row";
import type { usePulls } from "./use-pulls";

interface PullPanelProps {
  isAdmin: boolean;
  downloads: ReturnType<typeof usePulls>;
}

export function PullPanel({ isAdmin, downloads }: PullPanelProps) {
  const { pulls, start, isStarting, cancel, retry } = downloads;
  const [model, setModel] = useState("");
  const name = model.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name) return;
    start(name);
    setModel("");
  };
  return (
    <section className="grid gap-2" aria-labelledby="pull">
      <div>
        <h3 id="pull" className="font-semibold">
          Pull a model
        </h3>
        <p className="text-muted-foreground">
          {isAdmin
            ? "Downloads it to the machine Ollama runs on; some gigabytes. You may leave this page meanwhile."
            : "An administrator of this installation may download models."}
        </p>
      </div>
      {isAdmin && (
        <form className="flex gap-2" onSubmit={submit}>
          <Input
            aria-label="Model to pull"
            placeholder="For example: qwen3:8b"
            maxLength={200}
            autoCapitalize="off"
            spellCheck={false}
            value={model}
            onChange={(event) => setModel(event.target.value)}
          />
          <Button type="submit" variant="outline" disabled={!name || isStarting}>
            Pull
          </Button>
        </form>
      )}
      {pulls.length > 0 && (
        <ul className="rounded-lg border" aria-label="Downloads">
          {pulls.map((job) => (
            <PullRow
              key={job.id}
              job={job}
              onCancel={() => cancel(job)}
              onRetry={isAdmin ? () => retry(job) : undefined}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
