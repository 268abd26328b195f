import type { ReactNode } from "react";

/** Line icons on a 24 grid, drawn for this widget; they take the colour of the text beside them. */
const PATHS = {
  microphone: <><rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" /></>,
  microphoneOff: <><path d="M9 9.5V11a3 3 0 0 0 4.6 2.5M15 10.5V6a3 3 0 0 0-5.6-1.5M5.5 11.5a6.5 6.5 0 0 0 9.7 5.7M18.5 11.5a6.4 6.4 0 0 1-.7 2.9M12 18v3M4 3.5l16 17" /></>,
  camera: <><rect x="3" y="6.5" width="12" height="11" rx="2.5" /><path d="m15 10.5 5-2.8v8.6l-5-2.8" /></>,
  cameraOff: <><path d="M10 6.5h2.5A2.5 2.5 0 0 1 15 9v1.5l5-2.8v8.6l-3-1.7M15 15.500a2.500 2.500 0 0 1-2.500 2H5.500A2.500 2.500 0 0 1 3 15V9a2.500 2.500 0 0 1 2-2.450M4 3.500l16 17" /></>,
  leave: <path d="M4 14.500c-1-1-1-3 .5-4.200C8.500 7.600 15.500 7.600 19.500 10.300c1.500 1.200 1.500 3.200.5 4.200l-.6.6a1.500 1.500 0 0 1-1.700.3l-2.300-1.100a1.500 1.500 0 0 1-.8-1.400v-1.200a10 10 0 0 0-5.200 0v1.200a1.500 1.500 0 0 1-.8 1.400l-2.300 1.100a1.500 1.500 0 0 1-1.700-.3z" />,
  pass: <><path d="M4.500 14a8 8 0 0 1 13.600-5.200L20 11" /><path d="M20.500 5.500V11H15" /></>,
  take: <path d="M7 12.500V7.200a1.300 1.300 0 0 1 2.600 0V11M9.600 10.500V5.300a1.300 1.300 0 0 1 2.600 0v5.200M12.200 10.500V6.200a1.300 1.300 0 0 1 2.600 0V12M14.800 12V8.700a1.300 1.300 0 0 1 2.600 0v6.100a5.700 5.700 0 0 1-5.700 5.700c-3.400 0-4.700-1.700-6.700-5.600-.5-1 .8-2.100 1.700-1.300L7 14" />,
  skip: <path d="m5 6 7 6-7 6zM13 6l7 6-7 6z" />,
  pause: <path d="M8.500 5.500v13M15.500 5.500v13" />,
  resume: <path d="m8 5.500 10.500 6.500L8 18.500z" />,
  expand: <path d="M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7" />,
  extend: <><circle cx="12" cy="13" r="7.500" /><path d="M12 9.500v7M8.500 13h7M9.500 2.500h5" /></>,
  next: <path d="M5 12h13M13 6.500l5.500 5.500-5.500 5.500" />,
  end: <rect x="6" y="6" width="12" height="12" rx="2" />,
  record: <><rect x="4.500" y="3.500" width="15" height="17" rx="2.500" /><path d="M8.500 8.500h7M8.500 12h7M8.500 15.500h4" /></>,
  keeper: <><circle cx="12" cy="12" r="8.500" /><path d="m14.800 9.200-1.600 4-4 1.600 1.600-4z" /></>,
  check: <path d="m5.500 12.500 4.500 4.500 8.500-10" />,
  back: <path d="M4.500 9.500h9a5 5 0 0 1 0 10H9M8.500 5l-4.500 4.500L8.500 14" />,
  away: <><path d="M5 12.500a10 10 0 0 1 4-2.600M19 12.500a10 10 0 0 0-4.500-2.800M8.500 16a5 5 0 0 1 5-1.200M12 19.500h.01M4 4l16 16" /></>,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  sound: <><path d="M4 9.500v5h3.500l4.500 4v-13l-4.500 4z" /><path d="M15.500 9a4.500 4.500 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11" /></>,
  warning: <><path d="M12 4 2.800 19.500h18.400z" /><path d="M12 10v4.500M12 17h.01" /></>,
  circle: <><circle cx="12" cy="12" r="8" strokeDasharray="3.500 4.200" strokeLinecap="round" /><circle cx="12" cy="4" r="2.200" fill="currentColor" /></>,
  question: <><circle cx="12" cy="12" r="8.500" /><path d="M9.700 9.700a2.400 2.400 0 1 1 3.500 2.200c-.8.400-1.200.9-1.200 1.700M12 16.400h.01" /></>,
  comment: <path d="M5 5h14a1.500 1.500 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 19 17h-7l-4.500 3.500V17H5a1.500 1.500 0 0 1-1.500-1.500v-9A1.500 1.500 0 0 1 5 5z" />,
  flag: <path d="M6 21V4M6 4.500c4-2 7.500 2 12 0v8.500c-4.500 2-8-2-12 0" />,
  pen: <path d="m4 20 1-4.500L16 4.500a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.500 19zM14.500 6l3.500 3.500" />,
  task: <><rect x="4" y="4" width="16" height="16" rx="4" /></>,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width={size} height={size} fill="none" stroke="currentColor" strokeWidth={size > 60 ? 0.9 : 1.8} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      {PATHS[name]}
    </svg>
  );
}
