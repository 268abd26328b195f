import { Language } from "../protocol/identity.ts";
import type { ARCHIVE_ROUTES } from "../protocol/routes/archive.ts";
import type { OWN_DATA_ROUTES } from "../protocol/routes/own-data.ts";
import type { OwnDataDesk } from "../own-data/own-data.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Handlers } from "./bind.ts";

export type OwnDataApiDeps = { readonly ownData: Pick<OwnDataDesk, "addressFor" | "open"> };

/** Everybody's own copy of what is kept of them, and of nobody else. */
export function ownDataHandlers({ ownData }: OwnDataApiDeps): Handlers<typeof OWN_DATA_ROUTES> {
  return {
    myData: ({ asking: { room, actor }, reads }) => {
      const language = Language.catch("en").parse(reads(Language.options));
      return { url: ownData.addressFor({ who: actor.id, room, language }, actor.door) };
    },
  };
}

/** The archive itself, for a browser that knows its address. */
export function archiveHandlers({ ownData }: OwnDataApiDeps): Handlers<typeof ARCHIVE_ROUTES> {
  return {
    ownArchive: ({ params: { code } }) => {
      const stream = ownData.open(code);
      if (!stream) throw new ApiFailure("NO_SUCH_ARCHIVE");
      return { stream, name: "my-data.zip" };
    },
  };
}
