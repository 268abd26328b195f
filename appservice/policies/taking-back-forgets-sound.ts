import type { KeptAudio } from "../store/kept-audio.ts";
import type { Meetings } from "../journal/meetings.ts";

type Deps = { readonly meetings: Pick<Meetings, "listen">; readonly audio: Pick<KeptAudio, "forget"> };

/** Forgets the sound of words that are taken back. */
export function takingBackForgetsSound({ meetings, audio }: Deps): void {
  meetings.listen(({ meeting, record }, happened) => {
    for (const { event } of happened) {
      if (event.type !== "taken-back") continue;
      const said = record.utterances.find(({ id }) => id === event.id);
      if (said) audio.forget(meeting.roomId, meeting.id, said);
    }
  });
}
