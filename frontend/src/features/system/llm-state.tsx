/** Whether the local LLM helps: off is grey, because everything works without it. */

import { useQuery } from "@tanstack/react-query";
import { getSystemOptions } from "@/client/@tanstack/react-query.gen";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { sentences } from "@/lib/format";

const CHECK_EVERY_MS = 60_000;

export function LlmState() {
  const { data } = useQuery({ ...getSystemOptions(), refetchInterval: CHECK_EVERY_MS });
  if (!data) return null;
  const { state, model, base_url, detail, fix } = data.llm;
  const isOn = state === "ok";
  const text = isOn
    ? `LLM: ${model}`
    : state === "model_missing"
      ? `LLM: ${model} is missing — built-in rules`
      : "LLM: off — built-in rules";

  return (
    <Popover>
      <PopoverTrigger className="inline-flex h-5 items-center gap-1.5 whitespace-nowrap rounded-sm px-1 outline-offset-0 hover:bg-hover">
        <span aria-hidden className={isOn ? "text-ok" : "text-faint"}>
          {isOn ? "●" : "○"}
        </span>
        {text}
      </PopoverTrigger>
      <PopoverContent align="end" className="grid gap-2">
        <p className="font-semibold">{isOn ? "The local LLM answers" : "The local LLM is off"}</p>
        {!isOn && (
          <p className="text-muted-foreground">
            Import, shots, slots and export all work with the built-in rules. {sentences(detail, fix)}
          </p>
        )}
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-meta">
          <dt className="text-faint">Address</dt>
          <dd className="break-all">{base_url}</dd>
          <dt className="text-faint">Model</dt>
          <dd>{model}</dd>
        </dl>
      </PopoverContent>
    </Popover>
  );
}
