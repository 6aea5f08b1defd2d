/** The page's own line icons, 24 × 24. Decorative: the word beside it carries the meaning. */
const paths: Record<string, string> = {
  normal: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8 12l3 3 5-6",
  eco: "M5 20c2-7 6-10 11-11M5 15C4 8 9 4 20 4c0 9-3 14-9 14-3 0-5-1-6-3",
  battery: "M3 8h15v8H3zM21 11v2M6 11v2M9 11v2",
  bypass: "M3 17h4c4 0 4-10 8-10h6M17 3l4 4-4 4M3 7h3M14 17h7",
  standby: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M10 9v6M14 9v6",
  off: "M12 3v8M7 6a8 8 0 1 0 10 0",
  warning: "M12 4 2.5 20h19zM12 10v4M12 17v.5",
  critical: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.5",
  unreachable: "M4 4l16 16M9 15a4 4 0 0 1 6 0M5.5 11.5a9 9 0 0 1 4-2.3M18.5 11.5a9 9 0 0 0-4-2.3M12 19v.5",
  unknown: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9.5 9.5c0-3 5-3 5 0 0 2-2.5 2-2.5 4M12 16.5v.5",
  cards: "M3 5h18v5H3zM3 14h18v5H3zM7 7.5h.5M7 16.5h.5",
  alarms: "M6 17v-6a6 6 0 0 1 12 0v6l2 2H4zM10 21h4M12 3v2",
  notifications: "M3 6h18v12H3zM3 7l9 7 9-7",
  discover: "M12 12v.5M8 8a6 6 0 0 0 0 8M16 8a6 6 0 0 1 0 8M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14",
  firmware: "M7 7h10v10H7zM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4",
  campaigns: "M4 20V4M4 5h14l-3 4 3 4H4",
  access: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-9 16-9 16 0",
  sites: "M12 21c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  swap: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4",
  expand: "M6 9l6 6 6-6",
  filter: "M3 5h18l-7 8v6l-4 2v-8z",
  download: "M12 3v12M6 10l6 6 6-6M4 20h16",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  close: "M5 5l14 14M19 5 5 19",
  edit: "M4 20h4L20 8l-4-4L4 16z",
  open: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  bulb: "M9 18h6M10 21h4M8 15a6 6 0 1 1 8 0z",
  restart: "M20 5v5h-5M20 10a8 8 0 1 0 0 5",
  network: "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v6M14 11v6",
  light: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M5 19l1.5-1.5",
  dark: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10",
  system: "M3 5h18v11H3zM9 20h6M12 16v4",
  signout: "M10 4H4v16h6M10 12h11M17 8l4 4-4 4",
  plus: "M12 5v14M5 12h14",
  key: "M8 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8M11 12l9-9M16 7l3 3",
};

export function Icon({ name }: { name: string }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name] ?? paths["unknown"]} />
    </svg>
  );
}
