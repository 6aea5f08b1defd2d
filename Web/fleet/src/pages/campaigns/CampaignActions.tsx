import { useState } from "react";
import { api, sentence } from "../../api";
import { Confirm } from "../../components/Confirm";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import { count } from "../../model/format";
import type { Campaign } from "../../types";

type Verb = "start" | "pause" | "resume" | "cancel";

/** Start, pause, resume, cancel: whichever the campaign's state allows. */
export function CampaignActions({ campaign, onDone }: { campaign: Campaign; onDone: () => void }) {
  const [isCancelling, setCancelling] = useState(false);
  const { isBusy, run } = useAction();
  const order = async (verb: Verb) => {
    await api.create(`/campaigns/${campaign.id}/${verb}`);
    onDone();
  };
  const press = (verb: Verb) => run(() => order(verb).catch((error) => notify(sentence(error), "bad")));
  const { state } = campaign;
  const isOpen = state === "planned" || state === "running" || state === "paused" || state === "halted";
  return (
    <>
      {state === "planned" && <button type="button" className="button button-primary" disabled={isBusy} onClick={() => void press("start")}>Start campaign</button>}
      {state === "running" && <button type="button" className="button" disabled={isBusy} onClick={() => void press("pause")}>Pause</button>}
      {(state === "paused" || state === "halted") && <button type="button" className="button button-primary" disabled={isBusy} onClick={() => void press("resume")}>Resume</button>}
      {isOpen && <button type="button" className="button" disabled={isBusy} onClick={() => setCancelling(true)}>Cancel campaign…</button>}
      {isCancelling && (
        <Confirm title={`Cancel ${campaign.name}?`} verb="Cancel campaign" isDangerous onClose={() => setCancelling(false)} onConfirm={() => order("cancel")}>
          <p>No further card is touched. {count(campaign.counts.queued ?? 0, "card")} still waiting will keep the firmware they have. A cancelled campaign can't be resumed.</p>
        </Confirm>
      )}
    </>
  );
}
