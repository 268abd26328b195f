import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { timeLimit } from "../time/time.ts";

/** Place of one file of a copy, in a folder or a bucket. */
export type FilePlace = {
  readonly put: (content: Buffer) => Promise<void>;
  /** Null where there is none. */
  readonly get: () => Promise<Buffer | null>;
  readonly drop: () => Promise<void>;
};

const WITHIN_MS = 30_000;

export const isRemote = (to: string): boolean => /^[a-z0-9]+:\/\//.test(to);

/** Address of something below a place: the query of a bucket's address stays at its end. */
export function below(to: string, name: string): string {
  const [path = "", query] = to.split("?");
  return `${path.replace(/\/$/, "")}/${name}${query === undefined ? "" : `?${query}`}`;
}

export function filePlace(to: string): FilePlace {
  return isRemote(to) ? inBucket(new URL(to)) : inFolder(to);
}

function inFolder(file: string): FilePlace {
  return {
    put: async (content) => {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(`${file}.part`, content, { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
    get: () =>
      readFile(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      }),
    drop: () => rm(file, { force: true }),
  };
}

/** By the same address and the same keys as Litestream: AWS_ACCESS_KEY_ID and so on. */
function inBucket({ hostname: Bucket, pathname, searchParams }: URL): FilePlace {
  const object = { Bucket, Key: pathname.replace(/^\/+/, "") };
  const endpoint = searchParams.get("endpoint");
  const opened = async () => {
    const aws = await import("@aws-sdk/client-s3");
    const region = searchParams.get("region") ?? "us-east-1";
    const client = new aws.S3Client({ region, ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }) });
    return { aws, client };
  };
  const within = () => ({ abortSignal: timeLimit(WITHIN_MS) });
  return {
    put: async (Body) => {
      const { aws, client } = await opened();
      await client.send(new aws.PutObjectCommand({ ...object, Body }), within());
    },
    get: async () => {
      const { aws, client } = await opened();
      try {
        const { Body } = await client.send(new aws.GetObjectCommand(object), within());
        return Body ? Buffer.from(await Body.transformToByteArray()) : null;
      } catch (error) {
        if (error instanceof aws.NoSuchKey) return null;
        throw error;
      }
    },
    drop: async () => {
      const { aws, client } = await opened();
      await client.send(new aws.DeleteObjectCommand(object), within());
    },
  };
}
