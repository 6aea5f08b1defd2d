import { Icon } from "../../components/Icon";
import { look } from "../../model/status";
import type { Status } from "../../types";

const tiles: readonly Status[] = ["normal", "onBattery", "critical", "warning", "onBypass", "unreachable"];

interface Props { counts: Partial<Record<Status, number>>; total: number; statuses: readonly Status[]; onShow: (statuses: readonly Status[]) => void }

/** The fleet in seven figures; each shows its cards. */
export function StatusTiles({ counts, total, statuses, onShow }: Props) {
  return (
    <div className="tiles" role="group" aria-label="Summary">
      <button type="button" className="tile" data-tone="muted" aria-pressed={statuses.length === 0} onClick={() => onShow([])}>
        <span className="tile-figure">{total.toLocaleString("en-GB")}</span>
        <span className="tile-word"><Icon name="cards" />All cards</span>
      </button>
      {tiles.map((status) => {
        const { word, tone, icon } = look(status);
        const count = counts[status] ?? 0;
        const isOnly = statuses.length === 1 && statuses[0] === status;
        return (
          <button
            key={status} type="button" className="tile" data-tone={tone} data-empty={count === 0 || undefined} aria-pressed={isOnly}
            onClick={() => onShow(isOnly ? [] : [status])}
          >
            <span className="tile-figure">{count.toLocaleString("en-GB")}</span>
            <span className="tile-word"><Icon name={icon} />{word}</span>
          </button>
        );
      })}
    </div>
  );
}
