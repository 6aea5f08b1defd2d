/** Light, dark, or as the system says. */
import { Signal } from "./signal";

export type Theme = "system" | "light" | "dark";
const key = "nvfleet.theme";

function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system";
  }
}

export const theme = new Signal<Theme>(stored());

function show(): void {
  document.documentElement.dataset["theme"] = theme.read();
}

export function startTheme(): void {
  show();
  theme.watch(() => {
    show();
    try {
      localStorage.setItem(key, theme.read());
    } catch {
      // Storage is forbidden: the choice then lasts until the reload.
    }
  });
}
