/** The local LLM as it is now: address, model, and how to get it going. */

import { useQuery } from "@tanstack/react-query";
import { getSystemOptions } from "@/client/@tanstack/react-query.gen";
import { Button } from "@/components/ui/button";
import { sentences } from "@/lib/format";
import { toProblem } from "@/lib/problem";

export function LlmDetails() {
  const { data, error, isFetching, refetch } = useQuery(getSystemOptions());
  if (error) return <p role="alert">{toProblem(error).detail}</p>;
  if (!data) return null;
  const { state, base_url, model, vision_model, has_vision, detail, fix } = data.llm;
  const isReached = state !== "unreachable";
  return (
    <div className="grid gap-3">
      <dl className="rounded-lg border">
        <Check isOk={isReached} name="Address answers" value={base_url} />
        <Check isOk={state === "ok"} name="Model is there" value={model} />
        <Check isOk={has_vision} name="Describes pictures" value={vision_model} />
      </dl>
      {state !== "ok" && (
        <p className="text-muted-foreground">
          {sentences(detail, fix)} Import, shots, slots and export all work without it.
        </p>
      )}
      <Button variant="outline" className="w-fit" disabled={isFetching} onClick={() => void refetch()}>
        {isFetching ? "Checking…" : "Check again"}
      </Button>
    </div>
  );
}

function Check({ isOk, name, value }: { isOk: boolean; name: string; value: string }) {
  return (
    <div className="flex min-h-10 items-center gap-3 border-b px-3 last:border-b-0">
      <span aria-hidden className={isOk ? "text-ok" : "text-faint"}>
        {isOk ? "●" : "○"}
      </span>
      <dt className="flex-1">
        {name}
        <span className="sr-only">: {isOk ? "yes" : "no"}</span>
      </dt>
      <dd className="break-all text-right text-muted-foreground">{value}</dd>
    </div>
  );
}
