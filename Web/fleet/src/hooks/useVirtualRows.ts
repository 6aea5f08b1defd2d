import { useEffect, useLayoutEffect, useState, type RefObject } from "react";

export interface Window { first: number; last: number }

const overscan = 6;

/**
 * Which rows of equal height are in (or near) the browser window. It does not matter who scrolls, the page or a box: only where the
 * rows' container is on the screen is looked at.
 */
export function useVirtualRows(container: RefObject<HTMLElement>, count: number, rowHeight: number): Window {
  const [view, setView] = useState<Window>({ first: 0, last: 0 });

  const measure = () => {
    const top = container.current?.getBoundingClientRect().top ?? 0;
    const first = Math.max(0, Math.floor(-top / rowHeight) - overscan);
    const last = Math.min(count, Math.ceil((window.innerHeight - top) / rowHeight) + overscan);
    setView((known) => (known.first === first && known.last === last ? known : { first, last: Math.max(first, last) }));
  };

  useLayoutEffect(measure, [count, rowHeight]);
  useEffect(() => {
    let frame = 0;
    const schedule = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        measure();
      });
    };
    const observer = new ResizeObserver(schedule);
    observer.observe(document.body);
    document.addEventListener("scroll", schedule, { capture: true, passive: true });
    window.addEventListener("resize", schedule);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      document.removeEventListener("scroll", schedule, { capture: true });
      window.removeEventListener("resize", schedule);
    };
  }, [count, rowHeight]);

  return view;
}
