/** Tags as people type them. */

/** The tags in a text field: apart by commas or lines, each once. */
export function splitTags(text: string): string[] {
  return [...new Set(text.split(/[,;\n]+/).map((tag) => tag.trim()).filter(Boolean))];
}

/** The names of sites in a text field: a name may have a comma, so they are apart by semicolons or lines. */
export function splitSites(text: string): string[] {
  return [...new Set(text.split(/[;\n]+/).map((site) => site.trim()).filter(Boolean))];
}

export type TagChange = "add" | "remove" | "replace";

/** A card's tags after a change, or null where the change changes nothing. */
export function changedTags(known: readonly string[], tags: readonly string[], change: TagChange): string[] | null {
  const next = change === "replace" ? [...tags]
    : change === "add" ? [...known, ...tags.filter((tag) => !known.includes(tag))]
    : known.filter((tag) => !tags.includes(tag));
  const isSame = next.length === known.length && next.every((tag) => known.includes(tag));
  return isSame ? null : next;
}
