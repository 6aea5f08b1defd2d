/** Who is signed in. Undefined while that is not known yet, null when nobody is. */
import { api, onSignedOut, Problem, sentence } from "../api";
import { stream } from "../events";
import type { Role, Session, User } from "../types";
import { startAlarmSummary, stopAlarmSummary } from "./alarms";
import { startFeed, stopFeed } from "./feed";
import { selection } from "./selection";
import { Signal, useSignal } from "./signal";
import { startSystem, stopSystem } from "./system";

export const session = new Signal<User | null | undefined>(undefined);
/** Why that is not known yet: the server does not answer, or not as it should. */
export const startProblem = new Signal<string | null>(null);
/** Set when a session ended by itself, so that the login can say so. */
export const wasExpired = new Signal(false);

function enter(user: User): void {
  session.write(user);
  startProblem.write(null);
  wasExpired.write(false);
  startFeed();
  startSystem();
  startAlarmSummary();
}

function leave(): void {
  stopFeed();
  stopSystem();
  stopAlarmSummary();
  session.write(null);
}

onSignedOut(() => {
  // Several requests may learn of it at once, also some that were under way while the user signed out.
  if (!session.read()) return;
  wasExpired.write(true);
  leave();
});

// Asked by the stream when the link is in doubt; a 401 in the answer signs us out, and nothing else matters here.
stream.probe = () => api.read<Session>("/session").then(() => undefined, () => undefined);

const retryInterval = 3_000;

/** Finds out whether the browser's cookie still holds. Only a server that says so has signed us out: one that does not answer is asked again. */
export async function resume(): Promise<void> {
  try {
    enter((await api.read<Session>("/session")).user);
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return leave();
    startProblem.write(sentence(problem));
    setTimeout(() => void resume(), retryInterval);
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  enter((await api.create<Session>("/session", { username, password })).user);
}

export async function signOut(): Promise<void> {
  await api.remove("/session");
  selection.write(new Set());
  leave();
  wasExpired.write(false);
}

const ranks: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/** Whether the signed-in user has at least this role. */
export function useRole(role: Role): boolean {
  const user = useSignal(session);
  return user !== null && user !== undefined && ranks[user.role] >= ranks[role];
}
