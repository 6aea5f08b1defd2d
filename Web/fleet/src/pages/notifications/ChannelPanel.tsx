import { useState } from "react";
import { Badge } from "../../components/Badge";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useList } from "../../hooks/useRequest";
import { useRole } from "../../live/session";
import { channelKindWord, channelTarget } from "../../model/channels";
import type { Channel } from "../../types/notifications";
import { ChannelDialog } from "./ChannelDialog";
import { ChannelTestDialog } from "./ChannelTestDialog";

type Open = { what: "edit"; channel: Channel | null } | { what: "test" | "delete"; channel: Channel } | null;

/** The ways to people and to other systems. */
export function ChannelPanel() {
  const isAdmin = useRole("admin");
  return isAdmin ? <Channels /> : <p className="note" data-tone="info">Channels are for administrators: they hold secrets, and reach out of the server.</p>;
}

function Channels() {
  const loaded = useList<Channel>("/notifications/channels");
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <LoadedPanel
      title="Channels" what="notification channels" loaded={loaded}
      hint="The ways by which people and other systems are told. Secrets are stored sealed and never shown again. Without any route, what is a warning or worse goes to every channel."
      action={<button type="button" className="button" onClick={() => setOpen({ what: "edit", channel: null })}>Add a channel…</button>}
    >
      {(channels) => (
        <>
          {channels.length === 0 && <p className="quiet">No channels: nobody is told of alarms.</p>}
          {channels.length > 0 && (
            <Table
              label="Channels" items={channels} keyOf={(channel) => channel.id}
              columns={[
                { label: "Channel", isHead: true, cell: (channel) => channel.name },
                { label: "Kind", cell: (channel) => channelKindWord(channel.kind) },
                { label: "Leads to", cell: channelTarget },
                { label: "State", cell: (channel) => <Badge tone={channel.isEnabled ? "good" : "muted"}>{channel.isEnabled ? "On" : "Off"}</Badge> },
                { label: "Notifications", cell: (channel) => <a href={`#/notifications?channel=${channel.id}`}>Show</a> },
              ]}
              actions={(channel) => (
                <>
                  <button type="button" className="button button-small" aria-label={`Test ${channel.name}`} onClick={() => setOpen({ what: "test", channel })}>Test…</button>
                  <EditButtons name={channel.name} onEdit={() => setOpen({ what: "edit", channel })} onDelete={() => setOpen({ what: "delete", channel })} />
                </>
              )}
            />
          )}
          {open?.what === "edit" && <ChannelDialog channel={open.channel} onClose={close} onSaved={loaded.reload} />}
          {open?.what === "test" && <ChannelTestDialog channel={open.channel} onClose={close} />}
          {open?.what === "delete" && (
            <Deletion path={`/notifications/channels/${open.channel.id}`} name={open.channel.name} noun="channel" onDeleted={loaded.reload} onClose={close}>
              <p>What waits for this channel is not sent. Routes that name it go on without it.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
