import ArrowUp from "@vector-im/compound-design-tokens/assets/web/icons/arrow-up";
import Grid from "@vector-im/compound-design-tokens/assets/web/icons/drag-grid";
import List from "@vector-im/compound-design-tokens/assets/web/icons/drag-list";
import ArrowRight from "@vector-im/compound-design-tokens/assets/web/icons/arrow-right";
import Chat from "@vector-im/compound-design-tokens/assets/web/icons/chat";
import Check from "@vector-im/compound-design-tokens/assets/web/icons/check";
import ChatProblem from "@vector-im/compound-design-tokens/assets/web/icons/chat-problem";
import CheckCircle from "@vector-im/compound-design-tokens/assets/web/icons/check-circle";
import ChevronDown from "@vector-im/compound-design-tokens/assets/web/icons/chevron-down";
import ChevronUp from "@vector-im/compound-design-tokens/assets/web/icons/chevron-up";
import Close from "@vector-im/compound-design-tokens/assets/web/icons/close";
import Document from "@vector-im/compound-design-tokens/assets/web/icons/document";
import Edit from "@vector-im/compound-design-tokens/assets/web/icons/edit";
import Download from "@vector-im/compound-design-tokens/assets/web/icons/download";
import EndCall from "@vector-im/compound-design-tokens/assets/web/icons/end-call";
import Expand from "@vector-im/compound-design-tokens/assets/web/icons/expand";
import Forward from "@vector-im/compound-design-tokens/assets/web/icons/forward";
import Hand from "@vector-im/compound-design-tokens/assets/web/icons/raised-hand-solid";
import Help from "@vector-im/compound-design-tokens/assets/web/icons/help";
import History from "@vector-im/compound-design-tokens/assets/web/icons/history";
import Leave from "@vector-im/compound-design-tokens/assets/web/icons/leave";
import Link from "@vector-im/compound-design-tokens/assets/web/icons/link";
import Lock from "@vector-im/compound-design-tokens/assets/web/icons/lock-solid";
import MicOff from "@vector-im/compound-design-tokens/assets/web/icons/mic-off-solid";
import MicOn from "@vector-im/compound-design-tokens/assets/web/icons/mic-on-solid";
import More from "@vector-im/compound-design-tokens/assets/web/icons/overflow-horizontal";
import Offline from "@vector-im/compound-design-tokens/assets/web/icons/offline";
import Pause from "@vector-im/compound-design-tokens/assets/web/icons/pause-solid";
import Pin from "@vector-im/compound-design-tokens/assets/web/icons/pin-solid";
import Play from "@vector-im/compound-design-tokens/assets/web/icons/play-solid";
import PopOut from "@vector-im/compound-design-tokens/assets/web/icons/pop-out";
import Settings from "@vector-im/compound-design-tokens/assets/web/icons/settings-solid";
import ShareScreen from "@vector-im/compound-design-tokens/assets/web/icons/share-screen-solid";
import SpotLight from "@vector-im/compound-design-tokens/assets/web/icons/admin";
import Time from "@vector-im/compound-design-tokens/assets/web/icons/time";
import UserProfile from "@vector-im/compound-design-tokens/assets/web/icons/user-profile-solid";
import VideoOff from "@vector-im/compound-design-tokens/assets/web/icons/video-call-off-solid";
import VideoOn from "@vector-im/compound-design-tokens/assets/web/icons/video-call-solid";
import VolumeOn from "@vector-im/compound-design-tokens/assets/web/icons/volume-on-solid";
import Warning from "@vector-im/compound-design-tokens/assets/web/icons/warning";
import Browser from "@vector-im/compound-design-tokens/assets/web/icons/web-browser";
import type { ComponentType, SVGAttributes } from "react";

const DRAWN_BY_LINES = {
  viewBox: "0 0 24 24",
  fill: "none",
  stroke: "currentColor",
  strokeWidth: "2",
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

export type Drawing = ComponentType<SVGAttributes<SVGElement>>;

/** Compound's icons by what they mean here; the first five it lacks. */
export const ICONS = {
  circle: (props) => (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" {...props}>
      <circle cx="12" cy="12" r="8" strokeDasharray="3.5 4.2" />
      <circle cx="12" cy="4" r="2.2" fill="currentColor" />
    </svg>
  ),
  weak: (props) => (
    <svg viewBox="0 0 24 24" fill="currentColor" {...props}>
      <rect x="4" y="14" width="4" height="6" rx="1" />
      <rect x="10" y="9" width="4" height="11" rx="1" opacity="0.3" />
      <rect x="16" y="4" width="4" height="16" rx="1" opacity="0.3" />
    </svg>
  ),
  shield: (props) => (
    <svg viewBox="0 0 24 24" fill="currentColor" {...props}>
      <path d="M12 2.200 4.500 5v6.100c0 4.700 3.100 8.900 7.500 10.700 4.400-1.800 7.500-6 7.500-10.700V5L12 2.200Zm-1.100 13.300-3.300-3.300 1.400-1.400 1.900 1.900 4.300-4.300 1.400 1.400-5.700 5.700Z" />
    </svg>
  ),
  skip: (props) => (
    <svg viewBox="0 0 24 24" fill="currentColor" {...props}>
      <path d="M5 6.4v11.2c0 .8.9 1.3 1.6.8L13 14v3.600c0 .8.9 1.300 1.600.8L22 13a1.200 1.200 0 0 0 0-2l-7.400-5.400c-.7-.5-1.600 0-1.600.8V10L6.600 5.600C5.900 5.100 5 5.600 5 6.400Z" />
    </svg>
  ),
  unwritten: (props) => (
    <svg {...DRAWN_BY_LINES} {...props}>
      <path d="m14.500 5.500 4 4M11 9l-6 6v4h4l6-6M15 5.500l1-1a2 2 0 0 1 3 0l.500.500a2 2 0 0 1 0 3l-1 1" />
      <path d="M4 4l16 16" />
    </svg>
  ),
  written: (props) => (
    <svg {...DRAWN_BY_LINES} {...props}>
      <path d="m14.500 5.500 4 4M5 15v4h4L19.500 8.500a2 2 0 0 0 0-3l-.5-.5a2 2 0 0 0-3 0Z" />
    </svg>
  ),
  microphone: MicOn,
  microphoneOff: MicOff,
  camera: VideoOn,
  cameraOff: VideoOff,
  screen: ShareScreen,
  leave: EndCall,
  pass: Forward,
  take: Hand,
  hand: Hand,
  pause: Pause,
  resume: Play,
  extend: Time,
  next: ArrowRight,
  end: Leave,
  record: Document,
  keeper: SpotLight,
  check: Check,
  back: History,
  away: Offline,
  close: Close,
  sound: VolumeOn,
  up: ArrowUp,
  order: List,
  lots: Grid,
  warning: Warning,
  task: CheckCircle,
  help: Help,
  settings: Settings,
  link: Link,
  lock: Lock,
  person: UserProfile,
  browser: Browser,
  elsewhere: PopOut,
  noPower: ChatProblem,
  question: Help,
  comment: Chat,
  flag: Pin,
  pen: Edit,
  expand: Expand,
  export: Download,
  more: More,
  fold: ChevronUp,
  unfold: ChevronDown,
} satisfies Record<string, Drawing>;

export type IconName = keyof typeof ICONS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  const Drawn = ICONS[name];
  return <Drawn className="icon" width={size} height={size} aria-hidden="true" />;
}
