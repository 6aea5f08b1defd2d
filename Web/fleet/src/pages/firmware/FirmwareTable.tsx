import { Badge } from "../../components/Badge";
import { Icon } from "../../components/Icon";
import { Moment } from "../../components/Times";
import { bytes } from "../../model/format";
import type { Tone } from "../../model/status";
import type { Firmware } from "../../types";

const words: Record<Firmware["signature"], string> = { none: "Not signed", signed: "Signed, key not trusted", trusted: "Signed and trusted", invalid: "Invalid signature" };
const tones: Record<Firmware["signature"], Tone> = { none: "muted", signed: "caution", trusted: "good", invalid: "bad" };

interface Props { images: readonly Firmware[]; canDelete: boolean; onDelete: (image: Firmware) => void }

export function FirmwareTable({ images, canDelete, onDelete }: Props) {
  return (
    <div className="panel panel-flush">
      <table className="table table-stacks">
        <thead>
          <tr><th scope="col">Name</th><th scope="col">Format</th><th scope="col">Product</th><th scope="col">Version</th><th scope="col">Signature</th><th scope="col">Size</th><th scope="col">Uploaded</th>{canDelete && <th scope="col"><span className="visually-hidden">Actions</span></th>}</tr>
        </thead>
        <tbody>
          {images.map((image) => (
            <tr key={image.id}>
              <th scope="row" data-label="Name" title={`SHA-256 ${image.sha256}`}>{image.name}</th>
              <td data-label="Format">{image.format === "vendor" ? "Vendor" : image.format}</td>
              <td data-label="Product">{image.product}</td>
              <td data-label="Version">{image.version && <span>{image.version}{image.minimumVersion && <span className="quiet"> from {image.minimumVersion}</span>}</span>}</td>
              <td data-label="Signature"><Badge tone={tones[image.signature]}>{words[image.signature]}</Badge></td>
              <td data-label="Size">{bytes(image.size)}</td>
              <td data-label="Uploaded"><span><Moment at={image.uploadedAt} />{image.uploadedBy && <span className="quiet"> by {image.uploadedBy}</span>}</span></td>
              {canDelete && <td><button type="button" className="button-icon" aria-label={`Delete ${image.name}`} title="Delete" onClick={() => onDelete(image)}><Icon name="trash" /></button></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
