import { Disclosure } from "../../components/Disclosure";
import { Icon } from "../../components/Icon";
import { useAction } from "../../hooks/useAction";
import { ErrorNote } from "../../components/ErrorNote";
import { download } from "../../api";
import { groupFault } from "../../model/group";
import { defaultSort } from "../../model/sort";
import { listQuery, type ListState } from "../../model/url";

/** The inventory as a file, filtered as the list is (but for its order). Without secrets. */
export function ExportMenu({ state }: { state: ListState }) {
  const { isBusy, error, run } = useAction();
  const save = (format: "csv" | "yaml") => run(async () => {
    const filter = listQuery({ ...state, sort: defaultSort });
    filter.set("format", format);
    await download(`/cards/export?${filter}`, `cards.${format}`);
  });
  return (
    <Disclosure className="button" label={<><Icon name="download" />Export</>}>
      <p className="quiet">The cards that the list shows, without their secrets. The file can be imported again.</p>
      {groupFault(state.filter) && <p className="note" data-tone="caution">The server filters by one site, one tag and one phrase: the file holds other cards than the list.</p>}
      <span className="row-actions">
        <button type="button" className="button button-small" disabled={isBusy} onClick={() => void save("csv")}>CSV</button>
        <button type="button" className="button button-small" disabled={isBusy} onClick={() => void save("yaml")}>YAML</button>
      </span>
      <ErrorNote text={error} />
    </Disclosure>
  );
}
