import { useCallback, useEffect, useRef, useState } from "react";
import { api, list, newIdempotencyKey } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Choice, Field } from "../../components/Field";
import { PageHead } from "../../components/PageHead";
import { useAction } from "../../hooks/useAction";
import { useRequest } from "../../hooks/useRequest";
import { go } from "../../live/route";
import { selection } from "../../live/selection";
import { useRole } from "../../live/session";
import { campaignRequest, defaultPlan, type Plan, type PlanErrors } from "../../model/campaign";
import type { CampaignRequest, Firmware } from "../../types";
import { CardPicker } from "./CardPicker";
import { PlanLimits } from "./PlanLimits";

function useImages() {
  return useRequest(useCallback((signal: AbortSignal) => list<Firmware>("/firmware", signal), []));
}

function imageOptions(images: readonly Firmware[]): [string, string][] {
  const usable = images.filter((image) => image.signature !== "invalid");
  return [["", usable.length === 0 ? "No usable image in the library" : "Choose an image…"], ...usable.map((image): [string, string] => [
    `${image.id}`, `${image.name}${image.version ? `, ${image.version}` : ""} (${image.format === "vendor" ? "vendor image" : image.format})`,
  ])];
}

/** Sends a plan; the same plan sent again (a double click, a lost answer) is the same campaign. */
function useCreation() {
  const sent = useRef({ body: "", key: "" });
  return async (request: CampaignRequest) => {
    const body = JSON.stringify(request);
    if (sent.current.body !== body) sent.current = { body, key: newIdempotencyKey() };
    return api.create<{ id: number }>("/campaigns", request, { idempotencyKey: sent.current.key });
  };
}

/** The plan of a campaign. Creating it touches no card: the next page shows the dry run, and starts it. */
export function NewCampaignPage() {
  const isOperator = useRole("operator");
  const images = useImages();
  const [plan, setPlan] = useState<Plan>({ ...defaultPlan, name: "", firmware: null, cards: [...selection.read()] });
  const [errors, setErrors] = useState<PlanErrors>({});
  const { isBusy, error, run } = useAction();
  const create = useCreation();
  const set = useCallback((change: Partial<Plan>) => setPlan((known) => ({ ...known, ...change })), []);
  const chosen = images.value?.find((image) => image.id === plan.firmware);
  const suggestion = chosen ? `Upgrade to ${chosen.version ?? chosen.name}` : "";
  useEffect(() => selection.write(new Set(plan.cards)), [plan.cards]);

  const submit = () => {
    const checked = campaignRequest({ ...plan, name: plan.name || suggestion });
    setErrors("errors" in checked ? checked.errors : {});
    if ("errors" in checked) return;
    void run(async () => {
      const { id } = await create(checked.request);
      selection.write(new Set());
      go(`campaigns/${id}`);
    });
  };

  if (!isOperator) return <div className="page"><PageHead title="New campaign" /><ErrorNote text="Your role does not allow campaigns." /></div>;
  return (
    <div className="page">
      <nav aria-label="Breadcrumb" className="breadcrumb"><a href="#/campaigns">Campaigns</a></nav>
      <PageHead title="New campaign" />
      <form className="plan" onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}>
        <div className="plan-terms panel form">
          <h2>Image</h2>
          <ErrorNote text={images.error} retry={images.reload} />
          <Choice
            label="Firmware image" value={plan.firmware === null ? "" : `${plan.firmware}`} options={imageOptions(images.value ?? [])} error={errors.firmware}
            onChange={(id) => set({ firmware: id === "" ? null : Number(id) })}
          />
          <Field label="Campaign name" value={plan.name} placeholder={suggestion} onChange={(name) => set({ name })} error={errors.name} />
          <PlanLimits plan={plan} errors={errors} onChange={set} />
          <ErrorNote text={error} />
          <div className="form-actions">
            <button type="submit" className="button button-primary" disabled={isBusy}>{isBusy ? "Planning…" : "Plan and dry-run"}</button>
          </div>
          <p className="quiet">No card is touched yet: the next page shows who is ready, and starts the campaign.</p>
        </div>
        <CardPicker chosen={plan.cards} onChange={(cards) => set({ cards })} error={errors.cards} format={chosen?.format} />
      </form>
    </div>
  );
}
