import { PageHead } from "../../components/PageHead";
import { Tabs } from "../../components/Tabs";
import { AlarmTabs } from "../alarms/AlarmTabs";
import { RulePanel } from "./RulePanel";
import { RuleTextPanel } from "./RuleTextPanel";

const tabs = [{ path: "rules", word: "List" }, { path: "rules/yaml", word: "As YAML" }];

/** What of the values is an alarm though the card does not say so. */
export function RuleListPage({ part }: { part: string | undefined }) {
  return (
    <div className="page">
      <PageHead title="Alarm rules" />
      <AlarmTabs current="rules" />
      <Tabs label="Rules" tabs={tabs} current={part === undefined ? "rules" : `rules/${part}`} />
      {part === "yaml" ? <RuleTextPanel /> : <RulePanel />}
    </div>
  );
}
