import { setPriority } from "node:os";
import { answerWith } from "./answering.ts";
import { JOBS } from "./jobs.ts";

/** On Linux this is the priority of this thread alone: whoever opens and closes microphones comes first. */
const NICE = 10;
if (process.platform === "linux") setPriority(NICE);

answerWith(JOBS);
