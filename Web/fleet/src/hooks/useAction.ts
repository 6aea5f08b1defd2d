import { useCallback, useState } from "react";
import { sentence } from "../api";

export interface Action {
  isBusy: boolean;
  error: string | null;
  /** Runs the work; false if it failed, and then `error` says why. */
  run: (work: () => Promise<void>) => Promise<boolean>;
  clear: () => void;
}

/** The state of something that the user starts: a form's submission, a button's effect. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (problem) {
      setError(sentence(problem));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setError(null), []);
  return { isBusy, error, run, clear };
}
