import { translateTo } from "../language/translate.ts";
import type { Meetings } from "../journal/meetings.ts";
import type { Language, MeetingId, RoomId } from "../protocol/identity.ts";
import { lackOf, type SpeechLoad } from "../protocol/speech-load.ts";
import { type SayDeps, sayInRoom } from "../room/say-in-room.ts";

type Deps = SayDeps & {
  readonly meetings: Pick<Meetings, "listen">;
  /** Load of what decodes speech, as it was told last; null: nothing is written down, or nothing was told yet. */
  readonly speechLoad: () => SpeechLoad | null;
  readonly languageOf: (room: RoomId) => Language;
};

/** Tells people who gather for a meeting what it would lack, while all that decodes speech is full. */
export function fullSpeechIsTold({ meetings, speechLoad, languageOf, ...deps }: Deps): void {
  const told = new Set<MeetingId>();
  meetings.listen(({ meeting }) => {
    if (meeting.phase !== "gathering" || told.has(meeting.id)) return;
    const load = speechLoad();
    const lack = load && lackOf(load);
    if (!lack) return;
    const { roomId, id } = meeting;
    told.add(id);
    sayInRoom(roomId, { kind: "speech-full", meeting: id }, [translateTo(languageOf(roomId))(`full.${lack}`)], deps);
  });
}
