/** Line drawings on a 20 by 20 grid, drawn in the colour of the text. Always beside or instead of a word, never the only name. */
const PATHS = {
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17",
  down: "m5 8 5 5 5-5",
  up: "m5 12 5-5 5 5",
  right: "m8 5 5 5-5 5",
  left: "m12 5-5 5 5 5",
  close: "m5 5 10 10M15 5 5 15",
  check: "m4 10.5 4 4 8-9",
  warn: "M10 3 2 17h16zM10 8.5v4M10 14.5v.5",
  info: "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM10 9v5M10 6v.5",
  wait: "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM10 5.5V10l3 2",
  undo: "M4 8h8a4 4 0 0 1 0 8H8M4 8l4-4M4 8l4 4",
  menu: "M3 5h14M3 10h14M3 15h14",
  more: "M4 10h.5M9.8 10h.5M15.5 10h.5",
  person: "M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 17a6.5 6.5 0 0 1 13 0",
  people: "M8 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17a6 6 0 0 1 12 0M13 4a3 3 0 0 1 0 5.5M15 12a6 6 0 0 1 3 5",
  home: "M3 10 10 3l7 7M5 8.5V17h10V8.5",
  document: "M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13.5h5",
  bank: "M3 8 10 3l7 5zM4 17h12M5.5 8v7M10 8v7M14.5 8v7",
  inbox: "M3 11 5.5 4h9L17 11v6H3zM3 11h4l1 2.5h4l1-2.5h4",
  report: "M3.5 17h13M5 14V9M9 14V4M13 14v-3M16 14V7",
  journal: "M4 3h11a1 1 0 0 1 1 1v13H5a1 1 0 0 1-1-1zM7.5 3v14M10 7h4M10 10h4",
  portal: "M3 4h14v10H3zM7 17h6M10 14v3",
  settings: "M4 6h12M4 14h12M8 4v4M13 12v4",
  upload: "M10 14V4M5.5 8.5 10 4l4.5 4.5M3.5 16.5h13",
  message: "M3 4h14v10H9l-4 3v-3H3z",
  download: "M10 4v10M5.5 9.5 10 14l4.5-4.5M3.5 17h13",
  taxes: "M4 16 16 4M6 8.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM14 15.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  plus: "M10 4v12M4 10h12",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor">
      <path d={PATHS[name]} strokeWidth={size > 18 ? 1.4 : 1.7} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
