import { useRole } from "../../live/session";
import { OwnPassword } from "./OwnPassword";
import { TokenPanel } from "./TokenPanel";
import { UserPanel } from "./UserPanel";

/** Who may do what: users for the admin, tokens and the own password for everybody. */
export function AccessPanels() {
  const isAdmin = useRole("admin");
  return (
    <>
      {isAdmin && <UserPanel />}
      <TokenPanel />
      <OwnPassword />
    </>
  );
}
