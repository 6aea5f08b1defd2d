const page = 10;

/** The row that a key leads to from row `from` (-1: none yet) of `count`, or null if the key moves nothing. */
export function rowMove(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  switch (key) {
    case "ArrowDown": return Math.min(last, from + 1);
    case "ArrowUp": return Math.max(0, from - 1);
    case "PageDown": return Math.min(last, from + page);
    case "PageUp": return Math.max(0, from - page);
    case "Home": return 0;
    case "End": return last;
    default: return null;
  }
}
