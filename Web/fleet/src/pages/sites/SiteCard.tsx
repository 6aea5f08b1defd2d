import { EditButtons } from "../../components/Deletion";
import { Icon } from "../../components/Icon";
import { Progress } from "../../components/Progress";
import { count } from "../../model/format";
import { look, statuses } from "../../model/status";
import type { Site } from "../../types/organisation";

interface Props { site: Site; canEdit: boolean; onEdit: () => void; onDelete: () => void }

/** One site: what its cards say, each figure leading to them. */
export function SiteCard({ site, canEdit, onEdit, onDelete }: Props) {
  const place = new URLSearchParams({ site: site.name });
  const present = statuses.filter((status) => (site.statuses[status] ?? 0) > 0);
  const words = present.map((status) => `${site.statuses[status]} ${look(status).word.toLowerCase()}`).join(", ");
  return (
    <li className="site-card">
      <div className="section-head">
        <h3><a href={`#/cards?${place}`}>{site.name}</a></h3>
        <span className="quiet">{count(site.cards, "card")}</span>
      </div>
      {site.description && <p className="quiet">{site.description}</p>}
      <Progress
        label={`Cards of ${site.name} by status`} total={site.cards} text={words || "no cards"}
        parts={present.map((status) => ({ key: status, count: site.statuses[status] ?? 0, tone: look(status).tone }))}
      />
      <ul className="site-statuses">
        {present.map((status) => (
          <li key={status}>
            <a className="status-count" data-tone={look(status).tone} href={`#/cards?${new URLSearchParams({ status, site: site.name })}`}>
              <Icon name={look(status).icon} /><strong>{(site.statuses[status] ?? 0).toLocaleString("en-GB")}</strong> {look(status).word.toLowerCase()}
            </a>
          </li>
        ))}
      </ul>
      <div className="site-foot">
        {site.gateway && <span className="quiet">Gateway <span className="mono">{site.gateway}</span></span>}
        {canEdit && <span className="row-actions"><EditButtons name={site.name} onEdit={onEdit} onDelete={onDelete} /></span>}
      </div>
    </li>
  );
}
