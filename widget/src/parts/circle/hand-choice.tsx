import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../look/button.tsx";
import { useWish } from "../../sitting/use-wish.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { HAND_ICON, HAND_KINDS, handsIn } from "./hands.ts";

/** The three reasons to raise a hand; the one that is up is pressed, and pressing it again lowers the hand. */
export function HandChoice({
  meeting,
  kind,
  onDone,
}: {
  meeting: MeetingSnapshot;
  kind: "plain" | "ghost";
  onDone?: () => void;
}) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { busy, wish } = useWish();
  const { mine } = handsIn(meeting, me.id);
  const lower = async () => {
    await wish({ type: "lower-hand" });
    onDone?.();
  };
  return (
    <div className="hand-choice" role="group" aria-label={t("circle.hands.menu")}>
      {HAND_KINDS.map((hand) => {
        const up = mine === hand;
        const act = async () => {
          await wish(up ? { type: "lower-hand" } : { type: "raise-hand", hand });
          onDone?.();
        };
        return (
          <Button
            key={hand}
            kind={kind}
            icon={HAND_ICON[hand]}
            disabled={busy}
            aria-pressed={up}
            title={t(`circle.hands.about.${hand}`)}
            data-testid={`hand-${hand}`}
            onClick={() => void act()}
          >
            {t(`circle.hands.kind.${hand}`)}
            {kind === "ghost" && <small>{t(`circle.hands.about.${hand}`)}</small>}
          </Button>
        );
      })}
      {mine &&
        (kind === "ghost" ? (
          <Button kind="ghost" icon="close" disabled={busy} data-testid="lower-hand" onClick={() => void lower()}>
            {t("circle.hands.lower")}
          </Button>
        ) : (
          <button type="button" className="link" disabled={busy} data-testid="lower-hand" onClick={() => void lower()}>
            {t("circle.hands.lower")}
          </button>
        ))}
    </div>
  );
}
