/** The kinds of circle and their stages, for whoever knows the protocol alone. */
export { CircleKind, stageWords } from "../circle/kinds/words.ts";
