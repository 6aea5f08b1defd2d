import { useState } from "react";
import { api } from "../../api";
import { Checks } from "../../components/Checks";
import { Choice, Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { SiteField } from "../../components/SiteField";
import { TextArea } from "../../components/TextArea";
import { notify } from "../../live/notices";
import { discoveryMethods, methodWord } from "../../model/discovery";
import { generations } from "../../model/generation";
import { rangeFault, splitRanges } from "../../model/network";
import { splitTags } from "../../model/tags";
import type { DiscoveryRule, FindingMethod } from "../../types/discovery";

const kindsOfCard = generations.map((each) => [each as string, each as string] as const);
const methods = [...discoveryMethods, "trap" as const, "import" as const].map((method) => [method, methodWord(method)] as const);

interface Props { rule: DiscoveryRule | null; position: number; onClose: () => void; onSaved: () => void }

export function RuleDialog({ rule, position: next, onClose, onSaved }: Props) {
  const [name, setName] = useState(rule?.name ?? "");
  const [position, setPosition] = useState(`${rule?.position ?? next}`);
  const [text, setText] = useState(rule?.ranges.join("\n") ?? "");
  const [kinds, setKinds] = useState<string[]>(rule?.generations ?? []);
  const [model, setModel] = useState(rule?.model ?? "");
  const [ways, setWays] = useState<FindingMethod[]>(rule?.methods ?? []);
  const [action, setAction] = useState<DiscoveryRule["action"]>(rule?.action ?? "accept");
  const [site, setSite] = useState(rule?.site ?? "");
  const [tags, setTags] = useState(rule?.tags.join(", ") ?? "");
  const ranges = splitRanges(text);
  const fault = rangeFault(ranges);
  const isNumber = /^\d+$/.test(position.trim());

  const save = async () => {
    const given = action === "accept" ? { site: site.trim() || null, tags: splitTags(tags) } : { site: null, tags: [] };
    const body = { name: name.trim(), position: Number(position), ranges, generations: kinds, model: model.trim() || null, methods: ways, action, ...given };
    if (rule) await api.change(`/discovery-rules/${rule.id}`, body);
    else await api.create("/discovery-rules", body);
    notify(`The rule ${body.name} was saved.`);
    onSaved();
  };

  return (
    <FormDialog title={rule ? `Rule ${rule.name}` : "New rule"} verb="Save rule" isReady={name.trim() !== "" && isNumber && fault === null} onSubmit={save} onClose={onClose}>
      <div className="form-grid">
        <Field label="Name" required autoFocus maxLength={128} value={name} onChange={setName} />
        <Field label="Position" inputMode="numeric" value={position} onChange={setPosition} error={isNumber ? undefined : "A whole number."} hint="Lower is asked first." />
      </div>
      <p className="quiet">What is left empty does not matter to the rule.</p>
      <TextArea label="Found in these ranges" rows={2} placeholder="10.1.0.0/16" value={text} onChange={setText} error={fault ?? undefined} />
      <Checks isRow label="Of these generations" options={kindsOfCard} chosen={kinds} onChange={setKinds} />
      <Field label="Of this model" value={model} onChange={setModel} />
      <Checks isRow label="Found by" options={methods} chosen={ways} onChange={setWays} />
      <Choice label="Then" value={action} onChange={(value) => setAction(value as DiscoveryRule["action"])} options={[["accept", "Accept it into the fleet"], ["ignore", "Ignore it"]]} />
      {action === "accept" && (
        <div className="form-grid">
          <SiteField value={site} onChange={setSite} label="Site (optional)" />
          <Field label="Tags (optional)" value={tags} onChange={setTags} hint="Apart by commas." />
        </div>
      )}
    </FormDialog>
  );
}
