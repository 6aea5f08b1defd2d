import { useCallback } from "react";
import { list } from "../../api";
import { Badge } from "../../components/Badge";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { PageHead } from "../../components/PageHead";
import { Moment } from "../../components/Times";
import { useRequest } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { useRole } from "../../live/session";
import { campaignTone, campaignWord } from "../../model/campaign";
import type { Campaign } from "../../types";
import { CampaignProgress } from "./CampaignProgress";
import { followCampaign } from "./followCampaign";

function Item({ campaign }: { campaign: Campaign }) {
  return (
    <li className="panel campaign-item">
      <div className="section-head">
        <h2><a href={`#/campaigns/${campaign.id}`}>{campaign.name}</a></h2>
        <Badge tone={campaignTone[campaign.state]}>{campaignWord[campaign.state]}</Badge>
      </div>
      <CampaignProgress campaign={campaign} />
      <p className="quiet">
        {campaign.firmware && <>{campaign.firmware.name}{campaign.firmware.version && ` (${campaign.firmware.version})`}, </>}
        created <Moment at={campaign.createdAt} />{campaign.createdBy && ` by ${campaign.createdBy}`}
      </p>
    </li>
  );
}

export function CampaignListPage() {
  const isOperator = useRole("operator");
  const { value, error, reload, update } = useRequest(useCallback((signal: AbortSignal) => list<Campaign>("/campaigns", signal), []));
  useStream("campaign", (batch) => {
    const known = new Set(value?.map((campaign) => campaign.id));
    if (batch.some((event) => !known.has(event.campaign))) return reload();
    update((campaigns) => campaigns.map((campaign) => followCampaign(campaign, batch)));
  });
  const campaigns = [...(value ?? [])].sort((a, b) => b.id - a.id);
  return (
    <div className="page">
      <PageHead title="Campaigns">{isOperator && <a className="button button-primary" href="#/campaigns/new">New campaign…</a>}</PageHead>
      <ErrorNote text={error} retry={reload} />
      {campaigns.length > 0 && <ul className="campaign-list">{campaigns.map((campaign) => <Item key={campaign.id} campaign={campaign} />)}</ul>}
      {value && campaigns.length === 0 && <Empty title="No campaigns yet."><p className="quiet">A campaign brings an image to many cards, a few first, and stops by itself when too many fail.</p></Empty>}
    </div>
  );
}
