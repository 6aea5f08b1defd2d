import { useState } from "react";
import { api } from "../../api";
import { Check, Checks } from "../../components/Checks";
import { Choice, Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { HoursFields } from "../../components/HoursFields";
import { notify } from "../../live/notices";
import { newHours } from "../../model/hours";
import { causeOptions } from "../../model/incidents";
import { newRoute, routeFault, type RouteDraft } from "../../model/routes";
import { severityOptions } from "../../model/severity";
import { splitSites, splitTags } from "../../model/tags";
import type { Severity } from "../../types";
import type { Channel, NotificationRoute } from "../../types/notifications";
import { EscalationFields } from "./EscalationFields";

interface Props { route: NotificationRoute | null; position: number; channels: readonly Channel[]; onClose: () => void; onSaved: () => void }
interface PartProps { route: RouteDraft; set: (change: Partial<RouteDraft>) => void }

const causes = causeOptions.map(({ value, word }) => [value, word] as const);

function MatchFields({ route: { match }, set }: PartProps) {
  const [sites, setSites] = useState(match.sites.join("; "));
  const [tags, setTags] = useState(match.tags.join(", "));
  const change = (next: Partial<RouteDraft["match"]>) => set({ match: { ...match, ...next } });
  const hours = match.hours[0];
  // Names of alarms, which the form has no box for, stay.
  const others = match.causes.filter((cause) => !causes.some(([known]) => known === cause));
  return (
    <fieldset className="field form">
      <legend>For</legend>
      <div className="form-grid form-grid-wide">
        <Choice label="At least" value={match.severity} onChange={(severity) => change({ severity: severity as Severity })} options={[...severityOptions]} />
        <Field label="At these sites" value={sites} hint="Apart by semicolons; empty: any." onChange={(text) => { setSites(text); change({ sites: splitSites(text) }); }} />
        <Field label="With one of these tags" value={tags} hint="Apart by commas; empty: any." onChange={(text) => { setTags(text); change({ tags: splitTags(text) }); }} />
      </div>
      <Checks isRow label="Of these causes (none: any)" options={causes} chosen={match.causes} onChange={(chosen) => change({ causes: [...chosen, ...others] })} />
      <Check label="Only at certain hours" checked={hours !== undefined} onChange={(isOn) => change({ hours: isOn ? [newHours("08:00", "18:00")] : [] })} />
      {hours && <HoursFields label="Hours of the route" hours={hours} onChange={(next) => change({ hours: [next, ...match.hours.slice(1)] })} />}
    </fieldset>
  );
}

function QuietFields({ route: { quietHours: quiet }, set }: PartProps) {
  return (
    <fieldset className="field form">
      <legend>Quiet hours</legend>
      <Check
        label="Hold what is less grave, and tell it together afterwards" checked={quiet !== null}
        onChange={(isOn) => set({ quietHours: isOn ? { hours: newHours("22:00", "06:00"), below: "critical" } : null })}
      />
      {quiet && (
        <>
          <Choice
            label="Hold what is below" value={quiet.below} onChange={(below) => set({ quietHours: { ...quiet, below: below as Severity } })}
            options={severityOptions.filter(([severity]) => severity !== "information")}
          />
          <HoursFields label="Quiet hours" hours={quiet.hours} onChange={(hours) => set({ quietHours: { ...quiet, hours } })} />
        </>
      )}
    </fieldset>
  );
}

export function RouteDialog({ route: known, position, channels, onClose, onSaved }: Props) {
  const [route, setRoute] = useState<RouteDraft>(known ?? newRoute(position));
  const set = (change: Partial<RouteDraft>) => setRoute((before) => ({ ...before, ...change }));
  const fault = routeFault(route);
  const unnamed = route.channels.filter((id) => !channels.some((channel) => channel.id === id));
  const options = [...channels.map(({ id, name }) => [`${id}`, name] as const), ...unnamed.map((id) => [`${id}`, `Channel ${id}`] as const)];

  const save = async () => {
    const { name, isEnabled, match, continue: goesOn, quietHours, digestMinutes, escalation, tellEnd, tellAcknowledged } = route;
    const body = {
      name: name.trim(), position: route.position, isEnabled, match, channels: route.channels, continue: goesOn, quietHours, digestMinutes, escalation, tellEnd, tellAcknowledged,
    };
    if (known) await api.change(`/notifications/routes/${known.id}`, body);
    else await api.create("/notifications/routes", body);
    notify(`The route ${body.name} was saved.`);
    onSaved();
  };

  return (
    <FormDialog title={known ? `Route ${known.name}` : "New route"} verb="Save route" isWide isReady={fault === null} onSubmit={save} onClose={onClose}>
      <div className="form-grid">
        <Field label="Name" required autoFocus maxLength={128} value={route.name} onChange={(name) => set({ name })} />
        <Field label="Position" inputMode="numeric" value={`${route.position}`} onChange={(text) => set({ position: Number(text.replace(/\D/g, "")) })} hint="Lower is looked at first." />
      </div>
      <MatchFields route={route} set={set} />
      {channels.length === 0 && <p className="note" data-tone="caution">There are no channels yet. An administrator adds them.</p>}
      <Checks isRow label="Tell these channels" options={options} chosen={route.channels.map(String)} onChange={(chosen) => set({ channels: chosen.map(Number) })} />
      <EscalationFields steps={route.escalation} channels={channels} onChange={(escalation) => set({ escalation })} />
      <QuietFields route={route} set={set} />
      <Check label="Collect what is not critical, and tell it together" checked={route.digestMinutes !== null} onChange={(isOn) => set({ digestMinutes: isOn ? 15 : null })} />
      {route.digestMinutes !== null && (
        <Field label="Minutes to collect" inputMode="numeric" value={`${route.digestMinutes}`} onChange={(text) => set({ digestMinutes: Number(text.replace(/\D/g, "")) })} />
      )}
      <div className="field checks">
        <Check label="Tell also when it is over" checked={route.tellEnd} onChange={(tellEnd) => set({ tellEnd })} />
        <Check label="Tell also when somebody acknowledges it" checked={route.tellAcknowledged} onChange={(tellAcknowledged) => set({ tellAcknowledged })} />
        <Check label="Look at the routes after this one too" checked={route.continue} onChange={(goesOn) => set({ continue: goesOn })} />
        <Check label="The route is on" checked={route.isEnabled} onChange={(isEnabled) => set({ isEnabled })} />
      </div>
      {fault && <p className="field-hint" role="status">{fault}</p>}
    </FormDialog>
  );
}
