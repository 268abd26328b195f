import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pino } from "pino";
import { onTestFinished } from "vitest";
import { Config } from "../../../appservice/configuration/config.ts";
import { createRecording } from "../../../appservice/parts/recording.ts";
import { purposeSentencesOf } from "../../../appservice/parts/purpose-sentences.ts";
import { News } from "../../../appservice/policies/news.ts";
import type { ParticipantId } from "../../../appservice/protocol/identity.ts";
import type { RecordedCall } from "../../../appservice/protocol/recorded-call.ts";
import { Purposes } from "../../../appservice/purposes/purposes.ts";
import { openStores } from "../../../appservice/stores.ts";
import { council } from "../circle/play.ts";
import { openedMeetings } from "../journal/opened-meetings.ts";
import { personId, roomId } from "../protocol/ids.ts";
import { madeActor } from "../protocol/made-actor.ts";
import { EGRESS_KEYS, egressStandIn } from "./egress-stand-in.ts";

export const ROOM = roomId("!garden:hs");
export const [ANN, BOB] = [personId("@ann:hs"), personId("@bob:hs")];

type RecordingServiceOptions = { readonly picture?: boolean; readonly shard?: string };

/** A service that records, before a stand-in of LiveKit's Egress: no real one can be run here. */
export async function recordingService(
  of: "people" | "room",
  { picture = false, shard }: RecordingServiceOptions = {},
) {
  const egress = await egressStandIn();
  const folder = mkdtempSync(join(tmpdir(), "mindminder-recording-"));
  onTestFinished(() => {
    egress.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const parts = { speech: true, purposes: true, livekit: true, dataset: true, recording: true, service: true } as const;
  const config = Config.pick(parts).parse({
    service: {
      publicUrl: "https://mindminder.example",
      ...(shard && { shard: { name: shard, table: "shards.yaml" } }),
    },
    livekit: { url: egress.url.replace("http", "ws"), internalUrl: egress.url, ...EGRESS_KEYS },
    speech: { keepAudioDays: 30 },
    dataset: { targets: { circle: { type: "folder", path: "sets" } } },
    recording: { target: "circle", of, picture },
  });
  const clock = { now: 1_000_000 };
  const now = () => (clock.now += 1);
  const stores = openStores(join(folder, "mindminder.db"), { keepAudioDays: 30, now, say: () => {} });
  const meetings = openedMeetings(stores.journal, { wording: 1, items: [{ what: "comments" }] }, now);
  const sentencesIn = () => purposeSentencesOf(config, { wording: 1, items: [] });
  const purposes = new Purposes({
    journal: stores.purposeJournal,
    unit: stores.journal.unit,
    audio: stores.audio,
    sentencesIn,
    writingChangedAt: () => 0,
  });
  const [news, connected, said] = [new News(), new Set<ParticipantId>(), [] as string[]];
  const shown: RecordedCall[] = [];
  const logged: string[] = [];
  const begin = ({ records = true } = {}) => {
    const it = createRecording({
      loaded: { config: records ? config : { ...config, recording: undefined }, folder } as never,
      log: pino({ level: "warn" }, { write: (line: string) => void logged.push(line) }),
      now,
      news,
      stores,
      meetings,
      purposes,
      languageOf: () => "en",
      homeserver: {
        send: async (_: unknown, __: unknown, ___: unknown, content: { body: string }) => {
          said.push(content.body);
        },
      } as never,
      calls: {
        nameOf: () => "call-1",
        connected: () => [...connected],
        listening: () => undefined,
        recorded: (_, recorded) => void shown.push(recorded),
      },
      encryption: null,
    });
    it.start();
    return it;
  };
  let running = begin();
  onTestFinished(async () => {
    await running.stop();
    meetings.stop();
    stores.close();
  });
  const send = (who: ParticipantId, what: object) =>
    meetings.send(ROOM, { ...what, actor: madeActor(who), expectedVersion: null, at: now() } as never);
  const files = () =>
    egress.all.map((info) => {
      const request = (info.participant ?? info.roomComposite) as {
        fileOutputs?: { filepath: string }[];
        file?: { filepath: string };
      };
      return request.fileOutputs?.[0]?.filepath ?? request.file?.filepath ?? "";
    });
  return {
    egress,
    folder,
    said,
    shown,
    logged,
    stores,
    purposes,
    allow(who: ParticipantId, given: boolean, hash?: string) {
      const shown = hash ?? purposes.shownTo(ROOM, who, "en").find(({ purpose }) => purpose === "sound")?.hash ?? "";
      purposes.answer(ROOM, { actor: madeActor(who), purpose: "sound", given, hash: shown, at: now() });
    },
    comes(who: ParticipantId) {
      connected.add(who);
      news.emit("presence", ROOM, who, true);
    },
    start() {
      for (const who of [ANN, BOB]) send(who, { type: "join", name: who });
      send(ANN, { type: "start", plan: council(), topic: "", seed: 1 });
    },
    end: () => send(ANN, { type: "end" }),
    leaves(who: ParticipantId) {
      connected.delete(who);
      news.emit("presence", ROOM, who, false);
    },
    /** `records` false: without the section of the configuration. */
    async restart({ records = true, meanwhile = () => {} } = {}) {
      await running.stop();
      meanwhile();
      running = begin({ records });
    },
    /** Has the files there that Egress writes. */
    write() {
      for (const file of files()) {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, "sound");
      }
    },
    there: () => files().filter((file) => existsSync(file)).length,
    files,
  };
}
