/** Decisions about candidates. */
import { api, Problem } from "../api";
import { candidateName } from "../model/discovery";
import type { Acceptance, Candidate } from "../types/discovery";
import { workThrough, type BulkProgress } from "./bulk";

export type Decision = "ignore" | "reconsider";

/** Decides about each; what fails is told by its name, and the rest goes on. */
export function decideAll(
  candidates: readonly Candidate[], decision: Decision, progress: (progress: BulkProgress) => void, signal: AbortSignal,
): Promise<BulkProgress> {
  return workThrough(candidates, nameAndAddress, async ({ id }) => void await api.create(`/candidates/${id}/${decision}`), progress, signal);
}

/** Takes each into the fleet, and names those that are there now in `accepted`: they are not asked for again. */
export function acceptAll(
  candidates: readonly Candidate[], what: Acceptance, accepted: Set<number>, progress: (progress: BulkProgress) => void, signal: AbortSignal,
): Promise<BulkProgress> {
  const accept = async ({ id }: Candidate) => {
    try {
      await api.create(`/candidates/${id}/accept`, what);
    } catch (error) {
      // Who waits for its answer in vain, or is not alone in deciding, finds it done. A swap is another matter: it says whose place is taken.
      const isThere = error instanceof Problem && error.status === 409 && what.inherit === undefined && (await isAccepted(id));
      if (!isThere) throw error;
    }
    accepted.add(id);
  };
  return workThrough(candidates.filter(({ id }) => !accepted.has(id)), nameAndAddress, accept, progress, signal);
}

async function isAccepted(id: number): Promise<boolean> {
  return (await api.read<Candidate>(`/candidates/${id}`)).state === "accepted";
}

function nameAndAddress(candidate: Candidate): string {
  const name = candidateName(candidate);
  return name === candidate.address ? name : `${name} (${candidate.address})`;
}
