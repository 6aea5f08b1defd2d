import { useState } from "react";
import { Deletion } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { useFacets } from "../../hooks/useFleet";
import { useList, useRepeat } from "../../hooks/useRequest";
import { refreshFleet } from "../../live/feed";
import { useRole } from "../../live/session";
import { noSite } from "../../model/facets";
import type { Site } from "../../types/organisation";
import { SiteCard } from "./SiteCard";
import { SiteDialog } from "./SiteDialog";

const refresh = 15_000;

/** The sites with what their cards say; those in trouble first. */
export function SitePanel() {
  const isOperator = useRole("operator");
  const loaded = useList<Site>("/sites");
  const [edited, setEdited] = useState<Site | "new" | null>(null);
  const [doomed, setDoomed] = useState<Site | null>(null);
  useRepeat(loaded.renew, refresh);
  const changed = () => {
    loaded.reload();
    refreshFleet();
  };
  return (
    <LoadedPanel
      title="Sites" what="sites" loaded={loaded} hint="A site is a place: a building, a plant, a branch. Each card belongs to one, or to none."
      action={isOperator && <button type="button" className="button" onClick={() => setEdited("new")}>Add a site…</button>}
    >
      {(sites) => (
        <>
          {sites.length === 0 && <p className="quiet">No sites yet. Add one here, or give cards a site in the fleet's list: it is made by that.</p>}
          <ul className="site-list">
            {sites.map((site) => (
              <SiteCard key={site.id} site={site} canEdit={isOperator} onEdit={() => setEdited(site)} onDelete={() => setDoomed(site)} />
            ))}
          </ul>
          {sites.length > 0 && <p className="quiet">Cards without a site: <Homeless /></p>}
          {edited && <SiteDialog site={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={changed} />}
          {doomed && (
            <Deletion path={`/sites/${doomed.id}`} name={doomed.name} noun="site" onDeleted={changed} onClose={() => setDoomed(null)}>
              <p>Its cards stay in the fleet and belong to no site.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}

function Homeless() {
  const { sites } = useFacets();
  const cards = sites.find(([name]) => name === noSite)?.[1] ?? 0;
  return cards === 0 ? <>none</> : <a href="#/cards?site=">{cards.toLocaleString("en-GB")}</a>;
}
