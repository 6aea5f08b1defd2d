import { Tabs } from "../../components/Tabs";
import { useAlarmSummary } from "../../hooks/useAlarms";

/** The rooms of all that is wrong: single alarms, incidents, and the rules that make some of them. */
export function AlarmTabs({ current }: { current: string }) {
  const raised = useAlarmSummary()?.raised;
  const tabs = [{ path: "alarms", word: "Alarms", count: raised }, { path: "incidents", word: "Incidents" }, { path: "rules", word: "Rules" }];
  return <Tabs label="Alarms" tabs={tabs} current={current} />;
}
