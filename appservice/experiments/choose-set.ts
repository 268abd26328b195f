import { createHash } from "node:crypto";
import { GrowthBook } from "@growthbook/growthbook";
import type { ChosenSet, SetName } from "../protocol/chosen-set.ts";
import type { Experiment, Experiments, MeetingsWhere } from "./options.ts";
import type { MeetingFacts } from "./meeting-facts.ts";

/** Number of earlier meetings of a room that were in an experiment. */
export type EarlierTrials = (experiment: string, digest: string) => number;

/** Outcome of the rules: a set, or an experiment and which of its sets is first in this block. */
type Ruled =
  | { readonly by: "default" | "rule"; readonly set: SetName }
  | { readonly by: "experiment"; readonly index: number; readonly first: 0 | 1 };

const FEATURE = "set";

/**
 * Chooses the set of a meeting by rules, experiments and the default, in this order. Meetings of a room are taken into
 * an experiment in blocks of two; chance, from the names of experiment, room and block, decides which set is first in
 * it. The same facts give the same set. Conditions and chance are GrowthBook's, evaluated here without a server.
 */
export function chooseSet(experiments: Experiments, facts: MeetingFacts, earlier: EarlierTrials): ChosenSet {
  const counted = experiments.experiments.map((experiment) => {
    const digest = digestOf(experiment);
    const before = earlier(experiment.id, digest);
    return { experiment, digest, block: Math.floor(before / 2), isSecond: before % 2 === 1 };
  });
  const book = new GrowthBook<Record<typeof FEATURE, Ruled>>({
    attributes: {
      ...facts,
      ...Object.fromEntries(counted.map(({ block }, i) => [blockKey(i), `${facts.room} ${block}`])),
    },
  }).initSync({ payload: { features: { [FEATURE]: featureOf(experiments) } } });
  const ruled = book.getFeatureValue<Ruled, typeof FEATURE>(FEATURE, { by: "default", set: experiments.default });
  book.destroy();
  if (ruled.by !== "experiment") return { set: ruled.set, by: ruled.by };
  const { experiment, digest, block, isSecond } = counted[ruled.index]!;
  const arm = isSecond === (ruled.first === 1) ? 0 : 1;
  return { set: experiment.between[arm], by: "experiment", trial: { experiment: experiment.id, arm, block, digest } };
}

/** Fingerprint of all in an experiment by which meetings get their sets. */
export function digestOf({ id, between, where }: Experiment): string {
  return createHash("sha256")
    .update(JSON.stringify([id, between, where]))
    .digest("hex")
    .slice(0, 12);
}

function featureOf({ default: usual, rules, experiments }: Experiments) {
  return {
    defaultValue: { by: "default", set: usual } satisfies Ruled,
    rules: [
      ...rules.map(({ set, where }) => ({ condition: conditionOf(where), force: { by: "rule", set } satisfies Ruled })),
      ...experiments.map(({ id, where }, index) => ({
        key: id,
        seed: id,
        hashVersion: 2,
        hashAttribute: blockKey(index),
        condition: conditionOf(where),
        variations: ([0, 1] as const).map((first) => ({ by: "experiment", index, first }) satisfies Ruled),
        weights: [0.5, 0.5],
        coverage: 1,
      })),
    ],
  };
}

const blockKey = (experiment: number) => `block${experiment}`;

function conditionOf({ rooms, homeservers, languages, people, size, from, until }: MeetingsWhere) {
  const bounds = (least: number | undefined, most: object) => ({
    ...(least === undefined ? {} : { $gte: least }),
    ...most,
  });
  const at = bounds(from === undefined ? undefined : Date.parse(from), until ? { $lt: Date.parse(until) } : {});
  const seats = bounds(size?.from, size?.to === undefined ? {} : { $lte: size.to });
  return {
    ...(rooms ? { room: { $in: rooms } } : {}),
    ...(homeservers ? { homeserver: { $in: homeservers } } : {}),
    ...(languages ? { language: { $in: languages } } : {}),
    ...(people ? { people: { $in: people } } : {}),
    ...(Object.keys(seats).length > 0 ? { size: seats } : {}),
    ...(Object.keys(at).length > 0 ? { at } : {}),
  };
}
