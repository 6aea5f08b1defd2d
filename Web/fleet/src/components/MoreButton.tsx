/** Shows the next portion of a long list. */
export function MoreButton({ hasMore, onMore }: { hasMore: boolean; onMore: () => void }) {
  if (!hasMore) return null;
  return <p className="table-more"><button type="button" className="button" onClick={onMore}>Show more</button></p>;
}
