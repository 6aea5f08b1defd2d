import { Icon } from "./Icon";

interface Props { text: string | null; retry?: () => void }

/** Says what went wrong, aloud as well. */
export function ErrorNote({ text, retry }: Props) {
  if (text === null) return null;
  return (
    <div className="note" data-tone="bad" role="alert">
      <Icon name="critical" />
      <span>{text}</span>
      {retry && <button type="button" className="button button-small" onClick={retry}>Try again</button>}
    </div>
  );
}
