import { useState } from "react";
import { Disclosure } from "../../components/Disclosure";
import { Icon } from "../../components/Icon";
import { useFacets } from "../../hooks/useFleet";
import { groupList, refreshGroups } from "../../live/groups";
import { useRole } from "../../live/session";
import { useSignal } from "../../live/signal";
import { noSite, type Facet } from "../../model/facets";
import { canBeSaved, type CardFilter } from "../../model/filter";
import { groupFault, groupFilterOf } from "../../model/group";
import { kindWord } from "../../model/transfer";
import type { Card } from "../../types";
import { GroupDialog } from "../sites/GroupDialog";

interface Props { filter: CardFilter; onFilter: (filter: CardFilter) => void }

const facets: readonly [facet: Facet, word: string][] = [["sites", "Site"], ["tags", "Tag"], ["kinds", "Kind"], ["generations", "Generation"]];

/** What a value of a facet is called. */
function word(facet: Facet, value: string): string {
  if (facet === "sites" && value === noSite) return "No site";
  return facet === "kinds" ? kindWord(value as Card["kind"]) : value;
}

interface FacetProps { facet: Facet; title: string; values: readonly [string, number][]; chosen: readonly string[]; onChange: (chosen: string[]) => void }

function FacetChip({ facet, title, values, chosen, onChange }: FacetProps) {
  const [text, setText] = useState("");
  const shown = values.filter(([value]) => word(facet, value).toLowerCase().includes(text.toLowerCase()));
  const toggle = (value: string) => onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  const label = chosen.length === 0 ? title : `${title}: ${chosen.map((value) => word(facet, value)).join(", ")}`;
  return (
    <Disclosure label={<><span className="chip-text">{label}</span><Icon name="expand" /></>} isActive={chosen.length > 0}>
      {values.length > 8 && (
        <input className="input" type="search" aria-label={`Find a ${title.toLowerCase()}`} placeholder="Find…" value={text} onChange={(event) => setText(event.target.value)} />
      )}
      <fieldset className="facet-list">
        <legend className="visually-hidden">{title}</legend>
        {shown.map(([value, cards]) => (
          <label key={value} className="check">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{word(facet, value)}</span><span className="quiet">{cards.toLocaleString("en-GB")}</span>
          </label>
        ))}
        {shown.length === 0 && <p className="quiet">{values.length === 0 ? "There are none yet." : "None is called that."}</p>}
      </fieldset>
      {chosen.length > 0 && <button type="button" className="button button-small" onClick={() => onChange([])}>Any {title.toLowerCase()}</button>}
    </Disclosure>
  );
}

function GroupChip({ filter, onFilter }: Props) {
  const groups = useSignal(groupList);
  if (!groups || groups.length === 0) return null;
  const chosen = groups.find((group) => group.id === filter.group);
  const choose = (id: number | null) => onFilter({ ...filter, group: id });
  return (
    <Disclosure label={<><span className="chip-text">{chosen ? `Group: ${chosen.name}` : "Group"}</span><Icon name="expand" /></>} isActive={chosen !== undefined}>
      <fieldset className="facet-list">
        <legend className="visually-hidden">Group</legend>
        <label className="check"><input type="radio" name="group" checked={!chosen} onChange={() => choose(null)} /><span>Any card</span></label>
        {groups.map((group) => (
          <label key={group.id} className="check">
            <input type="radio" name="group" checked={group.id === filter.group} onChange={() => choose(group.id)} />
            <span>{group.name}</span><span className="quiet">{group.cards.toLocaleString("en-GB")}</span>
          </label>
        ))}
      </fieldset>
      <a className="quiet" href="#/sites/groups">Edit groups</a>
    </Disclosure>
  );
}

/** Chips that narrow the list by what the cards have in common, and keep a filter as a group. */
export function FacetChips({ filter, onFilter }: Props) {
  const values = useFacets();
  const groups = useSignal(groupList);
  const isOperator = useRole("operator");
  const [isSaving, setSaving] = useState(false);
  const fault = groupFault(filter);
  return (
    <div className="chips facets" role="group" aria-label="Narrow the list">
      <GroupChip filter={filter} onFilter={onFilter} />
      {facets.map(([facet, title]) => (
        <FacetChip key={facet} facet={facet} title={title} values={values[facet]} chosen={filter[facet]} onChange={(chosen) => onFilter({ ...filter, [facet]: chosen })} />
      ))}
      {isOperator && groups && canBeSaved(filter) && <button type="button" className="button button-small" disabled={fault !== null} title={fault ?? undefined} onClick={() => setSaving(true)}><Icon name="plus" />Save as group…</button>}
      {isSaving && (
        <GroupDialog
          group={{ id: null, name: "", position: groups?.length ?? 0, filter: groupFilterOf(filter, groups ?? []), polling: null }}
          onClose={() => setSaving(false)} onSaved={() => void refreshGroups()}
        />
      )}
    </div>
  );
}
