import { resolve } from "node:path";
import type { Calls } from "../call/calls.ts";
import { OWN_LEXICONS } from "../configuration/lexicons.ts";
import { countBacklog } from "../http/count-backlog.ts";
import type { FromScribe } from "../protocol/scribe-messages.ts";
import type { SpeechLoad } from "../protocol/speech-load.ts";
import { Listening } from "../scribe/listening.ts";
import { spokenNow } from "../scribe/spoken-now.ts";
import { doAsAsked } from "../scribe/spoken/do-as-asked.ts";
import type { Encryption } from "./encryption.ts";
import type { Ground } from "./ground.ts";
import type { Rooms } from "./rooms.ts";
import type { Truth } from "./truth.ts";

type SpeechDeps = Ground &
  Pick<Truth, "stores" | "meetings"> &
  Pick<Rooms, "admissions"> & {
    readonly calls: Pick<Calls, "scribeToken">;
    readonly encryption: Encryption | null;
  };

/** The scribe's process, and whom it listens to. `scribe` is null where speech is not made text of. */
export function createSpeech({
  loaded,
  outside,
  log,
  now,
  metrics,
  news,
  stores,
  meetings,
  admissions,
  calls,
  encryption,
}: SpeechDeps) {
  const { config, folder } = loaded;
  const { knownRooms, audio } = stores;
  const isOff = config.speech.engine === "off";
  const listening = new Listening({
    meetings,
    now,
    log,
    callToken: calls.scribeToken,
    keysOf: (room) => encryption?.mediaKeys.keysOf(room) ?? [],
    languageOf: (room) => knownRooms.speechLanguageOf(room) ?? config.speechLanguage,
    vocabularyOf: (room) => knownRooms.vocabularyOf(room),
    isErased: ({ meeting, speaker }, saidAt) => stores.erasures.coversIn(meeting, speaker, saidAt),
    soundKeyOf: ({ room, speaker }) => stores.journal.sealing.presentKey(room, speaker),
    audioPlaceFor: (of, at) => audio.placeFor(of, at),
    spoken: {
      // Those that come along take most of a second to compile, and are for what is heard alone.
      lexicons:
        isOff && !config.lexicons
          ? []
          : outside.readLexicons(config.lexicons ? resolve(folder, config.lexicons) : OWN_LEXICONS),
      onCommand: (asked) =>
        void doAsAsked(asked, { meetings, speakerIn: (room, who) => admissions.here(room, who, "speech"), now }).catch(
          (error: unknown) => {
            log.error(
              { room: asked.room, meeting: asked.meeting, turn: asked.turn, err: error },
              "what a speaker asked for aloud could not be done",
            );
          },
        ),
    },
    tell: isOff ? null : (message) => scribe?.send(message),
  });
  news.on("call-moved", (place) => listening.moved(place));
  let load: SpeechLoad | null = null;
  const captions = spokenNow(now);
  const onMessage = (message: FromScribe) => {
    captions.hear(message);
    if (message.type === "load") load = message;
    countBacklog(metrics, message);
    listening.receive(message);
  };
  const { spoolFolder, audioFolder, keysFile } = stores;
  const scribe = isOff
    ? null
    : outside.startScribe(config.speech, { folder, spoolFolder, audioFolder, keysFile, log, onMessage });
  return { listening, scribe, speechLoad: () => load, captionsOf: captions.of };
}
