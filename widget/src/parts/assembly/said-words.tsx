import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RingSentence } from "@mindminder/protocol/assembly-record.ts";
import { useRecord } from "../../sitting/record.ts";

type Words = { readonly key: string; readonly name: string; readonly text: string };

/** A sentence, and below it, once it is pressed, the words of which it is made. */
export function SaidWords({ item, from }: { item: RingSentence; from: string }) {
  const { t } = useTranslation("assembly");
  const { past } = useRecord();
  const [words, setWords] = useState<readonly Words[] | null>(null);
  const open = async () => {
    if (words) return setWords(null);
    const found: Words[] = [];
    for (const { meeting, utterance } of item.from) {
      const read = await past.peek(meeting);
      const said = read?.record.utterances.find(({ id }) => id === utterance);
      const typed = read?.record.comments.find(({ id }) => id === utterance);
      const name = read?.meeting.people.find(({ id }) => id === said?.speaker)?.name ?? typed?.name ?? "";
      const text = said?.text ?? typed?.text;
      if (text !== undefined) found.push({ key: `${meeting} ${utterance}`, name, text });
    }
    setWords(found);
  };
  return (
    <>
      <button type="button" className="said-sentence" aria-expanded={words !== null} onClick={() => void open()}>
        <bdi>{item.text}</bdi>
      </button>
      <span className="outcome-from">
        <bdi>{from}</bdi>
      </span>
      {words && (
        <div className="outcome-words" data-testid="words-behind">
          {words.length === 0 && <p className="quiet">{t("outcome.noWords")}</p>}
          {words.map(({ key, name, text }) => (
            <p key={key}>
              <b>{name}</b> <bdi>{text}</bdi>
            </p>
          ))}
        </div>
      )}
    </>
  );
}
