import { useId } from "react";
import { useFacets } from "../hooks/useFleet";
import { Field } from "./Field";

interface Props { value: string; onChange: (site: string) => void; hint?: string; label?: string }

/** The name of a site: those there are are offered, and a new one may be typed. */
export function SiteField({ value, onChange, hint, label = "Site" }: Props) {
  const id = useId();
  const { sites } = useFacets();
  return (
    <>
      <Field label={label} list={id} value={value} onChange={onChange} hint={hint} maxLength={128} />
      <datalist id={id}>{sites.map(([site]) => site !== "" && <option key={site} value={site} />)}</datalist>
    </>
  );
}
