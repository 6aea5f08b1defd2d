import { useState, type ReactNode } from "react";
import { Absent, orDash } from "../../components/Absent";
import { Badge } from "../../components/Badge";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Ago, Until } from "../../components/Times";
import type { Loaded } from "../../hooks/useRequest";
import { useRole } from "../../live/session";
import { duration } from "../../model/format";
import { answering, latencyWords, pollingSource } from "../../model/health";
import { pollWords } from "../../model/polling";
import type { Card } from "../../types";
import type { CardHealth } from "../../types/system";
import { ReadingDialog } from "./ReadingDialog";

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

function Figures({ health }: { health: CardHealth }) {
  const { polling } = health;
  return (
    <dl className="figures">
      <Row label="Last answer"><Ago at={health.lastAnswerAt} /></Row>
      <Row label="Latency">{orDash(latencyWords(health.latencyMs))}</Row>
      <Row label="Loss">{health.lossPercent == null ? <Absent /> : `${health.lossPercent.toFixed(1)}\u00a0%`}</Row>
      <Row label="Failures in a row">{health.consecutiveFailures.toLocaleString("en-GB")}</Row>
      {health.backOffSeconds ? <Row label="Back-off">{duration(health.backOffSeconds)}</Row> : null}
      <Row label="Next poll">{!health.isPolledByThisServer ? "by another server" : health.nextPollAt ? <Until at={health.nextPollAt} /> : "under way"}</Row>
      {polling && <Row label="Polling">{pollWords(polling)} <span className="quiet">({pollingSource(polling.from)})</span></Row>}
      <Row label="Read by">{orDash(health.protocol && (health.protocol === "modbus" ? "Modbus TCP" : "SNMP"))}</Row>
      <Row label="Profile">{health.profile ?? <span className="quiet">by its generation</span>}</Row>
    </dl>
  );
}

interface Props { card: Card; loaded: Loaded<CardHealth>; onChanged: (card: Card) => void }

/** How well the card answers, when it is asked next and by what rule. */
export function HealthPanel({ card, loaded, onChanged }: Props) {
  const isOperator = useRole("operator");
  const [isChanging, setChanging] = useState(false);
  return (
    <LoadedPanel
      title="Polling" what="a card's health" loaded={loaded}
      action={isOperator && <button type="button" className="button button-small" onClick={() => setChanging(true)}>Change…</button>}
    >
      {(health) => {
        const { word, tone } = answering(health);
        return (
          <>
            <p><Badge tone={tone}>{word}</Badge></p>
            {health.lastError && health.consecutiveFailures > 0 && <p className="note" data-tone="caution"><span>{health.lastError} <span className="quiet"><Ago at={health.lastErrorAt} /></span></span></p>}
            <Figures health={health} />
            {health.lastError && health.consecutiveFailures === 0 && <p className="quiet">Last error <Ago at={health.lastErrorAt} />: {health.lastError}</p>}
            {isChanging && <ReadingDialog card={card} onClose={() => setChanging(false)} onChanged={onChanged} />}
          </>
        );
      }}
    </LoadedPanel>
  );
}
