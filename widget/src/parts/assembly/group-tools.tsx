import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssemblyCommandRequest, AssemblyMap, RingOnMap } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";
import { plainName } from "../../model/meeting/seats.ts";
import { useMeeting } from "../../sitting/meeting.ts";

type Props = {
  map: AssemblyMap;
  mine: RingOnMap;
  /** Group in which one listens, away from one's own. */
  visited: RingOnMap | null;
  ask: (command: AssemblyCommandRequest) => Promise<boolean>;
};

/** What one asks of the assembly from one's own group: a delegate, the empty chair, the keeper, and the way back. */
export function GroupTools({ map: { phase, keeper, calls }, mine, visited, ask }: Props) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const myself = mine.people.find(({ id }) => id === me.id);
  const send = (command: AssemblyCommandRequest) => () => void ask(command);
  if (visited)
    return <Button onClick={send({ type: "visit", to: mine.number })}>{t("backToGroup", { n: mine.number })}</Button>;
  return (
    <>
      {phase.choosing && mine.delegate === null && <DelegateChoice mine={mine} ask={ask} />}
      {mine.keeper === null && mine.status === "running" && <ReadyToGoOn mine={mine} ask={ask} />}
      {phase.kind === "delegates" && myself?.seated === false && (
        <Button data-testid="take-chair" onClick={send({ type: "take-chair" })}>
          {t("takeChair")}
        </Button>
      )}
      {myself?.onChair && (
        <Button data-testid="leave-chair" onClick={send({ type: "leave-chair" })}>
          {t("leaveChair")}
        </Button>
      )}
      {keeper !== null &&
        keeper !== me.id &&
        (calls.some(({ ring }) => ring === mine.number) ? (
          <span className="assembly-part">{t("called")}</span>
        ) : (
          <Button kind="ghost" data-testid="call-keeper" onClick={send({ type: "call-keeper" })}>
            {t("callKeeper")}
          </Button>
        ))}
    </>
  );
}

/** A group that nobody keeps goes on once more than half of it are ready. */
function ReadyToGoOn({ mine: { ready, people }, ask }: Pick<Props, "mine" | "ask">) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  if (ready.includes(me.id))
    return <span className="assembly-part">{t("areReady", { n: ready.length, m: people.length })}</span>;
  return (
    <Button data-testid="ready-to-go-on" onClick={() => void ask({ type: "ready" })}>
      {t("readyToGoOn")}
    </Button>
  );
}

/** The group agrees on whom it sends: somebody is named, and more than half say yes. */
function DelegateChoice({ mine: { named, people }, ask }: Pick<Props, "mine" | "ask">) {
  const { t } = useTranslation("assembly");
  const { me } = useMeeting();
  const [chosen, setChosen] = useState("");
  const seated = people.filter(({ seated: sits }) => sits);
  const who = seated.find(({ id }) => id === chosen)?.id;
  if (!named)
    return (
      <form
        className="delegate-choice"
        onSubmit={(event) => {
          event.preventDefault();
          if (who) void ask({ type: "name-delegate", who });
        }}
      >
        <select
          className="assembly-choice"
          aria-label={t("nameDelegate")}
          data-testid="name-delegate"
          value={who ?? ""}
          onChange={({ target }) => setChosen(target.value)}
        >
          <option value="">{t("nameDelegate")}</option>
          {seated.map(({ id, name }) => (
            <option key={id} value={id}>
              {plainName(name)}
            </option>
          ))}
        </select>
        {/* A select changes with each arrow key: what is chosen counts only once it is said. */}
        {who && (
          <Button type="submit" data-testid="say-delegate">
            {t("propose")}
          </Button>
        )}
      </form>
    );
  const name = plainName(people.find(({ id }) => id === named.who)?.name ?? named.who);
  const counted = t("agreed", { name, n: named.agreed.length, m: people.length });
  return (
    <>
      <span className="assembly-part">{counted}</span>
      {!named.agreed.includes(me.id) && (
        <>
          <Button data-testid="agree-delegate" onClick={() => void ask({ type: "agree-delegate" })}>
            {t("agree")}
          </Button>
          <Button kind="ghost" onClick={() => void ask({ type: "refuse-delegate" })}>
            {t("refuse")}
          </Button>
        </>
      )}
    </>
  );
}
