/** Chooses light, dark, or the system's colours. */
import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { THEMES, useTheme } from "@/lib/theme";
import { THEME_LABELS } from "./theme-labels";

const ICONS = { system: Monitor, light: Sun, dark: Moon };

export function ThemeMenu({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  const Current = ICONS[theme];
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Theme: ${THEME_LABELS[theme]}`}
          className={className}
        >
          <Current />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuRadioGroup
          value={theme}
          onValueChange={(value) => setTheme(THEMES.find((one) => one === value) ?? "system")}
        >
          {THEMES.map((one) => {
            const Icon = ICONS[one];
            return (
              <DropdownMenuRadioItem key={one} value={one}>
                <Icon />
                {THEME_LABELS[one]}
              </DropdownMenuRadioItem>
            );
          })}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
