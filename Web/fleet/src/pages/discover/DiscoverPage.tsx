import { PageHead } from "../../components/PageHead";
import { Tabs } from "../../components/Tabs";
import { useList, type Loaded } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import type { Candidate } from "../../types/discovery";
import { ReceiverPart } from "../receivers/ReceiverPart";
import { CandidatePanel } from "./CandidatePanel";
import { ImportPanel } from "./ImportPanel";
import { RulePanel } from "./RulePanel";
import { SchedulePanel } from "./SchedulePanel";
import { SearchPart } from "./SearchPart";

function Part({ part, candidates }: { part: string | undefined; candidates: Loaded<Candidate[]> }) {
  switch (part) {
    case "candidates": return <CandidatePanel loaded={candidates} />;
    case "schedules": return <SchedulePanel />;
    case "rules": return <RulePanel />;
    case "import": return <ImportPanel />;
    case "receivers": return <ReceiverPart />;
    default: return <SearchPart id={part === undefined ? null : Number(part)} />;
  }
}

/** Finding cards, deciding about them, and doing so by itself. */
export function DiscoverPage({ part }: { part: string | undefined }) {
  const candidates = useList<Candidate>("/candidates?state=new");
  const { reload } = candidates;
  useStream("discovery", (batch) => batch.some((event) => event.item.state !== "running") && reload());
  const current = part === undefined || /^\d+$/.test(part) ? "discover" : `discover/${part}`;
  const tabs = [
    { path: "discover", word: "Search" },
    { path: "discover/candidates", word: "Review", count: candidates.value?.length },
    { path: "discover/schedules", word: "Schedules" },
    { path: "discover/rules", word: "Rules" },
    { path: "discover/import", word: "Import" },
    { path: "discover/receivers", word: "Receivers" },
  ];
  return (
    <div className="page">
      <PageHead title="Discovery" />
      <Tabs label="Discovery" tabs={tabs} current={current} />
      <Part part={part} candidates={candidates} />
    </div>
  );
}
