import { useTranslation } from "react-i18next";
import type { AssemblyFormat } from "@mindminder/protocol/assembly-formats.ts";
import type { AssemblyMap } from "@mindminder/protocol/assembly-map.ts";
import type { AssemblyRecord, Joined, RingOfPart } from "@mindminder/protocol/assembly-record.ts";
import { Button } from "../../look/button.tsx";
import { noticeOf } from "../../model/meeting/send-command.ts";
import { saveFile } from "../../model/record/save-file.ts";
import { useMeeting } from "../../sitting/meeting.ts";
import { GivenAlong } from "./given-along.tsx";
import { SaidWords } from "./said-words.tsx";
import { useAssemblyRecord } from "./use-assembly-record.ts";

const TAKEN_ALONG = ["page", "text", "picture"] as const satisfies readonly AssemblyFormat[];

/** What came out of the assembly so far; a press on a sentence shows the words that it rests on. */
export function AssemblyOutcome({ map }: { map: AssemblyMap | null }) {
  const { t } = useTranslation("assembly");
  const { assembly, notices } = useMeeting();
  const record = useAssemblyRecord(map);
  const save = (format: AssemblyFormat) =>
    void assembly()
      .then((client) => client.assemblyFile({ format }))
      .then(
        ({ name, mediaType, content }) => saveFile(name, new Blob([content], { type: mediaType })),
        (failure: unknown) => notices.show(noticeOf(failure)),
      );
  if (record === undefined) return <p className="quiet">{t("outcome.comes")}</p>;
  if (record === null || record.parts.every(({ rings }) => rings.every(({ summary }) => summary.length === 0)))
    return <p className="quiet">{t("outcome.nothing")}</p>;
  return (
    <div className="outcome" data-testid="outcome">
      {map?.phase.kind === "delegates" && <GivenAlong record={record} before={map.phase.number} />}
      <Section record={record} name={t("outcome.summary")} items={record.summary} />
      <Section record={record} name={t("outcome.decisions")} items={record.decisions} />
      <Section record={record} name={t("outcome.tasks")} items={record.tasks} />
      <Section record={record} name={t("outcome.questions")} items={record.questions} />
      <p className="outcome-files">
        {TAKEN_ALONG.map((format) => (
          <Button key={format} data-testid={`take-${format}`} onClick={() => save(format)}>
            {t(`outcome.${format}`)}
          </Button>
        ))}
      </p>
    </div>
  );
}

type Shown = { record: AssemblyRecord; name: string; items: readonly Joined[] };

function Section({ record, name, items }: Shown) {
  const { t } = useTranslation("assembly");
  if (items.length === 0) return null;
  const placesOf = (rings: readonly RingOfPart[]) =>
    rings
      .map(({ part, ring }) => {
        const kind = record.parts.find(({ number }) => number === part)?.kind ?? "rings";
        return kind === "rings" ? t("group", { n: ring }) : t(`kind.${kind}`);
      })
      .join(", ");
  return (
    <section>
      <h3>{name}</h3>
      <ul>
        {items.map((item) => (
          <li key={`${item.from[0]?.meeting} ${item.from[0]?.utterance} ${item.text}`}>
            <SaidWords item={item} from={[item.speaker, placesOf(item.rings)].filter(Boolean).join(" · ")} />
          </li>
        ))}
      </ul>
    </section>
  );
}
