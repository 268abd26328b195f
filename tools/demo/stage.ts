import { join } from "node:path";
import type { Browser } from "playwright-core";
import { BrowserPerson } from "../../tests/support/stack/browser-person.ts";
import { launchChromium } from "../../tests/support/stack/chromium.ts";
import { type HostPage, serveHostPage } from "../../tests/support/stack/host-page.ts";
import { startLanguageModel } from "../../tests/support/stack/language-model.ts";
import { MatrixPerson } from "../../tests/support/stack/matrix-person.ts";
import { type Mindminder, startMindminder } from "../../tests/support/stack/mindminder.ts";
import type { LanguageModelPaths } from "../setup/language-model.ts";
import type { SpeechModelPaths } from "../setup/speech-model.ts";
import type { Member } from "./cast.ts";

export type Actor = Member & { readonly matrix: MatrixPerson; readonly password: string; readonly link: string };

export type Stage = {
  readonly mindminder: Mindminder;
  readonly hostPage: HostPage;
  readonly browser: Browser;
  readonly room: string;
  readonly actors: readonly Actor[];
  /** An account and a link for a watcher, to join as one more participant. */
  readonly guest: Actor;
};

/** Asked for each person by themselves, at half a minute a question: these are chosen, so that the end is seen. */
const WITHOUT_MODEL = { "participant-summary": { llm: null }, "person-summary": { llm: null } };

const WIDGET_STATE = "im.vector.modular.widgets";

/** Each thing that was started, to be stopped in reverse order. */
export type Undo = (stop: () => Promise<unknown>) => void;

/** The servers, a room in which the bot has set up the widget, and an account for everybody. */
export async function raiseStage(parts: {
  readonly dir: string;
  readonly members: readonly Member[];
  readonly language: "en" | "ru";
  readonly speech: SpeechModelPaths;
  readonly languageModel: LanguageModelPaths | null;
  /** Merged over the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly undo: Undo;
}): Promise<Stage> {
  const { dir, members, language, speech, languageModel, config, undo } = parts;
  const writer =
    languageModel && (await startLanguageModel(languageModel, { dir: join(dir, "language-model"), threads: 1 }));
  if (writer) undo(() => writer.stop());
  const [mindminder, hostPage, browser] = await Promise.all([
    startMindminder({
      dir: join(dir, "servers"),
      config: {
        language,
        speechLanguage: "auto",
        speech: { sherpa: { modelFolder: speech.whisper }, voiceActivityModel: speech.vad },
        ...(writer ? { minutes: { llm: writer.llm, timeLimitSeconds: 600, plugins: WITHOUT_MODEL } } : {}),
        ...config,
      },
    }).then((it) => (undo(() => it.stop()), it)),
    serveHostPage().then((it) => (undo(() => it.stop()), it)),
    launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] }).then((it) => (undo(() => it.close()), it)),
  ]);
  const { synapse } = mindminder;
  const open = async (member: Member) => {
    const account = await synapse.registerUser(member.localpart, { displayName: member.name });
    const matrix = await MatrixPerson.open(synapse.url, account);
    undo(() => matrix.close());
    return { ...member, matrix, password: account.password, link: "" };
  };
  const guestName = language === "ru" ? "Гость" : "Guest";
  const everybody = await Promise.all(
    [...members, { localpart: "guest", name: guestName, language, clips: new Map() }].map(open),
  );
  const room = await makeRoom(everybody, mindminder.botId, language);
  const widget = await everybody[0]?.matrix.state<{ url: string }>(room, WIDGET_STATE, "org.mindminder");
  const withLinks = everybody.map(
    (person): Actor => ({
      ...person,
      link: hostPage.linkFor({
        homeserverUrl: synapse.url,
        accessToken: person.matrix.accessToken,
        userId: person.matrix.userId,
        roomId: room,
        widgetUrl: widget?.url ?? "",
        title: person.name,
      }),
    }),
  );
  const guest = withLinks.at(-1);
  if (!guest) throw new Error("nobody takes part");
  return { mindminder, hostPage, browser, room, actors: withLinks.slice(0, -1), guest };
}

/** A room of all of them, into which the bot has come and set up the widget. */
export async function makeRoom(
  people: readonly { matrix: MatrixPerson }[],
  bot: string,
  language: "en" | "ru",
): Promise<string> {
  const [host, ...others] = people.map(({ matrix }) => matrix);
  if (!host) throw new Error("nobody takes part");
  const room = await host.createRoom({
    name: language === "ru" ? "Понедельничная встреча" : "Monday meeting",
    invite: others.map(({ userId }) => userId),
    power_level_content_override: { users: { [bot]: 50 } },
  });
  await Promise.all(others.map((person) => person.join(room)));
  const greeted = host.next(
    room,
    ({ sender, type }) => sender === bot && type === "m.room.message",
    "the bot's greeting",
  );
  await host.ask("POST", `/rooms/${encodeURIComponent(room)}/invite`, { user_id: bot });
  await greeted;
  return room;
}

/** Everybody opens the widget and joins the call, two at a time: a browser page costs a while on two cores. */
export async function seatEverybody({
  browser,
  actors,
}: Pick<Stage, "browser" | "actors">): Promise<Map<string, BrowserPerson>> {
  const seats = new Map<string, BrowserPerson>();
  const queue = [...actors];
  const seatNext = async () => {
    for (let actor = queue.shift(); actor; actor = queue.shift()) {
      const person = await BrowserPerson.open(browser, actor.link, { locale: actor.language });
      await person.join();
      seats.set(actor.matrix.userId, person);
    }
  };
  await Promise.all([seatNext(), seatNext()]);
  return seats;
}
