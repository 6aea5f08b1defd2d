import type { ReactNode } from "react";
import { useAction } from "../hooks/useAction";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";

interface Props {
  title: string;
  /** What the button does: "Add site". */
  verb: string;
  isWide?: boolean;
  isReady?: boolean;
  /** Closes the dialog unless it throws: then the reason stays to be read. */
  onSubmit: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is one form. */
export function FormDialog({ title, verb, isWide, isReady = true, onSubmit, onClose, children }: Props) {
  const { isBusy, error, run } = useAction();
  return (
    <Dialog title={title} onClose={onClose} isWide={isWide}>
      <form
        className="form" autoComplete="off"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await run(onSubmit)) onClose();
        }}
      >
        {children}
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button button-primary" disabled={isBusy || !isReady}>{isBusy ? "Working…" : verb}</button>
        </div>
      </form>
    </Dialog>
  );
}
