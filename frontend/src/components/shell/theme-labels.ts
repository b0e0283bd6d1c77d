/** What the themes are called. */
import type { Theme } from "@/lib/theme";

export const THEME_LABELS: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };
