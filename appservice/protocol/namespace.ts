/** Every name of ours that appears in a room, in one place. */
export const NAMESPACE = "org.mindminder";

/** State event: the full snapshot of the room's current or last meeting, state_key "". */
export const MEETING_STATE = `${NAMESPACE}.meeting`;

/**
 * State event: plan and course of that meeting, by which it goes on should the service lose its database; state_key "".
 */
export const COURSE_STATE = `${NAMESPACE}.course`;

/** The bot's own data of a room, sealed: what an open room's state has of a meeting that runs in an encrypted one. */
export const SEALED_MEETING = `${NAMESPACE}.sealed_meeting`;

/** State event: a scenario of the room's own, state_key is its id. */
export const SCENARIO_STATE = `${NAMESPACE}.scenario`;

/** State event: signed checkpoint of the room's ledger of contributions; state_key "". */
export const LEDGER_STATE = `${NAMESPACE}.ledger`;

/** Key in the creation of an open room that the bot made in place of an encrypted one: the id of that. */
export const OPENED_FOR = `${NAMESPACE}.opened_for`;

/**
 * Event that the widget sends by the person's own client, with the `code` of a new session: it shows that the browser
 * is theirs.
 */
export const SIGN_IN = `${NAMESPACE}.sign_in`;

/** Keys under which a message carries its machine-readable object beside the text people read. */
export const CONTENT_KEY = {
  circle: `${NAMESPACE}.circle`,
  turn: `${NAMESPACE}.turn`,
  utterances: `${NAMESPACE}.utterances`,
  summary: `${NAMESPACE}.summary`,
  task: `${NAMESPACE}.task`,
  decision: `${NAMESPACE}.decision`,
  question: `${NAMESPACE}.question`,
  note: `${NAMESPACE}.note`,
  graph: `${NAMESPACE}.graph`,
  meeting: `${NAMESPACE}.meeting_record`,
  comments: `${NAMESPACE}.comments`,
  texts: `${NAMESPACE}.texts`,
  corrections: `${NAMESPACE}.corrections`,
  command: `${NAMESPACE}.command`,
} as const;

/**
 * Widget state event of Element and the layout that pins it (matrix-spec-proposals MSC1236, Element's layout event).
 */
export const WIDGET_STATE = "im.vector.modular.widgets";
export const WIDGET_LAYOUT_STATE = "io.element.widgets.layout";
export const WIDGET_ID = NAMESPACE;
