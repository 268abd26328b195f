import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CircleSnapshot, MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { Button } from "../../../../look/button.tsx";
import { useWish } from "../../../../sitting/use-wish.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { Panel } from "../../panel.tsx";
import { StanceList } from "./stance-list.tsx";
import { stancesOf } from "./stances.ts";

const MOST_REASON = 500;

/** Consent or object: one's own answer, and everybody's. */
export function ConsentPanel({ meeting, circle }: { meeting: MeetingSnapshot; circle: CircleSnapshot }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const stances = stancesOf(meeting, circle);
  const count = (position: string) => stances.filter((stance) => stance.position === position).length;
  return (
    <Panel
      name="consent"
      title={t("circle.consent.title")}
      lead={circle.round > 1 ? t("circle.consent.round", { n: circle.round }) : null}
    >
      {meeting.ring.includes(me.id) ? (
        <MyAnswer key={circle.index} circle={circle} />
      ) : (
        <p className="quiet small">{t("circle.consent.onlyRing")}</p>
      )}
      <p className="stance-count" data-testid="stance-count">
        {t("circle.consent.count", { consents: count("consent"), objections: count("object"), open: count("none") })}
      </p>
      <StanceList stances={stances} meeting={meeting} />
    </Panel>
  );
}

function MyAnswer({ circle }: { circle: CircleSnapshot }) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const { busy, wish } = useWish();
  const mine = circle.stances.find(({ who }) => who === me.id);
  const [objecting, setObjecting] = useState(false);
  const [reason, setReason] = useState(mine?.reason ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => {
    if (!objecting) return;
    field.current?.focus();
    field.current?.form?.scrollIntoView?.({ block: "nearest" });
  }, [objecting]);

  const object = async (event: FormEvent) => {
    event.preventDefault();
    if (await wish({ type: "take-position", position: "object", reason: reason.trim() })) setObjecting(false);
  };
  const consent = async () => {
    if (await wish({ type: "take-position", position: "consent" })) setObjecting(false);
  };
  return (
    <>
      <div className="answers">
        <Button
          icon="check"
          disabled={busy}
          aria-pressed={mine?.position === "consent"}
          className="answer answer-consent"
          data-testid="consent-position"
          onClick={() => void consent()}
        >
          {t("circle.consent.consent")}
        </Button>
        <Button
          icon="warning"
          disabled={busy}
          aria-pressed={mine?.position === "object"}
          aria-expanded={objecting}
          className="answer answer-object"
          data-testid="object-position"
          onClick={() => setObjecting(!objecting)}
        >
          {t("circle.consent.object")}
        </Button>
      </div>
      {objecting && (
        <form className="objection" onSubmit={(event) => void object(event)}>
          <label htmlFor={id}>{t("circle.consent.reason")}</label>
          <textarea
            ref={field}
            id={id}
            className="field"
            rows={2}
            maxLength={MOST_REASON}
            value={reason}
            aria-describedby={`${id}-hint`}
            data-testid="objection-reason"
            onChange={(event) => setReason(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setObjecting(false);
            }}
          />
          <p className="quiet small" id={`${id}-hint`}>
            {t("circle.consent.reasonHint")}
          </p>
          <div className="row">
            <Button onClick={() => setObjecting(false)}>{t("act.cancel")}</Button>
            <Button kind="word" type="submit" disabled={busy || reason.trim() === ""} data-testid="send-objection">
              {t("circle.consent.sendObjection")}
            </Button>
          </div>
        </form>
      )}
      {mine && !objecting && <p className="quiet small">{t("circle.consent.change")}</p>}
    </>
  );
}
