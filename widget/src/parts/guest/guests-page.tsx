import { useEffect, useId, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { type GuestsResponse, MOST_PLACES } from "@mindminder/protocol/guests.ts";
import { Button } from "../../look/button.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import "./guests-page.css";

/** Page of the keeper's menu about guests: links to hand on, and those who sit there by one. */
export function GuestsPage({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const { guests } = useMeeting();
  const known = useSyncExternalStore(guests.subscribe, guests.get).guests;
  useEffect(() => guests.look(), [guests]);
  return (
    <div className="guests-page">
      <Button kind="ghost" icon="back" data-testid="keeper-back" autoFocus onClick={onBack}>
        {t("circle.keeper.back")}
      </Button>
      {known?.mayMake && known.links.length === 0 && <p className="menu-note">{t("guest.none")}</p>}
      {known?.links.map((link) => (
        <LinkItem key={link.id} link={link} />
      ))}
      {known?.mayMake && <LinkForm />}
      {known?.mayMake === false && <NoNewLink />}
      {known && known.seated.length > 0 && <p className="menu-note">{t("guest.seated")}</p>}
      {known?.seated.map((guest) => (
        <SeatedGuest key={guest.id} guest={guest} />
      ))}
    </div>
  );
}

/** The reason why no link can be made: the room's links lead into an assembly that others keep. */
function NoNewLink() {
  const { t, ready } = useTranslation("assembly");
  if (!ready) return null;
  return (
    <p className="menu-note" data-testid="guest-no-new-link">
      {t("linksIntoAssembly")}
    </p>
  );
}

function LinkItem({ link: { id, url, once, lobby, places } }: { link: GuestsResponse["links"][number] }) {
  const { t } = useTranslation();
  const { guests } = useMeeting();
  const [copied, setCopied] = useState(false);
  const facts = [
    t(once ? "guest.linkOnce" : "guest.linkAlways"),
    t(lobby ? "guest.withLobby" : "guest.withoutLobby"),
    t("guest.ofPlaces", { count: places }),
  ];
  const copy = async (address: string) => {
    await navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div className="guest-link" data-testid="guest-link">
      <p className="small quiet">{facts.join(", ")}</p>
      {url && (
        <input
          className="field"
          readOnly
          value={url}
          aria-label={t("guest.copy")}
          onFocus={(event) => event.target.select()}
        />
      )}
      <div className="row">
        <Button data-testid="guest-close-link" onClick={() => void guests.change({ type: "close-link", link: id })}>
          {t("guest.close")}
        </Button>
        {url && (
          <Button icon="link" data-testid="guest-copy" onClick={() => void copy(url)}>
            {t(copied ? "guest.copied" : "guest.copy")}
          </Button>
        )}
      </div>
    </div>
  );
}

const PLACES = 10;

function LinkForm() {
  const { t } = useTranslation();
  const { guests } = useMeeting();
  const [always, setAlways] = useState(false);
  const [lobby, setLobby] = useState(true);
  const [places, setPlaces] = useState(PLACES);
  const field = useId();
  return (
    <form
      className="guest-link"
      onSubmit={(event) => {
        event.preventDefault();
        void guests.change({ type: "make-link", once: !always, lobby, places });
      }}
    >
      <label className="guest-choice">
        <input type="checkbox" checked={lobby} onChange={(event) => setLobby(event.target.checked)} />
        {t("guest.lobby")}
      </label>
      <label className="guest-choice">
        <input type="checkbox" checked={always} onChange={(event) => setAlways(event.target.checked)} />
        {t("guest.always")}
      </label>
      <div className="guest-choice">
        <label htmlFor={field}>{t("guest.places")}</label>
        <input
          id={field}
          className="field guest-places"
          type="number"
          min={1}
          max={MOST_PLACES}
          value={places}
          onChange={(event) => setPlaces(event.target.valueAsNumber || 1)}
        />
      </div>
      <Button kind="word" icon="link" type="submit" data-testid="guest-make-link">
        {t("guest.make")}
      </Button>
    </form>
  );
}

function SeatedGuest({ guest: { id, name } }: { guest: GuestsResponse["seated"][number] }) {
  const { t } = useTranslation();
  const { guests } = useMeeting();
  const [sure, setSure] = useState(false);
  const putOut = () => void guests.change({ type: "put-out", guest: id });
  return (
    <div className="guest-seated">
      <bdi>{sure ? t("guest.putOutSure", { name: plainName(name) }) : plainName(name)}</bdi>
      {sure ? (
        <Button kind="grave" data-testid="guest-put-out-sure" onClick={putOut}>
          {t("guest.putOut")}
        </Button>
      ) : (
        <Button data-testid="guest-put-out" onClick={() => setSure(true)}>
          {t("guest.putOut")}
        </Button>
      )}
    </div>
  );
}
