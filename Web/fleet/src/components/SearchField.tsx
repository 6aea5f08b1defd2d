import { useEffect, useRef, type RefObject } from "react";
import { Icon } from "./Icon";

interface Props { label: string; placeholder: string; value: string; onChange: (value: string) => void }

/** "/" anywhere on the page goes to the text filter, unless one is typing already. */
function useSlash(target: RefObject<HTMLInputElement>) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
      if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      target.current?.focus();
      target.current?.select();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [target]);
}

/** The text that narrows a list: reached by "/", emptied by Escape. */
export function SearchField({ label, placeholder, value, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useSlash(input);
  return (
    <label className="search">
      <Icon name="search" />
      <span className="visually-hidden">{label}</span>
      <input
        ref={input} type="search" placeholder={`${placeholder}  ( / )`} value={value} spellCheck={false}
        onChange={(event) => onChange(event.target.value)} onKeyDown={(event) => event.key === "Escape" && onChange("")}
      />
    </label>
  );
}
