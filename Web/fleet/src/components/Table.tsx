import { useState, type ReactNode } from "react";
import { orDash } from "./Absent";

export interface TableColumn<Item> {
  label: string;
  cell: (item: Item) => ReactNode;
  /** Names the row. */
  isHead?: boolean;
  isMono?: boolean;
  isNumber?: boolean;
}

interface Props<Item> {
  label: string;
  columns: readonly TableColumn<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string | number;
  /** Buttons at the end of each row. */
  actions?: (item: Item) => ReactNode;
}

function Cell<Item>({ column, item }: { column: TableColumn<Item>; item: Item }) {
  const className = [column.isMono && "mono", column.isNumber && "number"].filter(Boolean).join(" ") || undefined;
  const content = orDash(column.cell(item));
  return column.isHead
    ? <th scope="row" data-label={column.label} className={className}>{content}</th>
    : <td data-label={column.label} className={className}>{content}</td>;
}

/** So many rows at a time: thousands would make the page slow, and nobody reads them. */
const portion = 200;

/** A table that becomes a stack of small cards on a narrow window. What is not known is a dash. */
export function Table<Item>({ label, columns, items, keyOf, actions }: Props<Item>) {
  const [limit, setLimit] = useState(portion);
  const rest = items.length - limit;
  return (
    <div className="table-scroll">
      <table className="table table-stacks" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => <th key={column.label} scope="col" className={column.isNumber ? "number" : undefined}>{column.label}</th>)}
            {actions && <th scope="col"><span className="visually-hidden">Actions</span></th>}
          </tr>
        </thead>
        <tbody>
          {items.slice(0, limit).map((item) => (
            <tr key={keyOf(item)}>
              {columns.map((column) => <Cell key={column.label} column={column} item={item} />)}
              {actions && <td className="table-actions"><span className="row-actions">{actions(item)}</span></td>}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <p className="table-more">
          <button type="button" className="button" onClick={() => setLimit(limit + portion)}>Show {Math.min(portion, rest)} more of {rest.toLocaleString("en-GB")}</button>
        </p>
      )}
    </div>
  );
}
