/** Routes and maintenance windows: as forms hold them, and in words. */
import type { MaintenanceWindow, NotificationRoute } from "../types/notifications";
import { duration } from "./format";
import { hoursFault, hoursWords } from "./hours";
import { causeWord } from "./incidents";
import { severityLook } from "./severity";

export type RouteDraft = Omit<NotificationRoute, "id">;

export function newRoute(position: number): RouteDraft {
  return {
    name: "", position, isEnabled: true, match: { sites: [], tags: [], cards: [], kinds: [], causes: [], alarms: [], severity: "warning", hours: [] }, channels: [],
    continue: true, quietHours: null, digestMinutes: null, escalation: [], tellEnd: true, tellAcknowledged: false,
  };
}

/** What is wrong, or null. */
export function routeFault(route: RouteDraft): string | null {
  if (route.name.trim() === "") return "The route needs a name.";
  const hours = [...route.match.hours, ...(route.quietHours ? [route.quietHours.hours] : [])].map(hoursFault).find((fault) => fault !== null);
  if (hours) return hours;
  if (route.digestMinutes !== null && !(Number.isInteger(route.digestMinutes) && route.digestMinutes >= 1 && route.digestMinutes <= 1_440)) return "A digest collects for 1 to 1440 minutes.";
  for (const { minutes, channels } of route.escalation) {
    if (!(Number.isInteger(minutes) && minutes >= 1)) return "An escalation comes after a whole number of minutes.";
    if (channels.length === 0) return "An escalation needs a channel.";
  }
  return route.channels.length === 0 && route.escalation.length === 0 ? "Choose a channel." : null;
}

/** "critical, at Lyon, with tag bank". */
export function matchWords({ match }: Pick<NotificationRoute, "match">): string {
  const least = match.severity === "information" ? "everything" : match.severity === "critical" ? "what is critical" : `${severityLook(match.severity).word.toLowerCase()} or worse`;
  return [
    least, match.sites.length > 0 && `at ${match.sites.join(" or ")}`, match.tags.length > 0 && `with tag ${match.tags.join(" or ")}`,
    match.cards.length > 0 && `of ${match.cards.length} cards`, match.causes.length > 0 && `caused by ${match.causes.map(causeWord).join(" or ").toLowerCase()}`,
    match.alarms.length > 0 && `alarm ${match.alarms.join(" or ")}`, ...match.hours.map(hoursWords),
  ].filter(Boolean).join(", ");
}

/** What a route does besides telling at once. */
export function mannerWords(route: RouteDraft, channelName: (id: number) => string): string[] {
  return [
    route.quietHours && `quiet ${hoursWords(route.quietHours.hours)} below ${severityLook(route.quietHours.below).word.toLowerCase()}`,
    route.digestMinutes !== null && route.digestMinutes !== undefined && `digest every ${duration(route.digestMinutes * 60)}`,
    ...route.escalation.map(({ minutes, channels }) => `after ${duration(minutes * 60)} ${channels.map(channelName).join(", ")}`),
    !route.tellEnd && "ends are not told",
    !route.continue && "stops here",
  ].filter((each): each is string => typeof each === "string");
}

export function scopeWords({ sites, tags, cards }: Pick<MaintenanceWindow, "sites" | "tags" | "cards">): string {
  const parts = [sites.length > 0 && sites.join(" or "), tags.length > 0 && `tag ${tags.join(" or ")}`, cards.length > 0 && `${cards.length} cards`].filter(Boolean);
  return parts.length === 0 ? "the whole fleet" : parts.join(", ");
}

/** Whether a window is open, to come or over at the moment `now`; of a weekly one the server tells whether it is open. */
export function windowPhase({ from, until, weekly, isOpen }: Pick<MaintenanceWindow, "from" | "until" | "weekly" | "isOpen">, now: number): "weekly" | "planned" | "open" | "over" {
  if (weekly) return isOpen ? "open" : "weekly";
  if (until && Date.parse(until) <= now) return "over";
  return from && Date.parse(from) > now ? "planned" : "open";
}
