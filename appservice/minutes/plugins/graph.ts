import { z } from "zod";
import { sameThings } from "../graph/same.ts";
import { plugin } from "../plugin.ts";

/**
 * Finds what the meeting's graph needs a model for. A result of it means, too, that the graph is wanted in the room.
 */
export default plugin({
  id: "graph",
  version: "1",
  after: "meeting",
  about: "meeting",
  place: 40,
  reads: ["participant-summary", "tasks"],
  options: z.object({}).strict(),
  async run({ meeting, utterances, comments, results, embeddings, signal, byRule: rule, warn }) {
    const byRule = {
      result: { form: "graph" as const, same: [] },
      method: "rules" as const,
      model: null,
      prompt: null,
    };
    if (!embeddings) return byRule;
    const record = {
      version: 0,
      utterances: [...utterances],
      comments: [...comments],
      turns: [],
      minutes: [...results],
      remaking: [],
      corrections: [],
    };
    try {
      return {
        ...byRule,
        result: {
          form: "graph",
          same: await sameThings(await rule("buildGraph", meeting, record), embeddings, rule, signal),
        },
        model: embeddings.model,
      };
    } catch (error) {
      signal.throwIfAborted();
      warn("no embeddings; statements on one thing are not joined in the graph", { error: String(error) });
      return byRule;
    }
  },
});
