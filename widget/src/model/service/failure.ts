import { ApiError } from "@mindminder/protocol/http-api.ts";

/** Why the service did not do what it was asked. `sentence` is the service's own, in the person's language. */
export class ServiceFailure extends Error {
  /**
   * `away`: no answer, or none that can be read. `unproven`: no valid session. `forbidden`: not in this room, or not
   * allowed.
   */
  readonly kind: "away" | "unproven" | "forbidden" | "refused";
  readonly errcode: string;
  readonly sentence: string;

  constructor(
    kind: ServiceFailure["kind"],
    { errcode = "", sentence = "", cause }: { errcode?: string; sentence?: string; cause?: unknown } = {},
  ) {
    super(`${kind} ${errcode}`.trim(), { cause });
    this.kind = kind;
    this.errcode = errcode;
    this.sentence = sentence;
  }
}

export function kindOfStatus(status: number): ServiceFailure["kind"] {
  if (status === 401) return "unproven";
  if (status === 403) return "forbidden";
  return status >= 400 && status < 500 ? "refused" : "away";
}

/** Failure of an answer that is no success, with the code and the sentence that the service gave it. */
export function failureFrom(status: number, answer: unknown): ServiceFailure {
  const { errcode, error: sentence } = ApiError.safeParse(answer).data ?? { errcode: "", error: "" };
  return new ServiceFailure(kindOfStatus(status), { errcode, sentence });
}
