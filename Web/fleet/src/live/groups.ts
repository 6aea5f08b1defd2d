/** The saved filters: every page may need them. Undefined until read, null where the server has none to offer. */
import { list, Problem } from "../api";
import type { Group } from "../types/organisation";
import { Signal } from "./signal";

export const groupList = new Signal<readonly Group[] | null | undefined>(undefined);

export async function refreshGroups(): Promise<void> {
  try {
    const groups = await list<Group>("/groups");
    groupList.write(groups.sort((a, b) => a.position - b.position));
  } catch (error) {
    // A server without groups is served as well; whatever else is wrong, the page about groups says.
    if (error instanceof Problem && error.status === 404) groupList.write(null);
  }
}

export function forgetGroups(): void {
  groupList.write(undefined);
}
