import { useTranslation } from "react-i18next";
import { Avatar } from "../../src/look/avatar.tsx";
import { plainName } from "../../src/model/meeting/seats.ts";
import { SafeHtml } from "./safe-html.tsx";
import type { Message } from "./timeline.ts";
import { personId } from "../../../tests/support/protocol/ids.ts";

type Props = { message: Message; names: ReadonlyMap<string, string>; reply?: boolean };

/** One message with its thread under it. */
export function MessageItem({ message, names, reply = false }: Props) {
  const { t, i18n } = useTranslation();
  const { sender, at, body, html, notice, edited, thread } = message;
  const name = plainName(names.get(sender) ?? sender);
  const time = new Intl.DateTimeFormat(i18n.language, { hour: "2-digit", minute: "2-digit" }).format(at);
  return (
    <li
      className="message"
      data-event={message.id}
      data-notice={notice}
      data-reply={reply}
      data-testid={reply ? "thread-message" : "room-message"}
    >
      <Avatar id={personId(sender)} name={name} size={reply ? 24 : 32} />
      <div className="message-main">
        <p className="message-head">
          <bdi>{name}</bdi> <time>{time}</time>
          {edited && <span> · {t("hostPage.edited")}</span>}
        </p>
        <div className="message-body" dir="auto">
          {html ? <SafeHtml html={html} /> : <p className="plain">{body}</p>}
        </div>
        {thread.length > 0 && (
          <details className="thread" open>
            <summary>{t("hostPage.thread", { count: thread.length })}</summary>
            <ol>
              {thread.map((each) => (
                <MessageItem key={each.id} message={each} names={names} reply />
              ))}
            </ol>
          </details>
        )}
      </div>
    </li>
  );
}
