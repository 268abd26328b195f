import { type FormEvent, useId, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { BigIcon } from "@vector-im/compound-web";
import { Button } from "../../look/button.tsx";
import { Icon } from "../../look/icons.tsx";
import type { GuestDoor } from "../../model/host/guest-door.ts";
import { plainName } from "../../model/meeting/seats.ts";
import "./guest.css";

/** Screen of a guest before the circle opens: the question for their name, then the lobby. */
export function GuestScreen({ door }: { door: GuestDoor }) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(door.subscribe, door.get);
  if (state.at === "asks") return <NameForm door={door} problem={state.problem} asking={state.asking} />;
  const waiting = state.at === "waits" || state.at === "early";
  return (
    <section className="screen" data-screen="guest" data-door={state.at} role="status">
      <span className="screen-sign" data-turning>
        <BigIcon>
          <Icon name="circle" size={32} />
        </BigIcon>
      </span>
      <h1>{waiting ? t(`guest.${state.at}.title`) : t("guest.opening")}</h1>
      {waiting && <p>{t(`guest.${state.at}.hint`)}</p>}
      {waiting && (
        <p className="guest-as">
          {t("guest.as")} <bdi>{plainName(state.name)}</bdi>
        </p>
      )}
    </section>
  );
}

type FormProps = { door: GuestDoor; problem: "name" | "full" | "busy" | "away" | null; asking: boolean };

function NameForm({ door, problem, asking }: FormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [field, note] = [useId(), useId()];
  const ask = (event: FormEvent) => {
    event.preventDefault();
    door.ask(name);
  };
  return (
    <section className="screen" data-screen="guest" data-door="asks">
      <form className="card guest-form" onSubmit={ask}>
        <h1>{t("guest.title")}</h1>
        <p className="quiet">{t("guest.hint")}</p>
        <label htmlFor={field}>{t("guest.name")}</label>
        <input
          id={field}
          className="field"
          value={name}
          maxLength={40}
          autoComplete="name"
          autoFocus
          required
          aria-describedby={note}
          aria-invalid={problem === "name"}
          onChange={(event) => setName(event.target.value)}
          data-testid="guest-name"
        />
        <p className="small quiet" id={note} role="status" data-problem={problem ?? undefined}>
          {problem ? t(`guest.problem.${problem}`) : t("guest.marked")}
        </p>
        <Button kind="word" type="submit" disabled={asking || name.trim() === ""} data-testid="guest-enter">
          {t("guest.enter")}
        </Button>
      </form>
    </section>
  );
}
