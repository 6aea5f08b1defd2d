import { useRef, useState } from "react";
import { upload } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Field } from "../../components/Field";
import { Progress } from "../../components/Progress";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import { bytes } from "../../model/format";

/** Puts an image into the library. A vendor image does not tell its version, so it may be given. */
export function FirmwareUpload({ onUploaded }: { onUploaded: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [version, setVersion] = useState("");
  const [part, setPart] = useState(0);
  const { isBusy, error, run, clear } = useAction();

  const send = () => file && run(async () => {
    setPart(0);
    const query = new URLSearchParams({ name: file.name });
    if (version.trim() !== "") query.set("version", version.trim());
    await upload(`/firmware?${query}`, file, setPart);
    notify(`${file.name} is in the library.`);
    setFile(null);
    setVersion("");
    if (input.current) input.current.value = "";
    onUploaded();
  });

  const percent = Math.round(part * 100);
  const text = percent < 100 ? `${percent} % of ${bytes(file?.size ?? 0)} sent` : "Sent; the server is checking the image…";
  return (
    <form className="panel form form-row" aria-label="Upload an image" onSubmit={(event) => {
      event.preventDefault();
      void send();
    }}>
      <div className="field">
        <label htmlFor="firmware-file">Image file</label>
        <input
          ref={input} id="firmware-file" className="input" type="file" accept=".bin,application/octet-stream" disabled={isBusy}
          onChange={(event) => {
            clear();
            setFile(event.target.files?.[0] ?? null);
          }}
        />
      </div>
      <Field label="Version (vendor images)" placeholder="8.41" value={version} onChange={setVersion} disabled={isBusy} />
      <button type="submit" className="button button-primary" disabled={file === null || isBusy}>{isBusy ? "Uploading…" : "Upload"}</button>
      {isBusy && <div className="form-whole"><Progress label="Upload" total={100} text={text} parts={[{ key: "sent", count: percent, tone: "info" }]} /><p className="quiet" role="status">{text}</p></div>}
      {error && <div className="form-whole"><ErrorNote text={error} /></div>}
    </form>
  );
}
