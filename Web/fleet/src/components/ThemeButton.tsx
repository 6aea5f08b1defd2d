import { useSignal } from "../live/signal";
import { theme, type Theme } from "../live/theme";
import { Icon } from "./Icon";

const next: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const words: Record<Theme, string> = { system: "as the system", light: "light", dark: "dark" };

/** Goes round: as the system, light, dark. */
export function ThemeButton() {
  const current = useSignal(theme);
  const label = `Colours: ${words[current]}. Change to ${words[next[current]]}`;
  return (
    <button type="button" className="button-icon" aria-label={label} title={label} onClick={() => theme.write(next[current])}>
      <Icon name={current} />
    </button>
  );
}
