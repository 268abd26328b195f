import { useEffect, useMemo, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { RoundButton } from "../../src/look/button.tsx";
import type { TimelineEvent } from "./homeserver.ts";
import { MessageItem } from "./message-item.tsx";
import { namesOf, timelineOf } from "./timeline.ts";

type Props = { events: readonly TimelineEvent[]; onSay: (body: string) => Promise<void> };

/** The room as any Matrix client shows it: this is where the record grows. */
export function RoomTimeline({ events, onSay }: Props) {
  const { t } = useTranslation();
  const messages = useMemo(() => timelineOf(events), [events]);
  const names = useMemo(() => namesOf(events), [events]);
  const list = useRef<HTMLOListElement>(null);
  useStayAtEnd(list, events.length);
  return (
    <section className="room" aria-label={t("hostPage.room")} data-testid="room">
      <ol className="messages" ref={list} tabIndex={0}>
        {messages.length === 0 && <li className="quiet small">{t("hostPage.empty")}</li>}
        {messages.map((message) => (
          <MessageItem key={message.id} message={message} names={names} />
        ))}
      </ol>
      <Composer onSay={onSay} />
    </section>
  );
}

function Composer({ onSay }: Pick<Props, "onSay">) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    const body = text.trim();
    if (!body) return;
    setText("");
    onSay(body).catch(() => setText(body));
  };
  return (
    <form className="composer" onSubmit={send}>
      <input
        className="field"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t("hostPage.say")}
        aria-label={t("hostPage.sayLabel")}
      />
      <RoundButton icon="next" label={t("hostPage.send")} type="submit" />
    </form>
  );
}

function useStayAtEnd(list: React.RefObject<HTMLElement | null>, count: number): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const onScroll = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 120;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [list]);
  useEffect(() => {
    const element = list.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [list, count]);
}
