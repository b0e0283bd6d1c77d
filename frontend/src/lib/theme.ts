/** Light, dark, or as the system says; kept per browser. */
import { create } from "zustand";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = "auteur.theme";
const darkSystem = () => window.matchMedia("(prefers-color-scheme: dark)");

function stored(): Theme {
  const value = localStorage.getItem(STORAGE_KEY);
  return THEMES.find((theme) => theme === value) ?? "system";
}

function paint(theme: Theme): void {
  const isDark = theme === "dark" || (theme === "system" && darkSystem().matches);
  document.documentElement.classList.toggle("dark", isDark);
}

interface ThemeStore {
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

export const useTheme = create<ThemeStore>((set) => ({
  theme: "system",
  setTheme: (theme) => {
    localStorage.setItem(STORAGE_KEY, theme);
    paint(theme);
    set({ theme });
  },
}));

/** Called once before the first render, so that no frame has the wrong colours. */
export function startTheme(): void {
  useTheme.setState({ theme: stored() });
  paint(stored());
  darkSystem().addEventListener("change", () => paint(useTheme.getState().theme));
}
