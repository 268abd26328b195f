import type { Language } from "@mindminder/protocol/identity.ts";
import { useMeetingState } from "../../sitting/meeting.ts";
import TranslatedText from "../record/translated-text.tsx";

/** Pieces that are shown: the speaker goes on while a model translates. */
const LAST = 2;

/** Last pieces of the speaker's turn in the language that their reader chose, once they stand in the record. */
export default function CaptionTranslation({ to }: { to: Language }) {
  const { meeting, record } = useMeetingState();
  const turn = meeting?.turn?.id;
  const pieces = (record?.utterances ?? []).filter((each) => each.turn === turn && each.text !== "").slice(-LAST);
  return pieces.length > 0 && <TranslatedText of={pieces.map(({ text }) => text)} to={to} />;
}
