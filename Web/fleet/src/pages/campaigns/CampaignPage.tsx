import { useCallback } from "react";
import { api, list } from "../../api";
import { Badge } from "../../components/Badge";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { Icon } from "../../components/Icon";
import { PageHead } from "../../components/PageHead";
import { Moment } from "../../components/Times";
import { useRequest } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { useRole } from "../../live/session";
import { campaignTone, campaignWord } from "../../model/campaign";
import { duration } from "../../model/format";
import type { Campaign, CampaignCard } from "../../types";
import { CampaignActions } from "./CampaignActions";
import { CampaignCards } from "./CampaignCards";
import { CampaignProgress } from "./CampaignProgress";
import { DryRunPanel } from "./DryRunPanel";
import { followCampaign, followCards } from "./followCampaign";

/** A campaign and its cards, both kept current by events. */
function useCampaign(id: number) {
  const campaign = useRequest(useCallback((signal: AbortSignal) => api.read<Campaign>(`/campaigns/${id}`, signal), [id]));
  const cards = useRequest(useCallback((signal: AbortSignal) => list<CampaignCard>(`/campaigns/${id}/cards`, signal), [id]));
  useStream("campaign", (batch) => {
    const own = batch.filter((event) => event.campaign === id);
    if (own.length === 0) return;
    // A change of the campaign's own state carries more than the event tells: why it halted, when it ended, what was skipped.
    if (own.some((event) => event.campaignState !== campaign.value?.state)) {
      campaign.reload();
      cards.reload();
    }
    campaign.update((known) => followCampaign(known, own));
    cards.update((known) => followCards(known, id, own));
  });
  return { campaign, cards };
}

function terms(campaign: Campaign): [label: string, value: string][] {
  const { deadlines, halt } = campaign;
  const all: [string, string | number | null | undefined][] = [
    ["Canary", campaign.canary], ["Waves", campaign.waves?.join(", ")], ["At a time", campaign.concurrency], ["Halts at", halt?.failures && `${halt.failures} failed`],
    ["Transfer within", deadlines?.transfer && duration(deadlines.transfer)], ["Restart within", deadlines?.restart && duration(deadlines.restart)],
    ["Verified within", deadlines?.verify && duration(deadlines.verify)],
  ];
  return all.flatMap(([label, value]) => (value === null || value === undefined || value === "" ? [] : [[label, `${value}`] as [string, string]]));
}

export function CampaignPage({ id }: { id: number }) {
  const isOperator = useRole("operator");
  const { campaign: { value: campaign, error, reload }, cards } = useCampaign(id);
  if (!campaign) return <div className="page"><PageHead title="Campaign" />{error ? <ErrorNote text={error} retry={reload} /> : <Empty title="Reading the campaign…" />}</div>;
  const refresh = () => {
    reload();
    cards.reload();
  };
  return (
    <div className="page">
      <nav aria-label="Breadcrumb" className="breadcrumb"><a href="#/campaigns">Campaigns</a></nav>
      <PageHead title={campaign.name}>
        <span role="status"><Badge tone={campaignTone[campaign.state]}>{campaignWord[campaign.state]}</Badge></span>
        {isOperator && <CampaignActions campaign={campaign} onDone={refresh} />}
      </PageHead>
      <p className="quiet">
        {campaign.firmware && <>{campaign.firmware.name}{campaign.firmware.version && `, version ${campaign.firmware.version}`}. </>}
        Created <Moment at={campaign.createdAt} />{campaign.createdBy && ` by ${campaign.createdBy}`}
        {campaign.startedAt && <>, started <Moment at={campaign.startedAt} /></>}{campaign.finishedAt && <>, ended <Moment at={campaign.finishedAt} /></>}.
      </p>
      {campaign.haltReason && <p className="note" data-tone="bad" role="alert"><Icon name="critical" /><span>{campaign.haltReason}</span></p>}
      <ErrorNote text={error} retry={reload} />
      <section className="panel" aria-label="Progress">
        <CampaignProgress campaign={campaign} />
        <dl className="facts">{terms(campaign).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      </section>
      {campaign.state === "planned" && isOperator ? <DryRunPanel id={id} /> : null}
      <ErrorNote text={cards.error} retry={cards.reload} />
      {cards.value && (campaign.state !== "planned" || !isOperator) && <CampaignCards cards={cards.value} />}
    </div>
  );
}
