import { type Experiments, NO_EXPERIMENTS } from "../experiments/options.ts";
import { type Shown, type ShownItem, WORDING } from "../protocol/agreement.ts";
import type { SetName } from "../protocol/chosen-set.ts";
import { serversOutside } from "../scribe/options.ts";
import { hostOf, isOnThisMachine } from "../scribe/own-machine.ts";
import type { Config } from "./config.ts";

/** Uses that this configuration makes of people's words; people are shown them before they agree or refuse. */
export function whoGetsWords(
  { speech, minutes }: Pick<Config, "speech" | "minutes">,
  { sets }: Pick<Experiments, "sets"> = NO_EXPERIMENTS,
): Shown {
  // Nobody can know before a meeting which set it will get, so people are told of the models of all.
  const models = [...[minutes, ...Object.values(sets)].flatMap(modelsIn), minutes.embeddings];
  const outside = new Set(
    models.flatMap((model) =>
      model && !isOnThisMachine(model.baseUrl) ? [model.shownAs ?? hostOf(model.baseUrl)] : [],
    ),
  );
  const recognisers = serversOutside(speech);
  const items: ShownItem[] = [
    ...(speech.engine === "off" ? [] : recognisers.length === 0 ? [null] : recognisers).map((outside) => ({
      what: "speech" as const,
      outside,
    })),
    ...[...outside].sort().map((name) => ({ what: "minutes" as const, outside: name })),
    { what: "comments" },
  ];
  return { wording: WORDING, items };
}

/** Chat in Telegram that belongs to a room. `lost`: why nothing can be written there any more. */
type BoundChat = { readonly title: string; readonly boundAt: number; readonly lost: string | null };

/**
 * The same in a room whose record is written into a chat of Telegram, too; first, since on a small screen the rest is
 * to be scrolled to.
 */
export function alsoIntoChat(shown: Shown, chat: BoundChat | null): Shown {
  if (!chat || chat.lost === "deleted") return shown;
  const title = chat.title.replace(/\s+/g, " ").trim().slice(0, LONGEST_TITLE);
  return { ...shown, items: [{ what: "telegram", chat: title || "…", since: chat.boundAt }, ...shown.items] };
}

const LONGEST_TITLE = 128;

function modelsIn({ llm, plugins }: Pick<Experiments["sets"][SetName], "llm" | "plugins">): (Model | null)[] {
  const own = Object.values(plugins).map((options) => (options === false ? null : modelOf(options["llm"])));
  return [llm ?? null, ...own];
}

type Model = { readonly baseUrl: string; readonly shownAs?: string | null };

/** A plugin's own model, as far as it can be read. */
function modelOf(options: unknown): Model | null {
  if (
    typeof options !== "object" ||
    options === null ||
    !("baseUrl" in options) ||
    typeof options.baseUrl !== "string" ||
    !URL.canParse(options.baseUrl)
  )
    return null;
  return {
    baseUrl: options.baseUrl,
    ...("shownAs" in options && typeof options.shownAs === "string" ? { shownAs: options.shownAs } : {}),
  };
}
