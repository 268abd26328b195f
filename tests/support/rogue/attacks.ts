import { aSecondConnection, aSecondDevice } from "./comes-twice.ts";
import {
  goesOn,
  publishesAndUnmutes,
  publishesASecondMicrophone,
  publishesManyCameras,
  republishes,
  speaksAsACamera,
  speaksAsAScreen,
  speaksFromNowhere,
  speaksWithACamera,
} from "./republishes.ts";
import type { Attack } from "./rogue.ts";
import { flickers, unmutes, unmutesByTheProtocol } from "./unmutes.ts";

/** Every way to speak out of turn that we know. */
export const ATTACKS: readonly Attack[] = [
  unmutes,
  flickers,
  unmutesByTheProtocol,
  republishes,
  publishesASecondMicrophone,
  publishesAndUnmutes,
  goesOn,
  speaksWithACamera,
  speaksAsACamera,
  speaksAsAScreen,
  speaksFromNowhere,
  publishesManyCameras,
  aSecondDevice,
  aSecondConnection,
];
