import { useCallback } from "react";
import { api, download, sentence } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useAction } from "../../hooks/useAction";
import { useRequest } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { count } from "../../model/format";
import type { ProfileList, ProfileProblem, ProfileSummary } from "../../types/system";

const protocolWords = { snmp: "SNMP", modbus: "Modbus" };

function save(profile: ProfileSummary): void {
  download(`/profiles/${encodeURIComponent(profile.name)}`, `${profile.name}.yaml`, "application/yaml").catch((error) => notify(sentence(error), "bad"));
}

/** Files that are no profiles, each with its line and its reason. */
function Problems({ problems }: { problems: readonly ProfileProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="note" data-tone="bad" role="alert">
      <ul>
        {problems.map(({ file, line, key, reason }) => (
          <li key={`${file} ${line} ${key}`}><span className="mono">{file}{line !== null && `:${line}`}</span>{key !== "" && ` (${key})`}: {reason}</li>
        ))}
      </ul>
    </div>
  );
}

/** What the server knows to read of a kind of card: built in, and added as files. */
export function ProfilePanel() {
  const isOperator = useRole("operator");
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<ProfileList>("/profiles", signal), []));
  const { isBusy, error, run } = useAction();
  const reload = () => run(async () => {
    const { problems } = await api.create<ProfileList>("/profiles/reload");
    notify(problems.length === 0 ? "The profile files were read again." : `${count(problems.length, "problem")} in the profile files.`, problems.length === 0 ? "good" : "bad");
    loaded.reload();
  });
  return (
    <LoadedPanel
      title="Profiles" what="profiles" loaded={loaded} hint="A profile says which objects or registers a kind of card has, and what they mean. Files in the server's folder “profiles” add to those built in."
      action={isOperator && <button type="button" className="button" disabled={isBusy} onClick={() => void reload()}>Read the files again</button>}
    >
      {({ items, problems }) => (
        <>
          <ErrorNote text={error} />
          <Problems problems={problems ?? []} />
          {items.length === 0 && <p className="quiet">No profiles.</p>}
          {items.length > 0 && (
            <Table
              label="Profiles" items={items} keyOf={(profile) => profile.name}
              columns={[
                { label: "Profile", isHead: true, cell: (profile) => profile.title },
                { label: "Name", isMono: true, cell: (profile) => profile.name },
                { label: "Generation", cell: (profile) => profile.generation },
                { label: "Read by", cell: (profile) => profile.protocols.map((each) => protocolWords[each] ?? each).join(", ") },
                { label: "Points", isNumber: true, cell: (profile) => profile.points.toLocaleString("en-GB") },
                { label: "With the status", isNumber: true, cell: (profile) => profile.statusPoints.toLocaleString("en-GB") },
                { label: "Used", cell: (profile) => (profile.isChosenByItself ? "by itself" : "where chosen") },
                { label: "From", cell: (profile) => (profile.origin === "builtIn" ? "built in" : profile.file ?? "a file") },
              ]}
              actions={(profile) => <button type="button" className="button button-small" aria-label={`Save ${profile.name} as a file`} onClick={() => save(profile)}>YAML</button>}
            />
          )}
        </>
      )}
    </LoadedPanel>
  );
}
