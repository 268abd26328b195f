import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Avatar } from "../../../../look/avatar.tsx";
import { nameOf } from "../../../../model/meeting/seats.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { Translation } from "../../../translation/translation.tsx";
import { Panel } from "../../panel.tsx";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";

/** Shows everybody's text at once, while the word goes round. */
export function TextsPanel({ meeting, circle }: { meeting: MeetingSnapshot; circle: CircleSnapshot }) {
  const { t } = useTranslation();
  return (
    <Panel name="texts" title={t("circle.texts.title")}>
      {circle.texts.length > 0 ? (
        <TextList texts={circle.texts} meeting={meeting} />
      ) : (
        <p className="quiet small">{t("circle.texts.nothing")}</p>
      )}
    </Panel>
  );
}

/** Lists the texts, the speaker's first: theirs is spoken about. */
export function TextList({ texts, meeting }: { texts: CircleSnapshot["texts"]; meeting: MeetingSnapshot | null }) {
  const speaker = meeting?.turn?.speaker;
  const ordered = [...texts.filter(({ who }) => who === speaker), ...texts.filter(({ who }) => who !== speaker)];
  return (
    <ol className="texts">
      {ordered.map(({ who, text }) => (
        <WrittenText key={who} who={who} text={text} meeting={meeting} />
      ))}
    </ol>
  );
}

function WrittenText({ who, text, meeting }: { who: ParticipantId; text: string; meeting: MeetingSnapshot | null }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const name = nameOf(meeting, who);
  const body = useRef<HTMLParagraphElement>(null);
  const [whole, setWhole] = useState(false);
  const [long, setLong] = useState(false);
  useLayoutEffect(() => {
    const shown = body.current;
    if (shown && !whole) setLong(shown.scrollHeight > shown.clientHeight + 2);
  }, [text, whole]);
  return (
    <li className="text" data-testid="written-text" data-who={who} data-speaking={who === meeting?.turn?.speaker}>
      <p className="text-name">
        <Avatar id={who} name={name} size={22} />
        <bdi>{name}</bdi>
        {who === me.id && <span className="quiet small">{t("circle.texts.mine")}</span>}
      </p>
      <p className="text-body" dir="auto" ref={body} data-whole={whole}>
        {text}
      </p>
      <Translation of={[text]} {...(meeting ? { meeting: meeting.id } : {})} />
      {long && (
        <button type="button" className="link small" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? t("circle.texts.less") : t("circle.texts.more")}
        </button>
      )}
    </li>
  );
}
