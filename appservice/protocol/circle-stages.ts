/** The kinds of circle and their stages, for whoever knows the protocol alone. */
export { CircleKind, type CircleStage, type KindRequest, stageWords } from "../circle/kinds/words.ts";
