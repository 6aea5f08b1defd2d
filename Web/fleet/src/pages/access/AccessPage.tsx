import { PageHead } from "../../components/PageHead";
import { useRole } from "../../live/session";
import { OwnPassword } from "./OwnPassword";
import { TokenPanel } from "./TokenPanel";
import { UserPanel } from "./UserPanel";

/** Who may do what: users for the admin, tokens and the own password for everybody. */
export function AccessPage() {
  const isAdmin = useRole("admin");
  return (
    <div className="page">
      <PageHead title="Access" />
      {isAdmin && <UserPanel />}
      <TokenPanel />
      <OwnPassword />
    </div>
  );
}
