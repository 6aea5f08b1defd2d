import { useState } from "react";
import { api } from "../api";
import { useAction } from "../hooks/useAction";
import { ErrorNote } from "./ErrorNote";
import { TextArea } from "./TextArea";

/** Adds a comment to what `path` is about. */
export function CommentForm({ path, onDone }: { path: string; onDone: () => void }) {
  const [text, setText] = useState("");
  const { isBusy, error, run } = useAction();
  const send = () => run(async () => {
    await api.create(path, { text: text.trim() });
    setText("");
    onDone();
  });
  return (
    <form className="form comment-form" onSubmit={(event) => {
      event.preventDefault();
      void send();
    }}>
      <TextArea label="Comment" isMono={false} rows={2} value={text} onChange={setText} />
      <ErrorNote text={error} />
      <div className="form-actions"><button type="submit" className="button" disabled={isBusy || text.trim() === ""}>{isBusy ? "Working…" : "Add comment"}</button></div>
    </form>
  );
}
