import { createReadStream, statSync } from "node:fs";
import type { S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { withoutEnd } from "../../protocol/without-end.ts";
import { timeLimit } from "../../time/time.ts";
import { type DatasetContent, type DatasetTarget, datasetTarget } from "../target.ts";
import { type DatasetFailure, DatasetProblem } from "../target-problem.ts";

/** Number of files that one request takes away. */
const AT_ONCE = 1_000;

const OPTIONS = {
  endpoint: z
    .url({ protocol: /^https?$/ })
    .transform((url) => withoutEnd(url, /\//))
    .describe("Where the S3 server is reached"),
  bucket: z.string().min(3).max(63).describe("The bucket; it must be there"),
  prefix: z
    .string()
    .regex(/^(?:[\w.-]+\/)*$/, "must end with a slash, such as sets/circle/")
    .default("")
    .describe("Beginning of all names in the bucket, such as sets/circle/"),
  region: z.string().default("us-east-1").describe("Its region"),
  accessKeyFile: z.string().min(1).describe("File with the access key's id"),
  secretKeyFile: z.string().min(1).describe("File with its secret"),
  timeoutSeconds: z.number().positive().max(3_600).default(120).describe("How long one file may take"),
};
type Options = z.output<z.ZodObject<typeof OPTIONS>>;

/** A bucket of a server that speaks S3. Its package is loaded here, and only when such a target is used. */
export const s3 = datasetTarget({
  type: "s3",
  options: OPTIONS,
  secretFiles: ["accessKeyFile", "secretKeyFile"],
  async open(options, { secret }) {
    const aws = await import("@aws-sdk/client-s3");
    const client = new aws.S3Client({
      endpoint: options.endpoint,
      region: options.region,
      forcePathStyle: true,
      maxAttempts: 4,
      credentials: { accessKeyId: secret(options.accessKeyFile), secretAccessKey: secret(options.secretKeyFile) },
    });
    return bucketTarget(options, client, aws);
  },
  recordTo: ({ endpoint, bucket, prefix, region, accessKeyFile, secretKeyFile }, { secret }) => ({
    kind: "bucket",
    endpoint,
    bucket,
    prefix,
    region,
    accessKey: secret(accessKeyFile),
    secret: secret(secretKeyFile),
  }),
});

function bucketTarget(
  { endpoint, bucket: Bucket, prefix, timeoutSeconds }: Options,
  client: S3Client,
  aws: typeof import("@aws-sdk/client-s3"),
): DatasetTarget {
  const place = `${endpoint}/${Bucket}/${prefix}`;
  const within = (signal: AbortSignal) => ({
    abortSignal: AbortSignal.any([signal, timeLimit(timeoutSeconds * 1_000)]),
  });
  const asked = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw problemOf(place, error);
    }
  };
  return {
    place,
    async list(signal) {
      const found = new Map<string, number>();
      let from: string | undefined;
      do {
        const page = await asked(
          () =>
            client.send(
              new aws.ListObjectsV2Command({ Bucket, Prefix: prefix, ...(from && { ContinuationToken: from }) }),
              within(signal),
            ),
          signal,
        );
        for (const { Key = "", Size = 0 } of page.Contents ?? []) found.set(Key.slice(prefix.length), Size);
        from = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (from);
      return found;
    },
    async read(path, signal) {
      return asked(async () => {
        try {
          const { Body } = await client.send(new aws.GetObjectCommand({ Bucket, Key: prefix + path }), within(signal));
          return Body ? await Body.transformToByteArray() : null;
        } catch (error) {
          if (error instanceof aws.NoSuchKey) return null;
          throw error;
        }
      }, signal);
    },
    async put(path, content, signal) {
      await asked(
        () => client.send(new aws.PutObjectCommand({ Bucket, Key: prefix + path, ...bodyOf(content) }), within(signal)),
        signal,
      );
    },
    async remove(paths, signal) {
      for (let at = 0; at < paths.length; at += AT_ONCE) {
        const Objects = paths.slice(at, at + AT_ONCE).map((path) => ({ Key: prefix + path }));
        const { Errors = [] } = await asked(
          () => client.send(new aws.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }), within(signal)),
          signal,
        );
        if (Errors[0])
          throw new DatasetProblem("refused", `${place}: ${Errors[0].Key} cannot be deleted (${Errors[0].Code}).`);
      }
    },
    close: () => client.destroy(),
  };
}

function bodyOf(content: DatasetContent) {
  if ("bytes" in content) return { Body: content.bytes, ContentLength: content.bytes.length };
  return { Body: createReadStream(content.file), ContentLength: statSync(content.file).size };
}

const SAYS: Readonly<Record<Exclude<DatasetFailure, "not-ours" | "misset">, string>> = {
  away: "does not answer. Is the server up, and is the address right? Run it again: what was sent is kept.",
  refused: "refuses. Are the keys right, is the bucket there, and may the key write into it?",
  full: "has no space left. Make room, and build it again.",
};

const BUSY = "is asked for more than it takes. Run it again in a while: what was sent is kept.";

function isBusy(name: string, status: number | undefined): boolean {
  return status === 429 || /^SlowDown/.test(name);
}

function problemOf(place: string, error: unknown): DatasetProblem {
  if (error instanceof DatasetProblem) return error;
  const { name, status } = z
    .object({
      name: z.string().catch(""),
      status: z.number().optional().catch(undefined),
    })
    .parse({
      name: error instanceof Error ? error.name : "",
      status: z.object({ $metadata: z.object({ httpStatusCode: z.number() }) }).safeParse(error).data?.$metadata
        .httpStatusCode,
    });
  const failure = failureOf(name, status);
  const says = isBusy(name, status) ? BUSY : SAYS[failure];
  return new DatasetProblem(failure, `${place} ${says} (${name || String(error)})`, { cause: error });
}

function failureOf(name: string, status: number | undefined): "away" | "refused" | "full" {
  if (status === 507 || /QuotaExceeded|StorageFull|NoSpace|EntityTooLarge/i.test(name)) return "full";
  if (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429) return "refused";
  return "away";
}
