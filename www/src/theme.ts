import { recall, remember } from "./memory.ts";

const KEY = "ecs-console-theme";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export function chosenTheme(): Theme {
  const saved = recall(KEY);
  return THEMES.find((theme) => theme === saved) ?? "system";
}

/** The styles follow the attribute, and the system where there is none. Of a page that loads, see first-paint.js. */
export function useTheme(theme: Theme): void {
  remember(KEY, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
