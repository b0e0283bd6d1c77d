/** Settings → Language model: what is set, what the doctor finds, what is downloaded. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getMeOptions } from "@/client/@tanstack/react-query.gen";
import { DoctorPanel } from "./doctor-panel";
import { PullPanel } from "./pull-panel";
import { SettingsForm } from "./settings-form";
import { usePulls } from "./use-pulls";

export function LlmSettings() {
  const { data: me } = useSuspenseQuery(getMeOptions());
  const downloads = usePulls();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <SettingsForm isAdmin={me.is_admin} />
      <DoctorPanel onPull={me.is_admin ? downloads.start : undefined} />
      <PullPanel isAdmin={me.is_admin} downloads={downloads} />
    </div>
  );
}
