import { Language } from "../protocol/identity.ts";
import type { MyPurposesResponse } from "../protocol/purposes.ts";
import type { PURPOSE_ROUTES } from "../protocol/routes/purposes.ts";
import type { Purposes } from "../purposes/purposes.ts";
import { refused, type RefusalText } from "./api-failure.ts";
import type { Handlers, ParsedRequest } from "./bind.ts";

export type PurposesDeps = {
  readonly purposes: Pick<Purposes, "shownTo" | "answer">;
  readonly refusalText: RefusalText;
  readonly now: () => number;
};

type Asked = Pick<ParsedRequest<(typeof PURPOSE_ROUTES)["myPurposes"]>, "asking" | "reads">;

/** Everybody's own word on what their words and sound may be used for. */
export function purposeHandlers(deps: PurposesDeps): Handlers<typeof PURPOSE_ROUTES> {
  const { purposes, now } = deps;
  const standing = ({ asking: { room, actor }, reads }: Asked): MyPurposesResponse => ({
    purposes: purposes.shownTo(room, actor.id, Language.catch("en").parse(reads(Language.options))),
  });
  return {
    myPurposes: standing,
    answerPurpose: ({ asking, reads, body: { purpose, given, hash } }) => {
      const { room, actor } = asking;
      const ruling = purposes.answer(room, { actor, purpose, given, hash: hash ?? null, at: now() });
      if (!ruling.accepted) throw refused(ruling.refusal, room, deps);
      return standing({ asking, reads });
    },
  };
}
