import { useCallback, useState } from "react";
import { api, list } from "../../api";
import { Confirm } from "../../components/Confirm";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { PageHead } from "../../components/PageHead";
import { useRequest } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import type { Firmware } from "../../types";
import { FirmwareTable } from "./FirmwareTable";
import { FirmwareUpload } from "./FirmwareUpload";

/** The library of images. */
export function FirmwarePage() {
  const isOperator = useRole("operator");
  const { value, error, reload } = useRequest(useCallback((signal: AbortSignal) => list<Firmware>("/firmware", signal), []));
  const [doomed, setDoomed] = useState<Firmware | null>(null);
  return (
    <div className="page">
      <PageHead title="Firmware">{isOperator && <a className="button" href="#/campaigns/new">New campaign…</a>}</PageHead>
      {isOperator && <FirmwareUpload onUploaded={reload} />}
      <ErrorNote text={error} retry={reload} />
      {value && (value.length > 0
        ? <FirmwareTable images={value} canDelete={isOperator} onDelete={setDoomed} />
        : <Empty title="No images yet." />)}
      {doomed && (
        <Confirm
          title={`Delete ${doomed.name}?`} verb="Delete image" isDangerous onClose={() => setDoomed(null)}
          onConfirm={async () => {
            await api.remove(`/firmware/${doomed.id}`);
            notify(`${doomed.name} was deleted.`);
            reload();
          }}
        >
          <p>The image leaves the library. Cards that run it keep it.</p>
        </Confirm>
      )}
    </div>
  );
}
