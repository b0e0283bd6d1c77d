/** The doctor: a button, what it found, and that nothing needs a language model. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { getSystemOptions, runLlmDoctorMutation } from "@/client/@tanstack/react-query.gen";
import { KeyCaps } from "@/components/key-caps";
import { Button } from "@/components/ui/button";
import { useShortcut } from "@/lib/shortcuts";
import { toastProblem } from "@/lib/toast";
import { divide, formatTook } from "./check-words";
import { DoctorRow } from "./doctor-row";

export function DoctorPanel({ onPull }: { onPull?: (model: string) => void }) {
  const { data: system, refetch } = useQuery(getSystemOptions());
  const {
    mutate,
    data: report,
    isPending,
  } = useMutation({
    ...runLlmDoctorMutation(),
    meta: { isSave: false },
    onError: (error) => toastProblem(error, "The doctor could not be asked."),
    onSuccess: () => void refetch(),
  });
  const run = () => {
    if (!isPending) mutate({});
  };
  useShortcut({ keys: "r", label: "Run the doctor", group: "Settings" }, run);
  const { made, skipped } = divide(report?.checks ?? []);

  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-2" aria-labelledby="doctor" aria-busy={isPending}>
      <div className="flex flex-wrap items-center gap-3">
        <h3 id="doctor" className="font-semibold">
          Doctor
        </h3>
        <p aria-live="polite" className="flex-1 text-muted-foreground max-md:order-last max-md:basis-full">
          {isPending
            ? "Looking; this takes up to 30 seconds…"
            : report
              ? `${VERDICTS[report.status]} ${formatTook(report.milliseconds)} in all.`
              : "Looks at everything from the address to two replies at once."}
        </p>
        <Button variant="outline" className="max-md:ml-auto" disabled={isPending} onClick={run}>
          {report ? "Run again" : "Run the doctor"} <KeyCaps keys="r" />
        </Button>
      </div>
      <ul className={`rounded-lg border ${isPending && report ? "opacity-60" : ""}`}>
        {made.map((check) => (
          <DoctorRow key={check.id} check={check} onPull={onPull} />
        ))}
        {skipped.length > 0 && (
          <li className="border-b px-3 py-2 text-muted-foreground last:border-b-0">
            <span aria-hidden className="text-faint">
              ○
            </span>{" "}
            {skipped.length} skipped, they need what comes before:{" "}
            {skipped.map(({ title }) => title).join(", ")}.
          </li>
        )}
        <li className="px-3 py-2 text-muted-foreground">
          <span aria-hidden className="text-faint">
            ○
          </span>{" "}
          {system && system.llm.state !== "ok" && <strong className="font-medium">Off now. </strong>}
          No LLM? Import, shots, slots and export all work, with the built-in rules. Only captions of pictures
          wait for one.
        </li>
      </ul>
    </section>
  );
}

const VERDICTS = {
  ok: "Everything is well.",
  warning: "It works; there is something to look at.",
  failed: "Something is in the way.",
  off: "Nothing is wrong; something is not set up.",
};
