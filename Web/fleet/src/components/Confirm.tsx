import type { ReactNode } from "react";
import { useAction } from "../hooks/useAction";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";

interface Props {
  title: string;
  children: ReactNode;
  /** What the button does: "Restart card". */
  verb: string;
  isDangerous?: boolean;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before doing; stays open with the reason if it fails. */
export function Confirm({ title, children, verb, isDangerous = false, onConfirm, onClose }: Props) {
  const action = useAction();
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await action.run(onConfirm)) onClose();
        }}
      >
        <div className="prose">{children}</div>
        <ErrorNote text={action.error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className={isDangerous ? "button button-danger" : "button button-primary"} disabled={action.isBusy}>
            {action.isBusy ? "Working…" : verb}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
