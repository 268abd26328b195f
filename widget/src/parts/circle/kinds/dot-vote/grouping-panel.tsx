import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../../look/button.tsx";
import { nameOf } from "../../../../model/meeting/seats.ts";
import { useMeeting } from "../../../../sitting/meeting.ts";
import { useWish } from "../../../../sitting/use-wish.ts";
import { Panel } from "../../panel.tsx";
import type { KindProps } from "../kind-view.ts";
import { GroupBody } from "./group-body.tsx";
import { type Group, MOST_NAME, numberOf, titleOf } from "./groups.ts";

/** Texts as they are grouped so far; the speaker puts them together. */
export function GroupingPanel({ meeting, circle }: KindProps) {
  const { t } = useTranslation();
  const { me } = useMeeting();
  const groups = circle.vote ?? [];
  const speaker = meeting.turn?.status === "speaking" && !meeting.paused ? meeting.turn.speaker : null;
  const lead =
    speaker === me.id
      ? t("circle.dots.leadMine")
      : speaker
        ? t("circle.dots.leadOther", { name: nameOf(meeting, speaker) })
        : t("circle.dots.leadWait");
  return (
    <Panel name="grouping" title={t("circle.dots.groupTitle")} lead={lead}>
      {speaker === me.id ? (
        <Arrange groups={groups} {...{ meeting, circle }} />
      ) : (
        <ul className="vote" aria-label={t("circle.dots.groups")}>
          {groups.map((group) => (
            <li key={numberOf(group)} className="vote-group" data-testid="vote-group">
              <GroupBody group={group} meeting={meeting} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Arrange({ groups, meeting }: KindProps & { readonly groups: readonly Group[] }) {
  const { t } = useTranslation();
  const { busy, wish } = useWish();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [name, setName] = useState("");
  const id = useId();
  const picked = groups.filter((group) => chosen.includes(numberOf(group)));
  const alone = picked.length === 1 ? picked[0] : undefined;
  const texts = picked.flatMap((group) => group.texts.map(({ number }) => number));

  const put = async (event: FormEvent) => {
    event.preventDefault();
    if (await wish({ type: "group-texts", texts, name: name.trim() })) clear();
  };
  const takeOut = async (number: number) => {
    if (await wish({ type: "group-texts", texts: [number], name: "" })) clear();
  };
  function clear(): void {
    setChosen([]);
    setName("");
  }
  function choose(group: Group, is: boolean): void {
    const number = numberOf(group);
    const next = is ? [...chosen, number] : chosen.filter((each) => each !== number);
    setChosen(next);
    if (is && name === "") setName(group.name);
    if (next.length === 0) setName("");
  }
  return (
    <form className="vote-arrange" onSubmit={(event) => void put(event)}>
      <ul className="vote" aria-label={t("circle.dots.groups")}>
        {groups.map((group) => {
          const number = numberOf(group);
          return (
            <li
              key={number}
              className="vote-group"
              data-testid="vote-group"
              data-chosen={chosen.includes(number) || undefined}
            >
              <label className="vote-choice">
                <input
                  type="checkbox"
                  checked={chosen.includes(number)}
                  data-testid="choose-group"
                  aria-label={t("circle.dots.choose", { title: titleOf(group) })}
                  onChange={(event) => choose(group, event.target.checked)}
                />
                <GroupBody group={group} meeting={meeting} />
              </label>
              {alone === group && group.texts.length > 1 && (
                <div className="row">
                  {group.texts.map(({ number: text }) => (
                    <Button key={text} disabled={busy} data-testid="take-out" onClick={() => void takeOut(text)}>
                      {t("circle.dots.takeOut", { n: text })}
                    </Button>
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {picked.length > 0 && (
        <div className="vote-foot">
          <label htmlFor={id}>{t("circle.dots.name")}</label>
          <input
            id={id}
            className="field"
            value={name}
            maxLength={MOST_NAME}
            data-testid="group-name"
            onChange={(event) => setName(event.target.value)}
          />
          <Button kind="word" type="submit" disabled={busy} data-testid="put-together">
            {alone ? t("circle.dots.rename") : t("circle.dots.together", { count: picked.length })}
          </Button>
        </div>
      )}
    </form>
  );
}
