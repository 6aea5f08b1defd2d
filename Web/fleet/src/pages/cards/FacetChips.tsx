import { useState } from "react";
import { ChoiceMenu } from "../../components/ChoiceMenu";
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
        <ChoiceMenu
          key={facet} title={title} choices={values[facet].map(([value, cards]) => ({ value, word: word(facet, value), count: cards }))} chosen={filter[facet]}
          onChange={(chosen) => onFilter({ ...filter, [facet]: chosen })}
        />
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
