import { useTranslation } from "react-i18next";
import { Button } from "../../look/button.tsx";
import { Icon } from "../../look/icons.tsx";
import { rightsOf } from "../../model/meeting/rights.ts";
import { nameOf } from "../../model/meeting/seats.ts";
import { useMeeting, useMeetingSnapshot } from "../../sitting/meeting.ts";
import { useWish } from "../../sitting/use-wish.ts";
import "./scribe.css";

/**
 * The scribe beside the circle, as one more who listens: nobody is written down unawares. Anybody may send it away; who
 * did is shown, and said aloud.
 */
export function Scribe() {
  const { t } = useTranslation();
  const { me, session } = useMeeting();
  const meeting = useMeetingSnapshot();
  const { busy, wish } = useWish();
  if (!session.hasScribe || !meeting || meeting.phase === "ended") return null;
  const away = meeting.scribeAway;
  const mayAct = !away || rightsOf(meeting, me).mayAskScribeBack;
  return (
    <div className="scribe" role="status" data-away={away !== undefined} data-testid="scribe">
      <Icon name={away ? "unwritten" : "written"} size={16} />
      <span>
        <strong>{t("encryption.scribe")}</strong>{" "}
        <span className="quiet">
          {away
            ? away.by === me.id
              ? t("encryption.scribeAwayByYou")
              : t("encryption.scribeAway", { name: nameOf(meeting, away.by) })
            : t("encryption.scribeHere")}
        </span>
      </span>
      {mayAct && (
        <Button
          kind="plain"
          disabled={busy}
          data-testid={away ? "scribe-back" : "scribe-away"}
          onClick={() => void wish({ type: away ? "ask-scribe-back" : "send-scribe-away" })}
        >
          {t(away ? "encryption.askScribeBack" : "encryption.sendScribeAway")}
        </Button>
      )}
    </div>
  );
}
