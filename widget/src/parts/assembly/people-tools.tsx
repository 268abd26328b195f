import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssemblyCommandRequest, AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import { may, mayBeKeeper } from "@mindminder/protocol/rights.ts";
import { Button } from "../../look/button.tsx";
import { holder } from "../../model/meeting/rights.ts";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";

type Props = { map: AssemblyMap; ask: (command: AssemblyCommandRequest) => Promise<boolean> };

const QUESTIONS = {
  "take-out": "takeOutSure",
  "hand-over": "handOverSure",
  leave: "leaveSure",
  end: "endSure",
} as const;
type Asked = Extract<AssemblyCommandRequest, { type: keyof typeof QUESTIONS }>;

/** Leaving; for those who may, taking somebody out, handing the keeper's part on, and the end: each asked twice. */
export function PeopleTools({ map, ask }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const [chosen, setChosen] = useState("");
  const [sure, setSure] = useState<Asked | null>(null);
  const ruled = { phase: "circle", keeper: map.keeper, people: [] } as const;
  const [takesOut, handsOver, ends] = (["arrange", "steer", "end-meeting"] as const).map((right) =>
    may(right, holder(me), ruled),
  );
  const groups = map.rings.map(({ number, people }) => ({ number, people: people.filter(({ id }) => id !== me.id) }));
  const members = map.rings.flatMap(({ people }) => people);
  const gallery = map.rings
    .flatMap(({ visitors }) => visitors)
    .filter(({ id }) => id !== me.id && !members.some((each) => each.id === id));
  const person = [...members, ...gallery].find(({ id }) => id === chosen);
  const name = person ? plainName(person.name) : "";
  const isMember = members.some(({ id }) => id === person?.id);
  const mayKeep = person && isMember && mayBeKeeper(person.id) && person.id !== map.keeper;
  const settle = (command: Asked | null) => {
    setSure(null);
    if (!command) return;
    setChosen("");
    void ask(command);
  };
  const takesPart = members.some(({ id }) => id === me.id);
  if (!takesPart && !takesOut && !ends) return null;
  if (sure) {
    return (
      <div className="people-tools" role="group" aria-label={t("peopleTools")} data-testid="people-tools">
        <bdi>{t(QUESTIONS[sure.type], { name })}</bdi>
        <Button kind="grave" data-testid="people-sure" autoFocus onClick={() => settle(sure)}>
          {t(`sure.${sure.type}`)}
        </Button>
        <Button data-testid="people-not-sure" onClick={() => settle(null)}>
          {t("notSure")}
        </Button>
      </div>
    );
  }
  return (
    <div className="people-tools" role="group" aria-label={t("peopleTools")} data-testid="people-tools">
      {takesOut && members.length > 1 && (
        <select
          className="field"
          aria-label={t("whomOfAll")}
          data-testid="people-whom"
          value={person?.id ?? ""}
          onChange={({ target }) => setChosen(target.value)}
        >
          <option value="">{t("whomOfAll")}</option>
          {groups.map(({ number, people }) => (
            <optgroup key={number} label={t("group", { n: number })}>
              {people.map(({ id, name: of }) => (
                <option key={id} value={id}>
                  {plainName(of)}
                </option>
              ))}
            </optgroup>
          ))}
          {gallery.length > 0 && (
            <optgroup label={t("gallery")}>
              {gallery.map(({ id, name: of }) => (
                <option key={id} value={id}>
                  {plainName(of)}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      )}
      {person && (
        <Button data-testid="take-out-of-all" onClick={() => setSure({ type: "take-out", who: person.id })}>
          {t("takeOut")}
        </Button>
      )}
      {mayKeep && handsOver && (
        <Button icon="keeper" data-testid="hand-over-all" onClick={() => setSure({ type: "hand-over", to: person.id })}>
          {t("handOver")}
        </Button>
      )}
      {!person && takesPart && (
        <Button data-testid="leave-assembly" onClick={() => setSure({ type: "leave" })}>
          {t("leaveIt")}
        </Button>
      )}
      {ends && !person && (
        <Button data-testid="end-assembly" onClick={() => setSure({ type: "end" })}>
          {t("endIt")}
        </Button>
      )}
    </div>
  );
}
