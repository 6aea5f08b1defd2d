import { useState } from "react";
import { Choice, Field } from "../../components/Field";
import { PollFields } from "../../components/PollFields";
import { SiteField } from "../../components/SiteField";
import { pollFault, pollIntervals, type PollText } from "../../model/polling";
import { changedTags, splitTags, type TagChange } from "../../model/tags";
import { BulkDialog } from "./BulkDialog";

interface Props { ids: readonly number[]; onClose: () => void }

export function BulkSite({ ids, onClose }: Props) {
  const [site, setSite] = useState("");
  return (
    <BulkDialog title="Site" ids={ids} change={(card) => ((card.site ?? "") === site.trim() ? null : { site: site.trim() })} onClose={onClose}>
      <SiteField value={site} onChange={setSite} hint="Empty: the cards belong to no site." />
    </BulkDialog>
  );
}

const changes: [TagChange, string][] = [["add", "Add these tags"], ["remove", "Remove these tags"], ["replace", "Replace all tags by these"]];

export function BulkTags({ ids, onClose }: Props) {
  const [text, setText] = useState("");
  const [how, setHow] = useState<TagChange>("add");
  const tags = splitTags(text);
  return (
    <BulkDialog
      title="Tags" ids={ids} isReady={tags.length > 0 || how === "replace"} onClose={onClose}
      change={(card) => {
        const next = changedTags(card.tags, tags, how);
        return next && { tags: next };
      }}
    >
      <Choice label="What to do" value={how} onChange={(value) => setHow(value as TagChange)} options={changes} />
      <Field label="Tags" value={text} onChange={setText} hint="Apart by commas, such as “critical, floor 2”." />
    </BulkDialog>
  );
}

export function BulkPolling({ ids, onClose }: Props) {
  const [text, setText] = useState<PollText>({ status: "10", full: "60", isOwn: true });
  const fault = pollFault(text);
  return (
    <BulkDialog title="Polling" ids={ids} isReady={fault === null} change={() => ({ polling: pollIntervals(text) })} onClose={onClose}>
      <PollFields text={text} onChange={setText} fault={fault} />
    </BulkDialog>
  );
}
