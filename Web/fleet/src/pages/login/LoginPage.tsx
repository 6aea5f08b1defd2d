import { useEffect, useState } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { Field } from "../../components/Field";
import { ThemeButton } from "../../components/ThemeButton";
import { useAction } from "../../hooks/useAction";
import { session, signIn, wasExpired } from "../../live/session";
import { useSignal } from "../../live/signal";
import { Problem } from "../../api";

/** What to say when a login fails: the server's word for everything but the usual case. */
async function enter(username: string, password: string): Promise<void> {
  try {
    await signIn(username, password);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) throw new Error("User name or password is wrong.");
    if (error.status === 429 && error.retryAfter) throw new Error(`Too many attempts. Try again in ${error.retryAfter} seconds.`);
    throw error;
  }
}

export function LoginPage() {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const { isBusy, error, run } = useAction();
  const expired = useSignal(wasExpired);
  useEffect(() => {
    document.title = "Sign in · NVFleet";
  }, []);

  return (
    <main className="login">
      <form
        className="login-box form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (!(await run(() => enter(username, password))) && !session.read()) setPassword("");
        }}
      >
        <div className="login-head">
          <span className="brand"><span className="brand-mark" aria-hidden="true" />NVFleet</span>
          <ThemeButton />
        </div>
        <h1>Sign in</h1>
        {expired && <p className="note" data-tone="info" role="status">Your session has ended. Sign in to go on where you were.</p>}
        <Field label="User name" name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required autoFocus value={username} onChange={setUsername} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required value={password} onChange={setPassword} />
        <ErrorNote text={error} />
        <button type="submit" className="button button-primary" disabled={isBusy}>{isBusy ? "Signing in…" : "Sign in"}</button>
      </form>
    </main>
  );
}
