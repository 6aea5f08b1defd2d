import type { ReactNode } from "react";
import { api } from "../api";
import { notify } from "../live/notices";
import { Confirm } from "./Confirm";

interface Props { path: string; name: string; noun: string; children: ReactNode; onDeleted: () => void; onClose: () => void }

/** Asks, and deletes a thing of the server. */
export function Deletion({ path, name, noun, children, onDeleted, onClose }: Props) {
  return (
    <Confirm
      title={`Delete ${name}?`} verb={`Delete ${noun}`} isDangerous onClose={onClose}
      onConfirm={async () => {
        await api.remove(path);
        notify(`${name} was deleted.`);
        onDeleted();
      }}
    >
      {children}
    </Confirm>
  );
}

/** The buttons at the end of a row. */
export function EditButtons({ name, onEdit, onDelete }: { name: string; onEdit: () => void; onDelete: () => void }) {
  return (
    <>
      <button type="button" className="button button-small" aria-label={`Edit ${name}`} onClick={onEdit}>Edit…</button>
      <button type="button" className="button button-small" aria-label={`Delete ${name}`} onClick={onDelete}>Delete…</button>
    </>
  );
}
