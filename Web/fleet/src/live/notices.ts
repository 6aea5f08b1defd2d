/** Short messages about what the user just did. */
import { Signal } from "./signal";

export interface Notice { id: number; text: string; tone: "good" | "bad" }

export const notices = new Signal<readonly Notice[]>([]);
let nextID = 1;

/** Shows a message; good news leaves by itself, bad news stays until dismissed. */
export function notify(text: string, tone: Notice["tone"] = "good"): void {
  const id = nextID++;
  notices.write([...notices.read().slice(-3), { id, text, tone }]);
  if (tone === "good") setTimeout(() => dismiss(id), 6_000);
}

export function dismiss(id: number): void {
  notices.write(notices.read().filter((notice) => notice.id !== id));
}
