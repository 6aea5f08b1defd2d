import { Badge } from "../../components/Badge";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { Moment } from "../../components/Times";
import { useList } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { useRole } from "../../live/session";
import { discoveryTitle, discoveryTone, discoveryWord } from "../../model/discovery";
import { count } from "../../model/format";
import type { Discovery } from "../../types/discovery";
import { DiscoveryForm } from "./DiscoveryForm";
import { DiscoveryPanel } from "./DiscoveryPanel";

function Earlier({ discoveries, id }: { discoveries: readonly Discovery[]; id: number | null }) {
  return (
    <ul className="link-list">
      {discoveries.map((discovery) => (
        <li key={discovery.id}>
          <a href={`#/discover/${discovery.id}`} aria-current={discovery.id === id ? "true" : undefined}>
            <Badge tone={discoveryTone[discovery.state]}>{discoveryWord[discovery.state]}</Badge>
            <span className="link-list-main">{discoveryTitle(discovery)}</span>
            <span className="quiet">{count(discovery.found, "card")} found, <Moment at={discovery.startedAt} /></span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A form, the search that is shown, and earlier ones. Without an id the newest is shown. */
export function SearchPart({ id }: { id: number | null }) {
  const isOperator = useRole("operator");
  const { value, error, reload, update } = useList<Discovery>("/discoveries");
  useStream("discovery", (batch) => {
    const known = new Set(value?.map((discovery) => discovery.id));
    if (batch.some((event) => !known.has(event.discovery))) return reload();
    update((discoveries) => discoveries.map((each) => batch.find((event) => event.discovery === each.id)?.item ?? each));
  });
  const discoveries = [...(value ?? [])].sort((a, b) => b.id - a.id);
  const shown = id === null ? discoveries[0] : discoveries.find((discovery) => discovery.id === id);
  return (
    <>
      <ErrorNote text={error} retry={reload} />
      <div className="columns">
        <div className="column-side">
          {isOperator && <DiscoveryForm onStarted={reload} />}
          {discoveries.length > 0 && <section className="panel" aria-labelledby="earlier"><h2 id="earlier">Searches</h2><Earlier discoveries={discoveries} id={shown?.id ?? null} /></section>}
        </div>
        <div className="column-main">
          {shown && <DiscoveryPanel key={shown.id} discovery={shown} canDecide={isOperator} onChanged={reload} />}
          {!shown && value && <Empty title={id === null ? "No search yet." : "There is no such search."}><p className="quiet">Name the ranges where cards may be, and start one: what it finds appears here.</p></Empty>}
        </div>
      </div>
    </>
  );
}
