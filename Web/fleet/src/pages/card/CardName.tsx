import { useEffect, useState } from "react";
import { api } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Icon } from "../../components/Icon";
import { useAction } from "../../hooks/useAction";
import { fleet } from "../../live/feed";
import type { Card } from "../../types";

/** The card's name as the page's title; a pencil makes it a field. Enter saves, Escape leaves it as it was. */
export function CardName({ card, canEdit }: { card: Card; canEdit: boolean }) {
  const [draft, setDraft] = useState<string | null>(null);
  const { isBusy, error, run, clear } = useAction();
  useEffect(() => {
    document.title = `${card.name} · NVFleet`;
  }, [card.name]);

  const close = () => {
    clear();
    setDraft(null);
  };
  const save = () => run(async () => {
    const name = (draft ?? "").trim();
    if (name !== "" && name !== card.name) fleet.put({ ...card, ...(await api.change<Card | undefined>(`/cards/${card.id}`, { name })), name });
    setDraft(null);
  });

  if (draft === null) {
    return (
      <span className="card-name">
        <h1>{card.name}</h1>
        {canEdit && <button type="button" className="button-icon" aria-label="Rename" title="Rename" onClick={() => setDraft(card.name)}><Icon name="edit" /></button>}
      </span>
    );
  }
  return (
    <form
      className="card-name"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <h1 className="visually-hidden">{card.name}</h1>
      <input className="input" aria-label="Name" autoFocus maxLength={120} value={draft} onChange={(event) => setDraft(event.target.value)} />
      <button type="submit" className="button button-primary" disabled={isBusy}>Save</button>
      <button type="button" className="button" onClick={close}>Cancel</button>
      <ErrorNote text={error} />
    </form>
  );
}
