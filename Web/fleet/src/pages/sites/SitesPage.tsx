import { PageHead } from "../../components/PageHead";
import { Tabs } from "../../components/Tabs";
import { GroupPanel } from "./GroupPanel";
import { SitePanel } from "./SitePanel";
import { TagPanel } from "./TagPanel";

const tabs = [{ path: "sites", word: "Sites" }, { path: "sites/groups", word: "Groups" }, { path: "sites/tags", word: "Tags" }];

/** How the fleet is ordered: by place, by filter, by tag. */
export function SitesPage({ part }: { part: string | undefined }) {
  const current = part === undefined ? "sites" : `sites/${part}`;
  return (
    <div className="page">
      <PageHead title="Sites and groups" />
      <Tabs label="Organisation" tabs={tabs} current={current} />
      {part === "groups" ? <GroupPanel /> : part === "tags" ? <TagPanel /> : <SitePanel />}
    </div>
  );
}
