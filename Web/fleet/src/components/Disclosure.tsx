import { useEffect, useRef, type ReactNode } from "react";

interface Props { label: ReactNode; isActive?: boolean; className?: string; children: ReactNode }

/** A button that opens a small panel below it: closed by Escape, by a click elsewhere and by leaving it with the keyboard. */
export function Disclosure({ label, isActive = false, className = "chip", children }: Props) {
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const outside = (event: Event) => {
      const details = element.current;
      if (details?.open && event.target instanceof Node && !details.contains(event.target)) details.open = false;
    };
    const escape = (event: KeyboardEvent) => {
      const details = element.current;
      if (event.key !== "Escape" || !details?.open) return;
      details.open = false;
      details.querySelector("summary")?.focus();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
      document.removeEventListener("keydown", escape);
    };
  }, []);
  return (
    <details ref={element} className="disclosure">
      <summary className={className} data-active={isActive || undefined}>{label}</summary>
      <div className="disclosure-panel">{children}</div>
    </details>
  );
}
