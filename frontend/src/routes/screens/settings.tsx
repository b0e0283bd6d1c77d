/** Settings of the page and of the account. */
import type { ReactNode } from "react";
import { ScreenBoundary } from "@/components/screen-boundary";
import { ScreenHeader } from "@/components/screen-header";
import { THEME_LABELS } from "@/components/shell/theme-labels";
import { Label } from "@/components/ui/label";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { LlmSettings } from "@/features/llm/llm-settings";
import { LlmSettingsSkeleton } from "@/features/llm/llm-settings-skeleton";
import { TokenList } from "@/features/users/token-list";
import { usePreferences } from "@/lib/preferences";
import { THEMES, useTheme } from "@/lib/theme";

export function Component() {
  const { theme, setTheme } = useTheme();
  const { hasLetterKeys, set } = usePreferences();
  return (
    <>
      <ScreenHeader title="Settings" />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-8 p-4">
          <Section title="This browser">
            <div className="flex min-h-control flex-wrap items-center justify-between gap-2">
              <span id="theme">Theme</span>
              <ToggleGroup
                type="single"
                aria-labelledby="theme"
                value={theme}
                onValueChange={(value) => {
                  const found = THEMES.find((one) => one === value);
                  if (found) setTheme(found);
                }}
              >
                {THEMES.map((one) => (
                  <ToggleGroupItem key={one} value={one}>
                    {THEME_LABELS[one]}
                  </ToggleGroupItem>
                ))}
              </ToggleGroup>
            </div>
            <div className="flex min-h-control items-center justify-between gap-4">
              <Label htmlFor="letter-keys" className="font-normal text-body text-foreground">
                Shortcuts of a single letter
              </Label>
              <Switch
                id="letter-keys"
                checked={hasLetterKeys}
                onCheckedChange={(value) => set({ hasLetterKeys: value })}
              />
            </div>
          </Section>
          <Section
            title="Language model"
            text="Your own Ollama. Scripts and pictures go to this address and nowhere else."
          >
            <ScreenBoundary
              what="Could not show the language model's settings."
              skeleton={<LlmSettingsSkeleton />}
            >
              <LlmSettings />
            </ScreenBoundary>
          </Section>
          <Section
            title="API tokens"
            text="For scripts and tools; each can do what you can do. Send it as Authorization: Bearer."
          >
            <ScreenBoundary what="Could not show the tokens." skeleton={<Skeleton className="h-20" />}>
              <TokenList />
            </ScreenBoundary>
          </Section>
        </div>
      </div>
    </>
  );
}

function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <h2 className="font-semibold text-title">{title}</h2>
        {text && <p className="text-muted-foreground">{text}</p>}
      </div>
      {children}
    </section>
  );
}
