import { Progress } from "../../components/Progress";
import { finished, segments } from "../../model/campaign";
import type { Campaign } from "../../types";

/** How far a campaign is, as a bar and in words. */
export function CampaignProgress({ campaign }: { campaign: Campaign }) {
  const { counts, total } = campaign;
  const failed = (counts.failed ?? 0) + (counts.quarantined ?? 0);
  const words = [`${finished(counts)} of ${total} finished`];
  if (failed > 0) words.push(`${failed} failed`);
  if ((counts.skipped ?? 0) > 0) words.push(`${counts.skipped} skipped`);
  const text = words.join(", ");
  const parts = segments(counts).map(({ state, count, tone }) => ({ key: state, count, tone }));
  return (
    <div className="campaign-progress">
      <Progress label={`Progress of ${campaign.name}`} total={total} parts={parts} text={text} />
      <span className="quiet">{text}</span>
    </div>
  );
}
