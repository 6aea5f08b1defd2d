import { Progress } from "../../components/Progress";
import { discoveryMethods, methodList, methodWord } from "../../model/discovery";
import { count } from "../../model/format";
import type { Discovery, DiscoveryMethod, MethodProgress } from "../../types/discovery";

/** A method without addresses of its own asks the wire, and listens. */
function askedWords({ probed, total, answered, isDone }: MethodProgress): string {
  const asked = total > 0 ? `${probed.toLocaleString("en-GB")} of ${count(total, "address", "addresses")}` : isDone ? "the local wire" : "listening";
  return `${asked}, ${answered.toLocaleString("en-GB")} answered`;
}

function Method({ method, progress }: { method: DiscoveryMethod; progress: MethodProgress }) {
  const text = askedWords(progress);
  const [done, total] = progress.total > 0 ? [progress.probed, progress.total] : [progress.isDone ? 1 : 0, 1];
  return (
    <li className="method-progress">
      <span>{methodWord(method)}</span><span className="quiet">{text}</span>
      <Progress label={methodWord(method)} total={total} text={text} parts={[{ key: "probed", count: done, tone: progress.isDone ? "good" : "info" }]} />
    </li>
  );
}

/** How far a search is: by method where the server tells, in one bar otherwise. */
export function DiscoveryProgress({ discovery }: { discovery: Discovery }) {
  const isRunning = discovery.state === "running";
  const byMethod = discoveryMethods.flatMap((method): [DiscoveryMethod, MethodProgress][] => {
    const progress = discovery.progress?.[method];
    return progress ? [[method, { ...progress, isDone: progress.isDone || !isRunning }]] : [];
  });
  const asked = `${discovery.probed.toLocaleString("en-GB")} of ${count(discovery.total, "address", "addresses")} asked`;
  const text = `${asked}, ${count(discovery.found, "card")} found`;
  return (
    <div className="discovery-progress">
      <p role="status">{text} <span className="quiet">by {methodList(discovery.methods)}</span></p>
      <Progress label="Addresses asked" total={discovery.total} text={text} parts={[{ key: "probed", count: discovery.probed, tone: isRunning ? "info" : "good" }]} />
      {byMethod.length > 1 && <ul>{byMethod.map(([method, progress]) => <Method key={method} method={method} progress={progress} />)}</ul>}
    </div>
  );
}
