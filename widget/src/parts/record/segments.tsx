import { useTranslation } from "react-i18next";
import { isCalledOut } from "@mindminder/protocol/spoken-command.ts";
import type { Comment, Segment } from "@mindminder/protocol/meeting-record.ts";
import { Avatar } from "../../look/avatar.tsx";
import { Icon, type IconName } from "../../look/icons.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { Translation } from "../translation/translation.tsx";

/** Something typed in the room while the circle ran: beside the speech, and no part of it. */
export function CommentItem({ comment: { who, name, text, id } }: { comment: Comment }) {
  const { t } = useTranslation();
  return (
    <li className="said said-comment" data-segment="comment" data-testid="comment" data-comment={id}>
      <Avatar id={who} name={name} size={22} />
      <div>
        <p className="said-name">
          <bdi>{plainName(name)}</bdi>
          <span className="quiet">
            {" "}
            · <Icon name="comment" size={13} /> {t("circle.record.comment")}
          </span>
        </p>
        <p className="said-text" dir="auto">
          {text}
        </p>
        <Translation of={[text]} />
      </div>
    </li>
  );
}

type Kind = NonNullable<Segment["command"]>["type"];

const ICON: Record<Kind, IconName> = {
  pass: "pass",
  skip: "skip",
  pause: "pause",
  resume: "resume",
  extend: "extend",
  "give-word": "pass",
  "raise-hand": "take",
  task: "task",
  decision: "check",
};

/** Chip of a spoken command, in the words it was understood as; pointing at it shows the speaker's own. */
export function SpokenCommandChip({ segment: { command, text } }: { segment: Segment }) {
  const { t } = useTranslation();
  const words = command
    ? isCalledOut(command)
      ? t(`circle.record.command.${command.type}`, { text: command.text })
      : t(`circle.record.command.${command.type}`)
    : text;
  return (
    <p
      className="said-command"
      data-segment="command"
      data-command={command?.type}
      data-testid="spoken-command"
      title={`${t("circle.record.commandLabel")}: ${text}`}
    >
      <Icon name={command ? ICON[command.type] : "sound"} size={14} />
      <span className="unseen">{t("circle.record.commandLabel")}: </span>
      <span dir="auto">{words}</span>
    </p>
  );
}
