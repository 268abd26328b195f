import type { ReactNode } from "react";
import type { GatheringAssembly } from "@mindminder/protocol/assembly-gathering.ts";
import type { AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import {
  assemblyOf,
  delegatesOf,
  gatheringOf,
  placingOf,
  topicsOf,
} from "../../../tests/browser/fake-service/assembly.ts";
import { idOf } from "../../../tests/browser/fake-service/people.ts";
import { assemblyRecordOf } from "../../../tests/browser/fake-service/assembly-record.ts";
import { scene } from "../../../tests/browser/fake-service/states.ts";
import { roomId } from "../../../tests/support/protocol/ids.ts";
import { Dialog } from "../../src/look/dialog.tsx";
import { AssemblyOutcome } from "../../src/parts/assembly/assembly-outcome.tsx";
import { GatheringDialog } from "../../src/parts/assembly/gathering-dialog.tsx";
import { DraftDialog } from "../../src/parts/assembly/draft-dialog.tsx";
import { MapDialog } from "../../src/parts/assembly/map-dialog.tsx";
import { SittingRoom } from "../../src/screens/sitting-room.tsx";
import { SittingProvider } from "../../src/sitting/sitting.tsx";
import type { Cell } from "./cell.ts";
import { madeUpSitting } from "./made-up-sitting.ts";

type Assembled = (me: ParticipantId, now: number) => AssemblyMap;
type Size = readonly [width: number, height: number];

const WIDE = [1180, 760] as const;
const PHONE = [390, 780] as const;
/** Sizes that Element gives: at the top of a room, beside the chat, and in its panel. */
const IN_ELEMENT = [
  [972, 454],
  [552, 700],
  [319, 600],
] as const;

const none = () => undefined;
const granted = async () => true;

/** Somebody's seat in an assembly: the ring as `state` has it, and the assembly around it. */
function seat(of: Assembled, state: string, draw: (map: AssemblyMap) => ReactNode): () => ReactNode {
  return () => {
    const id = roomId(`!${state}`);
    const now = Date.now();
    const one = scene(state, 7, id, now);
    const assembly = of(one.session.me.id, now);
    // Groups that delegates come from are those of the part before.
    const assemblyRecord = assemblyRecordOf(assemblyOf(12, one.session.me.id, now));
    return (
      <SittingProvider sitting={madeUpSitting({ ...one, assembly, assemblyRecord }, { status: "in" }, id)}>
        {draw(assembly)}
      </SittingProvider>
    );
  };
}

const map = (it: AssemblyMap) => <MapDialog map={it} sit={granted} ask={granted} onClose={none} />;
const ring = () => <SittingRoom />;

/** One's own ring in an assembly, and the map of it. */
function assembled(name: string, of: Assembled, [width, height]: Size, state = "others-turn"): Cell[] {
  return [
    { name: `assembly: ${name}`, width, height, draw: seat(of, state, ring) },
    { name: `assembly map: ${name}`, width, height, draw: seat(of, state, map) },
  ];
}

const ringsOf =
  (rings: number): Assembled =>
  (me, now) =>
    assemblyOf(rings, me, now);
/** As all see it who are not the keeper. */
const ofAnother =
  (of: Assembled): Assembled =>
  (me, now) => ({ ...of(me, now), keeper: null, asked: [] });
const calling: Assembled = (me, now) => {
  const whole = assemblyOf(15, me, now);
  return { ...whole, calls: [{ ring: 4, by: whole.rings[3]?.people[0]?.id ?? me }] };
};
const done: Assembled = (me, now) => {
  const whole = assemblyOf(15, me, now);
  const rings = whole.rings.map((each, index) => ({
    ...each,
    ...((index < 5 || index % 3 === 0) && { status: "done" as const, speaker: null, turns: null }),
  }));
  return { ...whole, rings };
};
const agreeing: Assembled = (me, now) => {
  const whole = assemblyOf(5, me, now);
  const summaryOf = (people: AssemblyMap["rings"][number]["people"]) => ({
    agreed: people.filter(({ id }) => id !== me).flatMap(({ id }, index) => (index < 2 ? [id] : [])),
    given: false,
  });
  return { ...whole, rings: whole.rings.map((each) => ({ ...each, summary: summaryOf(each.people) })) };
};
const draft = (it: AssemblyMap) => {
  const [, mine] = it.rings;
  return mine && <DraftDialog mine={mine} keeps={false} onGive={none} onClose={none} />;
};
const outcome = (it: AssemblyMap) => (
  <Dialog title="What came out" name="assembly-outcome" onClose={none}>
    <AssemblyOutcome map={it} />
  </Dialog>
);
/** Two who only listen in the fourth group, one of them before the screen. */
const fromGallery: Assembled = (me, now) => {
  const whole = assemblyOf(15, me, now);
  const without = whole.rings.map((each) => ({ ...each, people: each.people.filter(({ id }) => id !== me) }));
  const visitors = [
    { id: me, name: "Chiara Rossi" },
    { id: idOf(19), name: "Tom" },
  ];
  return { ...whole, rings: without.map((each) => (each.number === 4 ? { ...each, visitors } : each)) };
};
const placing: Assembled = (me, now) => placingOf(5, me, now);
const delegates =
  (as: "listener" | "delegate"): Assembled =>
  (me, now) =>
    delegatesOf(60, me, now, as);
const onChair: Assembled = (me, now) => {
  const whole = delegatesOf(60, me, now, "delegate");
  const sits = (each: AssemblyMap["rings"][number]["people"][number]) =>
    each.id === me ? { ...each, onChair: true as const } : each;
  return { ...whole, rings: whole.rings.map((each) => ({ ...each, people: each.people.map(sits) })) };
};

/** An assembly that gathers around whoever looks at it. */
function gathers(mayStart: boolean, draw: (it: GatheringAssembly) => ReactNode): () => ReactNode {
  return () => {
    const id = roomId("!gathering");
    const one = scene("arriving", 7, id, Date.now());
    const gathering = gatheringOf(24, one.session.me.id, mayStart);
    return (
      <SittingProvider sitting={madeUpSitting({ ...one, gathering }, { status: "in" }, id)}>
        {draw(gathering)}
      </SittingProvider>
    );
  };
}
const gatheringDialog = (it: GatheringAssembly) => <GatheringDialog gathering={it} ask={granted} onClose={none} />;

export const ASSEMBLY_CELLS: readonly Cell[] = [
  ...[2, 5, 15, 40].flatMap((rings) => assembled(`${rings}`, ringsOf(rings), WIDE)),
  ...[2, 5, 15, 40].flatMap((rings) => assembled(`${rings} on a phone`, ofAnother(ringsOf(rings)), PHONE)),
  ...IN_ELEMENT.flatMap((size) => assembled(`15 in Element, ${size[0]} wide`, ofAnother(ringsOf(15)), size)),
  ...assembled("a group calls", calling, WIDE),
  ...assembled("the keeper on a phone", calling, PHONE),
  ...assembled("placing", ofAnother(placing), WIDE),
  ...assembled("placing on a phone", ofAnother(placing), PHONE),
  ...assembled("from the gallery", ofAnother(fromGallery), WIDE, "arriving"),
  ...assembled("from the gallery on a phone", ofAnother(fromGallery), PHONE, "arriving"),
  ...assembled("delegates, as a listener", ofAnother(delegates("listener")), WIDE, "arriving"),
  ...assembled("delegates, as a listener on a phone", ofAnother(delegates("listener")), PHONE, "arriving"),
  ...[WIDE, PHONE].flatMap(([width, height]): Cell[] => {
    const on = width === PHONE[0] ? " on a phone" : "";
    const cell = (name: string, of: Assembled, state: string, draw: (it: AssemblyMap) => ReactNode): Cell => ({
      name: `assembly: ${name}${on}`,
      width,
      height,
      draw: seat(ofAnother(of), state, draw),
    });
    return [
      cell("done, and waiting for the others", done, "ended", ring),
      cell("the group's summary", agreeing, "ended", draft),
      cell("what the groups gave along", delegates("listener"), "arriving", outcome),
    ];
  }),
  ...[WIDE, PHONE].flatMap(([width, height]): Cell[] => {
    const on = width === PHONE[0] ? " on a phone" : "";
    return [
      { name: `assembly: gathering${on}`, width, height, draw: gathers(false, ring) },
      { name: `assembly: wishes${on}`, width, height, draw: gathers(false, gatheringDialog) },
      { name: `assembly: its beginning${on}`, width, height, draw: gathers(true, gatheringDialog) },
    ];
  }),
  ...assembled("topics", ofAnother(topicsOf), WIDE),
  ...assembled("topics on a phone", ofAnother(topicsOf), PHONE),
  ...assembled("delegates, as a delegate", ofAnother(delegates("delegate")), WIDE, "my-turn"),
  ...assembled("delegates, from the empty chair", ofAnother(onChair), WIDE, "i-am-next"),
];
