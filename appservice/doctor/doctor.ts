import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { examineConfig, type LoadedConfig } from "../configuration/load-config.ts";
import type { Problem } from "../configuration/problems.ts";
import { clock } from "./checks/clock.ts";
import { embeddings } from "./checks/embeddings.ts";
import { encryption } from "./checks/encryption.ts";
import { fleet } from "./checks/fleet.ts";
import { homeserver } from "./checks/homeserver.ts";
import { languageModel } from "./checks/language-model.ts";
import { livekit } from "./checks/livekit.ts";
import { openid } from "./checks/openid.ts";
import { push } from "./checks/push.ts";
import { room } from "./checks/room.ts";
import { speech } from "./checks/speech.ts";
import { storage } from "./checks/storage.ts";
import { taskManagers } from "./checks/task-managers.ts";
import { telegram } from "./checks/telegram.ts";
import { widget } from "./checks/widget.ts";
import { type Finding, inOrder, problem, reasonOf, warning } from "./finding.ts";
import type { DoctorLook } from "./look.ts";
import { ownServer, type OwnServer } from "./own-server.ts";

/** Looks in the order in which a newcomer would set things up. */
const LOOKS: readonly DoctorLook[] = [
  storage,
  homeserver,
  openid,
  livekit,
  encryption,
  widget,
  clock,
  speech,
  fleet,
  languageModel,
  embeddings,
  taskManagers,
  telegram,
  push,
  room,
];

export type Report = { readonly title: string; readonly findings: readonly Finding[] };

export type ExamineDeps = {
  /** Gets each part as soon as it and those before it are done. */
  readonly tell?: (report: Report) => void;
  /** The configuration can be read: its secrets are known. */
  readonly onLoaded?: (loaded: LoadedConfig) => void;
};

/** Looks at everything the service needs. */
export async function examine(
  configFile: string,
  named: string | null,
  { tell, onLoaded }: ExamineDeps = {},
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  const say = (report: Report) => {
    reports.push(report);
    tell?.(report);
  };
  if (!existsSync(configFile)) {
    say({
      title: "Configuration",
      findings: [
        problem(
          `There is no ${resolve(configFile)}.`,
          "Copy config/config.sample.yaml there and set the addresses in it, or name another by --config.",
        ),
      ],
    });
    return reports;
  }
  const { loaded, problems, doubts } = examineConfig(configFile);
  if (!loaded) {
    say({ title: "Configuration", findings: [...problems, ...doubts].map(asFinding(problem)) });
    return reports;
  }
  onLoaded?.(loaded);
  const own = await ownServer(loaded);
  try {
    say({
      title: "Configuration",
      findings: [
        ...(doubts.length > 0 ? doubts.map(asFinding(warning)) : [inOrder(`${resolve(configFile)} is in order.`)]),
        ownFinding(own, loaded),
      ],
    });
    const patient = { ...loaded, own, room: named };
    const looking = LOOKS.map(({ title, look }) =>
      look(patient).then(
        (findings) => ({ title, findings }),
        (error: unknown) => ({
          title,
          findings: [
            problem(`This could not be looked at (${reasonOf(error)}).`, "Mend what stands above, and look again."),
          ],
        }),
      ),
    );
    for (const report of looking) say(await report);
  } finally {
    await own.close();
  }
  return reports;
}

function asFinding(state: typeof problem): (found: Problem) => Finding {
  return ({ file, key, problem: what, remedy }) => state(`${file}: ${key ? `${key}: ` : ""}${what}`, remedy);
}

function ownFinding({ kind, reason }: OwnServer, { config }: LoadedConfig): Finding {
  const at = `${config.service.bind}:${config.service.port}`;
  switch (kind) {
    case "running":
      return inOrder(`The service runs at ${at}.`);
    case "stand-in":
      return inOrder(`The service does not run; ${at} is free for it, and is answered by its doctor meanwhile.`);
    case "port-taken":
      return problem(
        `Nothing can listen at ${at} (${reason ?? "unknown"}).`,
        "Stop what listens there, or set service.port and the registration's url.",
      );
  }
}
