import type Database from "better-sqlite3";
import { translateTo } from "../../../appservice/language/translate.ts";
import type { Shown } from "../../../appservice/protocol/agreement.ts";
import type { RoomId } from "../../../appservice/protocol/identity.ts";
import { PurposeJournal } from "../../../appservice/purposes/purpose-journal.ts";
import { purposeSentences } from "../../../appservice/purposes/purpose-texts.ts";
import { Purposes } from "../../../appservice/purposes/purposes.ts";
import { writingSentence } from "../../../appservice/room/messages/purpose-lines.ts";
import type { KeptAudio } from "../../../appservice/store/kept-audio.ts";
import { type UnitOfWork, unitOf } from "../../../appservice/store/unit-of-work.ts";

type Made = {
  readonly asks?: Shown | undefined;
  readonly unit?: UnitOfWork;
  readonly audio?: Pick<KeptAudio, "consent">;
  readonly writingChangedAt?: (room: RoomId) => number;
};

/**
 * For tests: purposes over a database, of a service that keeps sound for 30 days, has models to improve and publishes
 * nothing.
 */
export function madePurposes(
  db: Database.Database,
  { asks, unit = unitOf(db), audio, writingChangedAt = () => 0 }: Made = {},
): Purposes {
  const shown = asks ?? { wording: 1, items: [] };
  return new Purposes({
    journal: new PurposeJournal(db),
    unit,
    audio: audio ?? { consent: () => {} },
    writingChangedAt,
    sentencesIn: () =>
      purposeSentences(
        {
          write: { offered: asks !== undefined, say: (t) => writingSentence(shown, t) },
          sound: { offered: true, say: (t) => t("purpose.sound", { count: 30 }) },
          improve: { offered: true, say: (t) => t("purpose.improve") },
          publish: { offered: false, say: (t) => t("purpose.publish") },
        },
        translateTo,
      ),
  });
}
