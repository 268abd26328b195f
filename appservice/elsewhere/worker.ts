import { setPriority } from "node:os";
import { answerWith } from "./answering.ts";
import { JOBS } from "./jobs.ts";

/** Priority, on Linux of this thread alone: the thread that opens and closes microphones comes first. */
const NICE = 10;
if (process.platform === "linux") setPriority(NICE);

answerWith(JOBS);
