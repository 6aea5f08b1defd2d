import { useState } from "react";
import { api } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Field } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import { session } from "../../live/session";
import { useSignal } from "../../live/signal";

export function OwnPassword() {
  const user = useSignal(session);
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const { isBusy, error, run } = useAction();
  if (!user) return null;
  const differs = again !== "" && again !== password;

  const change = () => run(async () => {
    await api.change(`/users/${user.id}`, { password });
    setPassword("");
    setAgain("");
    notify("Your password was changed.");
  });

  return (
    <form className="panel form" aria-labelledby="own-password" onSubmit={(event) => {
      event.preventDefault();
      if (!differs) void change();
    }}>
      <h2 id="own-password">Your password</h2>
      <input type="text" name="username" autoComplete="username" value={user.username} readOnly hidden />
      <div className="form-grid">
        <Field label="New password" type="password" autoComplete="new-password" required value={password} onChange={setPassword} />
        <Field label="New password again" type="password" autoComplete="new-password" required value={again} onChange={setAgain} error={differs ? "The two differ." : undefined} />
      </div>
      <ErrorNote text={error} />
      <div className="form-actions"><button type="submit" className="button" disabled={isBusy || differs || password === ""}>Change password</button></div>
    </form>
  );
}
