import { clockTime } from "../../../language/translate.ts";
import { kind } from "../contract.ts";
import { sourceOf } from "../kind-words.ts";
import { exportedTexts, writingCommands, writingOutcome } from "./room.ts";
import { showTexts, textsIn, textsShown, textWritten, withoutText, write } from "./rules.ts";

/**
 * Circle of silent writing: everybody writes and nobody is heard; then all texts are shown at once, and the word goes
 * round.
 */
export default kind<"silent-writing">({
  open: ({ circleMs, limitMs }, at) => ({ stage: "writing", endsAt: at + (circleMs ?? limitMs) }),
  stages: {
    writing: {
      close: showTexts,
      breakOff: (table, at) => table.add({ type: "texts-shown", at }),
      status: "status.writing",
    },
  },
  elsewhere: "not-writing",
  decide: { write },
  evolve: { "text-written": textWritten, "texts-shown": textsShown },
  finished: ({ written }) => written.filter(({ finished }) => finished).map(({ who }) => who),
  shown: (data, { past }) => ({
    texts: data.textsShown || past ? textsIn(data).map(({ who, text }) => ({ who, text })) : [],
  }),
  // Texts that nobody has been shown yet are nowhere but in the journal; with it they are lost.
  takeUp: ({ index, texts }, { circle, stage, wrote }) => ({
    written: texts.map((text) => ({ ...text, finished: index !== circle || wrote.includes(text.who) })),
    textsShown: index === circle && stage !== "writing",
  }),
  shorten: (circle, cut, most) => ({
    ...circle,
    texts: most === 0 ? [] : circle.texts.map((each) => ({ ...each, text: cut(each.text) })),
  }),
  mine: ({ index, stage, data }, who) => {
    const written = stage === "writing" ? data.written.find((each) => each.who === who) : undefined;
    return written ? { text: { circle: index, text: written.text, finished: written.finished } } : {};
  },
  sources: ({ written }) => written.filter(({ text }) => text !== "").map(sourceOf),
  forget: (data, source) => ({
    ...data,
    written: data.written.map((each) => (sourceOf(each) === source ? { ...each, text: "" } : each)),
  }),
  forgetEvent: (event) => (event.type === "text-written" ? withoutText(event) : event),
  wordsIn: (event) => (event.type === "text-written" ? [event.text] : []),
  texts: (data, over) => (data.textsShown || over ? textsIn(data) : null),
  outcome: writingOutcome,
  how: (ring, { circleMs, limitMs }, { t }) => [
    t("circle.how-writing", { time: clockTime(circleMs ?? limitMs) }),
    ring,
  ],
  commands: writingCommands,
  exported: exportedTexts,
});
