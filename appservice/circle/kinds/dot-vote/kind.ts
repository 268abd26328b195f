import { kind, openRound } from "../contract.ts";
import { sourceOf } from "../kind-words.ts";
import { ungrouped } from "./groups.ts";
import { exportedVote, voteCommands, voteForMachines, voteLines, voteOutcome } from "./room.ts";
import {
  dotsGiven,
  forgotten,
  giveDots,
  groupTexts,
  haveGivenAll,
  nameSourceOf,
  openVoting,
  textsGrouped,
  votingOpened,
} from "./rules.ts";
import { voteSeen, voteShortened, voteShown } from "./shown.ts";

/**
 * Texts that were written in silence are put into groups by whoever has the word; then everybody gives three dots.
 * Where nothing was written before, the word just goes round.
 */
export default kind<"dot-vote">({
  open: (planned, at, before) =>
    before && before.texts.length > 0 ? { stage: "grouping", endsAt: null } : openRound(planned, at),
  begin: (before) => ungrouped((before?.texts ?? []).map(({ who, text, message }) => ({ who, text, message }))),
  stages: {
    grouping: { close: openVoting, status: "status.grouping" },
    voting: { close: (table, at) => table.endCircle(at), status: "status.voting" },
  },
  elsewhere: "not-voting",
  decide: { "group-texts": groupTexts, "give-dots": giveDots },
  evolve: { "texts-grouped": textsGrouped, "voting-opened": votingOpened, "dots-given": dotsGiven },
  afterRound: (table, { stage }, at) => {
    if (stage !== "grouping") return false;
    openVoting(table, at);
    return true;
  },
  finished: haveGivenAll,
  shown: voteShown,
  takeUp: voteSeen,
  shorten: voteShortened,
  mine: ({ index, stage, data }, who) => {
    const given = stage === "voting" ? data.dots.find((each) => each.who === who) : undefined;
    return given ? { dots: { circle: index, on: given.on } } : {};
  },
  sources: ({ texts, groups }) => [
    ...texts.filter(({ text }) => text !== "").map(sourceOf),
    ...groups.flatMap((group) => nameSourceOf(group) ?? []),
  ],
  forget: forgotten,
  forgetEvent: (event) => (event.type === "texts-grouped" ? { ...event, name: "" } : event),
  wordsIn: (event) => (event.type === "texts-grouped" ? [event.name] : []),
  lines: voteLines,
  machine: voteForMachines,
  how: (ring, _, { t }) => [ring, t("circle.how-dots")],
  outcome: voteOutcome,
  commands: voteCommands,
  exported: exportedVote,
});
