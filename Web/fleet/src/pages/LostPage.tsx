import { Empty } from "../components/Empty";
import { PageHead } from "../components/PageHead";

export function LostPage() {
  return (
    <div className="page">
      <PageHead title="Not found" />
      <Empty title="There is no such page."><a href="#/cards">All cards</a></Empty>
    </div>
  );
}
