import { useTranslation } from "react-i18next";
import type { ParticipantId } from "@mindminder/protocol/identity.ts";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { may, maySend } from "@mindminder/protocol/rights.ts";
import { Button, RoundButton } from "../../look/button.tsx";
import { useWish } from "../../sitting/use-wish.ts";
import { Icon } from "../../look/icons.tsx";
import { holder, rightsOf } from "../../model/meeting/rights.ts";
import { countdownOf } from "../../model/meeting/countdown.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingSnapshot, useServerTime } from "../../sitting/meeting.ts";

/** The speaker's own wish for more time; a speaker who is the keeper gives it to themselves. */
export function AskForTime({ look = "text" }: { look?: "text" | "round" | "menu" }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { busy, wish } = useWish();
  const meeting = useMeetingSnapshot();
  if (!mayAskForTime(meeting, me.id)) return null;
  const asked = meeting?.turn?.wantsMore === true;
  const words = rightsOf(meeting, me).maySteer
    ? t("act.extend")
    : asked
      ? t("circle.extension.asked")
      : t("circle.extension.ask");
  const facts = {
    disabled: busy || asked,
    "data-testid": "ask-extension",
    onClick: () => void wish({ type: "extend" }),
  };
  if (look === "round")
    return <RoundButton icon="extend" caption={t("frame.caption.extend")} label={words} {...facts} />;
  return (
    <Button icon="extend" kind={look === "menu" ? "ghost" : "plain"} {...facts}>
      {words}
    </Button>
  );
}

export function mayAskForTime(meeting: MeetingSnapshot | null, me: ParticipantId): boolean {
  return (
    maySend({ id: me, door: "widget" }, "extend", false) &&
    meeting?.turn?.speaker === me &&
    meeting.turn.status === "speaking" &&
    meeting.rules.extension !== "nobody"
  );
}

/**
 * Panel for those who listen to the speaker: the wish for time, the people for it, and one's own vote, once the time
 * gets short.
 */
export function Extension() {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const meeting = useMeetingSnapshot();
  const { busy, wish } = useWish();
  const mark = countdownOf(meeting, useServerTime(1_000))?.mark;
  const turn = meeting?.turn;
  if (!meeting || meeting.paused || turn?.status !== "speaking" || meeting.rules.extension === "nobody") return null;

  const { extension, wantsMore = false, speaker } = turn;
  const mine = speaker === me.id;
  const { maySteer } = rightsOf(meeting, me);
  const mayAsk = may("ask-time", holder(me), meeting, { authors: [speaker] });
  const asked = extension?.asked ?? [];
  const urgent = wantsMore || asked.length > 0 || (mark !== undefined && mark !== "calm");
  const mayVote = !mine && (maySteer || (extension !== null && mayAsk));
  if (!urgent || !(mayVote || wantsMore || asked.length > 0)) return null;
  const voted = asked.includes(me.id);
  const names = asked.map((id) => (id === me.id ? t("ring.you") : nameOf(meeting, id)));
  return (
    <div className="extension" data-testid="extension" data-wanted={wantsMore}>
      <p className="extension-words">
        {wantsMore && (
          <strong>
            {mine ? t("circle.extension.asked") : t("circle.extension.wants", { name: nameOf(meeting, speaker) })}
          </strong>
        )}
        {mine && wantsMore && (
          <span>{extension ? t("circle.extension.ringDecides") : t("circle.extension.keeperDecides")}</span>
        )}
        {extension && (
          <span data-testid="extension-votes">
            {asked.length > 0
              ? `${t("circle.extension.voters", { names: names.join(", ") })} · ${t("circle.extension.votes", { n: asked.length, m: extension.needed })}`
              : t("circle.extension.votesNone", { m: extension.needed })}
          </span>
        )}
      </p>
      {mayVote &&
        (voted ? (
          <span className="extension-voted">
            <Icon name="check" size={16} />
            {t("circle.extension.voted")}
          </span>
        ) : (
          <Button
            icon="extend"
            disabled={busy}
            data-testid="vote-extension"
            onClick={() => void wish({ type: "extend" })}
          >
            {t("circle.extension.vote")}
          </Button>
        ))}
    </div>
  );
}
