import { useTranslation } from "react-i18next";
import type { MeetingSnapshot } from "@mindminder/protocol/meeting-snapshot.ts";
import { dayWritten } from "../record/day-written.ts";
import type { MeetingOutcome } from "../record/outcome.ts";
import { nameOf } from "../../model/meeting/seats.ts";

type Line = {
  readonly id: string;
  readonly text: string;
  readonly facts: readonly string[];
  readonly suggested: boolean;
  readonly done: boolean;
};

/** Decided, to do, still open: in the order in which one wants to know. */
export function OutcomeLists({
  outcome: { decisions, tasks, questions },
  meeting,
}: {
  outcome: MeetingOutcome;
  meeting: MeetingSnapshot;
}) {
  const { t, i18n } = useTranslation();
  const plain = ({
    id,
    text,
    status,
  }: MeetingOutcome["decisions"][number] | MeetingOutcome["questions"][number]): Line => ({
    id,
    text,
    facts: [],
    suggested: status === "suggested",
    done: false,
  });
  const parts = [
    { name: "decided", lines: decisions.map(plain) },
    {
      name: "toDo",
      lines: tasks.map(
        ({ id, title, owner, due, status }): Line => ({
          id,
          text: title,
          suggested: status === "suggested",
          done: status === "done",
          facts: [
            ...(owner ? [nameOf(meeting, owner)] : []),
            ...(due ? [t("after.due", { date: dayWritten(due, i18n.language) })] : []),
          ],
        }),
      ),
    },
    { name: "open", lines: questions.map(plain) },
  ] as const;
  const filled = parts.filter(({ lines }) => lines.length > 0);
  if (filled.length === 0) return <p className="after-none quiet">{t("after.nothing")}</p>;
  return (
    <div className="after-parts">
      {filled.map(({ name, lines }) => (
        <section key={name} className="after-part" data-part={name} data-testid="after-part">
          <h3>{t(`after.${name}`)}</h3>
          <ul>
            {lines.map(({ id, text, facts, suggested, done }) => (
              <li
                key={id}
                data-suggested={suggested}
                data-done={done}
                title={suggested ? t("after.suggested") : undefined}
              >
                <span className="after-line" dir="auto">
                  {text}
                </span>
                {facts.length > 0 && (
                  <span className="after-line-facts">
                    {facts.map((fact) => (
                      <bdi key={fact}>{fact}</bdi>
                    ))}
                  </span>
                )}
                {suggested && <span className="unseen">{t("after.suggested")}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
