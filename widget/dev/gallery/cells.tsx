import type { ReactNode } from "react";
import { scene } from "../../../tests/browser/fake-service/states.ts";
import type { LocalCallState, PersonVoice } from "../../src/model/call/call-state.ts";
import { GuestDoor } from "../../src/model/host/guest-door.ts";
import { Button, Lamp, RoundButton } from "../../src/look/button.tsx";
import { DeviceCheck } from "../../src/parts/controls/device-check.tsx";
import { GuestScreen } from "../../src/parts/guest/guest-screen.tsx";
import { HelpDialog } from "../../src/parts/help/help-dialog.tsx";
import { Avatar } from "../../src/look/avatar.tsx";
import { Icon, ICONS, type IconName } from "../../src/look/icons.tsx";
import { SCREEN_NAMES, Screen } from "../../src/parts/trouble/screen.tsx";
import { SettingsDialog } from "../../src/parts/settings/settings-dialog.tsx";
import { SittingProvider } from "../../src/sitting/sitting.tsx";
import { SittingRoom } from "../../src/screens/sitting-room.tsx";
import { ASSEMBLY_CELLS } from "./assembly-cells.tsx";
import type { Cell } from "./cell.ts";
import { madeUpSitting } from "./made-up-sitting.ts";
import { personId, roomId } from "../../../tests/support/protocol/ids.ts";

const none = () => undefined;
const WIDE = [980, 620] as const;
const PANEL = [320, 640] as const;

/** The whole widget on a made-up meeting. */
function sitting(
  name: string,
  state: string,
  people: number,
  [width, height]: readonly [number, number],
  call: Partial<LocalCallState> = { status: "in" },
): Cell {
  return { name, width, height, draw: () => room(state, people, call, <SittingRoom />) };
}

/** Any scene, in the call or not, to measure or to look at: `#scene=my-turn&people=7&call=in`. */
export function sceneNamed(asked: URLSearchParams): ReactNode {
  const state = asked.get("scene") ?? "others-turn";
  const joined = asked.get("call") !== "out";
  const mine = ["my-turn", "late", "last-seconds", "grace", "keeper-turn"].includes(state);
  const call: Partial<LocalCallState> = joined ? { status: "in", microphone: mine ? "open" : "muted" } : {};
  return room(state, Number(asked.get("people") ?? 7), call, <SittingRoom />);
}

function room(state: string, people: number, call: Partial<LocalCallState>, content: ReactNode): ReactNode {
  const id = roomId(`!${state}`);
  return (
    <SittingProvider sitting={madeUpSitting(scene(state, people, id, Date.now()), call, id)}>{content}</SittingProvider>
  );
}

const voice = (change: Partial<PersonVoice>): PersonVoice => ({
  speaking: false,
  microphone: "muted",
  picture: null,
  screen: null,
  weak: false,
  ...change,
});

const STATES = [
  "others-turn",
  "my-turn",
  "late",
  "last-seconds",
  "grace",
  "i-am-next",
  "offered-to-me",
  "offered",
  "held",
  "paused",
  "hands",
  "writing",
  "grouping-mine",
  "voting",
  "between",
  "gathering",
  "ended",
  "no-meeting",
  "keeper",
  "no-call",
  "names",
  "with-guest",
  "keeper-guests",
];

const DOORS = ["new", "waits", "early"] as const;

export const CELLS: readonly Cell[] = [
  ...STATES.map((state) => sitting(`meeting: ${state}`, state, 7, WIDE)),
  ...[1, 2, 7, 20].map((people) => sitting(`ring: ${people}`, "others-turn", people, WIDE, { status: "out" })),
  ...["my-turn", "others-turn", "last-seconds", "ended"].map((state) => sitting(`panel: ${state}`, state, 7, PANEL)),
  sitting("top of a room", "others-turn", 7, [980, 290]),
  sitting("small picture of a call", "others-turn", 7, [320, 220]),
  ...ASSEMBLY_CELLS,
  sitting("phone", "my-turn", 7, [390, 780]),
  sitting("voices: open, speaking, weak", "others-turn", 7, WIDE, {
    status: "in",
    microphone: "muted",
    voices: new Map([
      [personId("@p2:example.org"), voice({ microphone: "open", speaking: true })],
      [personId("@p3:example.org"), voice({ weak: true })],
      [personId("@p5:example.org"), voice({ weak: true })],
    ]),
  }),
  sitting("call: quiet for a moment", "others-turn", 7, WIDE, { status: "in", microphone: "muted", quiet: true }),
  sitting("call: coming back", "others-turn", 7, WIDE, { status: "reconnecting" }),
  sitting("call: lost", "others-turn", 7, WIDE, { status: "lost" }),
  sitting("call: in another window", "others-turn", 7, WIDE, { takenOver: true }),
  sitting("call: sound blocked", "others-turn", 7, WIDE, { status: "in", soundBlocked: true }),
  {
    name: "device check",
    width: 560,
    height: 640,
    draw: () =>
      room(
        "others-turn",
        7,
        {},
        <div className="over">
          <DeviceCheck onDone={none} />
        </div>,
      ),
  },
  {
    name: "settings",
    width: 560,
    height: 760,
    draw: () => room("others-turn", 7, {}, <SettingsDialog onClose={none} />),
  },
  { name: "help", width: 560, height: 620, draw: () => <HelpDialog onClose={none} /> },
  ...SCREEN_NAMES.map(
    (name): Cell => ({ name: `screen: ${name}`, width: 480, height: 340, draw: () => <Screen name={name} /> }),
  ),
  ...DOORS.map(
    (at): Cell => ({ name: `door: ${at}`, width: 480, height: 420, draw: () => <GuestScreen door={doorAt(at)} /> }),
  ),
  { name: "buttons", width: 560, height: 260, draw: buttons },
  { name: "avatars", width: 560, height: 120, draw: avatars },
  { name: "icons", width: 560, height: 300, draw: icons },
];

/** A door for guests at which nothing happens any more. */
function doorAt(state: (typeof DOORS)[number]): GuestDoor {
  return new GuestDoor({
    everyMs: 3_600_000,
    knock: async () => ({ state, name: "Dora (guest)", room: roomId("!made-up"), lobby: true, language: "en" }),
  });
}

const pad = { padding: 20, display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" } as const;

function buttons(): ReactNode {
  const kinds = ["word", "plain", "grave", "ghost"] as const;
  return (
    <div style={pad}>
      {kinds.map((kind) => (
        <Button key={kind} kind={kind} icon="pass">
          {kind}
        </Button>
      ))}
      {kinds.map((kind) => (
        <Button key={kind} kind={kind} disabled>
          {kind}
        </Button>
      ))}
      <Button kind="word" icon="pass" big>
        big
      </Button>
      {(["plain", "live", "panel", "grave", "small"] as const).flatMap((kind) =>
        [false, true].map((pressed) => (
          <RoundButton key={`${kind}${pressed}`} kind={kind} icon="microphone" label={kind} pressed={pressed} />
        )),
      )}
      <Lamp icon="microphone" label="open" open />
      <Lamp icon="microphoneOff" label="closed" open={false} />
    </div>
  );
}

function avatars(): ReactNode {
  const names = ["Anna", "Борис", "(eve)", "🌻 Kim", "\u202Egnol", "", "7 of 9", "Boris (guest)"];
  return (
    <div style={pad}>
      {names.map((name, index) => (
        <Avatar key={name} id={personId(`@p${index}:x`)} name={name} size={48} />
      ))}
    </div>
  );
}

function icons(): ReactNode {
  return (
    <div style={pad}>
      {(Object.keys(ICONS) as IconName[]).map((name) => (
        <span key={name} title={name}>
          <Icon name={name} size={28} />
        </span>
      ))}
    </div>
  );
}
