/** The status bar: saved or not, counts, live updates, the LLM, the shortcuts. */
import type { ReactNode } from "react";
import { KeyCaps } from "@/components/key-caps";
import { ConnectionIndicator } from "@/components/shell/connection-indicator";
import { SaveIndicator } from "@/components/shell/save-indicator";
import { LlmState } from "@/features/system/llm-state";
import { useShortcutStore } from "@/lib/shortcuts";

export function StatusLine({ counts }: { counts?: ReactNode }) {
  return (
    <>
      <SaveIndicator />
      {counts}
      <ConnectionIndicator />
      <span className="flex-1" />
      <LlmState />
      <button
        type="button"
        className="inline-flex h-5 items-center gap-1.5 rounded-sm px-1 outline-offset-0 hover:bg-hover"
        onClick={() => useShortcutStore.setState({ isListOpen: true })}
      >
        <KeyCaps keys="?" /> shortcuts
      </button>
    </>
  );
}
