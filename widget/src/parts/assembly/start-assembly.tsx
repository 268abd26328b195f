import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GatheringAssembly } from "@mindminder/protocol/assembly-gathering.ts";
import { type AssemblyCommandRequest, MOST_TOLD } from "@mindminder/protocol/assembly-map.ts";
import { Button } from "../../look/button.tsx";

/** Largest group; see `InRing` of the protocol. */
const MOST_IN_RING = 20;
const USUAL = "assembly";

type Gathering = Pick<GatheringAssembly, "scenarios" | "mayCallOff">;
type Props = { gathering: Gathering; ask: (command: AssemblyCommandRequest) => Promise<boolean> };

/** The beginning of an assembly: what it is about, one of the ready courses, and how large its groups are. */
export function StartAssembly({ gathering: { scenarios, mayCallOff }, ask }: Props) {
  const { t } = useTranslation("assembly");
  const [topic, setTopic] = useState("");
  const [chosen, setChosen] = useState(scenarios.find(({ id }) => id === USUAL)?.id ?? scenarios[0]?.id);
  const [wanted, setWanted] = useState<{ least?: string; most?: string }>({});
  const [busy, setBusy] = useState(false);
  const id = useId();
  const scenario = scenarios.find((each) => each.id === chosen);
  const usual = scenario?.size;
  const size = usual && { least: Number(wanted.least ?? usual.least), most: Number(wanted.most ?? usual.most) };
  const fits = !size || (size.least >= 1 && size.least <= size.most && size.most <= MOST_IN_RING);
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !fits) return;
    setBusy(true);
    const changed = size && (size.least !== usual.least || size.most !== usual.most);
    await ask({ type: "start", ...(chosen && { scenario: chosen }), topic, ...(changed && { size }) });
    setBusy(false);
  };
  const number = (key: "least" | "most") => (
    <label className="gathering-field">
      {t(`size.${key}`)}
      <input
        className="field"
        type="number"
        min={1}
        max={MOST_IN_RING}
        data-testid={`size-${key}`}
        value={wanted[key] ?? usual?.[key] ?? ""}
        onChange={({ target }) => setWanted({ ...wanted, [key]: target.value })}
      />
    </label>
  );
  return (
    <form className="start-assembly" onSubmit={(event) => void start(event)} aria-label={t("begin")}>
      <h3>{t("begin")}</h3>
      <label htmlFor={id}>{t("about")}</label>
      <input
        id={id}
        className="field"
        value={topic}
        maxLength={MOST_TOLD}
        data-testid="assembly-topic"
        onChange={({ target }) => setTopic(target.value)}
      />
      <fieldset className="scenarios">
        <legend>{t("course")}</legend>
        {scenarios.map(({ id: each, title, about }) => (
          <div className="scenario" key={each} data-chosen={each === chosen}>
            <label className="scenario-head">
              <input
                type="radio"
                name={`${id}-course`}
                value={each}
                checked={each === chosen}
                data-testid={`course-${each}`}
                onChange={() => {
                  setChosen(each);
                  setWanted({});
                }}
              />
              <span>
                <bdi className="scenario-title">{title}</bdi>
                <span className="scenario-about" dir="auto">
                  {about}
                </span>
              </span>
            </label>
          </div>
        ))}
      </fieldset>
      {size ? (
        <div className="gathering-own">
          {number("least")}
          {number("most")}
          {!fits && <p role="alert">{t("size.wrong")}</p>}
        </div>
      ) : (
        <p className="quiet small">{t("size.fixed")}</p>
      )}
      <div className="gathering-own">
        <Button kind="word" type="submit" disabled={busy || !fits} data-testid="start-assembly">
          {t("beginNow")}
        </Button>
        {mayCallOff && (
          <Button data-testid="call-off" onClick={() => void ask({ type: "end" })}>
            {t("callOff")}
          </Button>
        )}
      </div>
    </form>
  );
}
