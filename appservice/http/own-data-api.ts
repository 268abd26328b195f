import { translateTo } from "../language/translate.ts";
import { Language, type ParticipantId, type RoomId } from "../protocol/identity.ts";
import { OwnDataCode } from "../protocol/own-data.ts";
import { may } from "../protocol/rights.ts";
import type { ARCHIVE_ROUTES } from "../protocol/routes/archive.ts";
import type { OWN_DATA_ROUTES } from "../protocol/routes/own-data.ts";
import { fetchPage } from "../own-data/fetch-page.ts";
import type { OwnDataDesk } from "../own-data/own-data.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";

export type OwnDataApiDeps = {
  readonly ownData: Pick<OwnDataDesk, "addressFor" | "open">;
  readonly eraseWords: (room: RoomId, who: ParticipantId) => void;
};

/** Everybody's own copy of what is kept of them, and of nobody else; and their own words erased. */
export function ownDataHandlers({ ownData, eraseWords }: OwnDataApiDeps): Handlers<typeof OWN_DATA_ROUTES> {
  return {
    myData: ({ asking: { room, actor }, reads }) => {
      const language = Language.catch("en").parse(reads(Language.options));
      return { url: ownData.addressFor({ who: actor.id, room, language }, actor.door) };
    },
    eraseMyWords: ({ asking: { room, actor }, reads, body: { sure } }) => {
      const t = translateTo(Language.catch("en").parse(reads(Language.options)));
      const begun = sure && may("erase-words", actor, null, { authors: [actor.id] });
      if (begun) eraseWords(room, actor.id);
      return { begun, text: t(begun ? "forget.begun" : "forget.what") };
    },
  };
}

/** The archive itself, for a browser that knows its address, and the page on which its person asks for it. */
export function archiveHandlers({ ownData }: Pick<OwnDataApiDeps, "ownData">): Handlers<typeof ARCHIVE_ROUTES> {
  return {
    ownArchivePage: ({ reads }) => {
      const language = Language.catch("en").parse(reads(Language.options));
      return { text: fetchPage(language, translateTo(language)), type: "html" };
    },
    ownArchive: ({ body }) => {
      const code = OwnDataCode.safeParse(new URLSearchParams(body).get("code"));
      const stream = code.success ? ownData.open(code.data) : null;
      if (!stream) throw new ApiFailure("NO_SUCH_ARCHIVE");
      return { stream, name: "my-data.zip" };
    },
  };
}
