import { createHmac, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureSynapse } from "../../../tools/setup/synapse.ts";
import type { Authority } from "./certificates.ts";
import { memoryFolder } from "./memory-folder.ts";
import { withFreePorts } from "./ports.ts";
import { startProcess } from "./processes.ts";
import { beginByStarter } from "./synapse-starter.ts";

/** An application service's registration, as the specification's YAML has it. */
export type Registration = {
  id: string;
  url: string | null;
  as_token: string;
  hs_token: string;
  sender_localpart: string;
  rate_limited?: boolean;
  namespaces: Record<"users" | "aliases" | "rooms", { exclusive: boolean; regex: string }[]>;
  [extension: string]: unknown;
};

export type Synapse = {
  readonly url: string;
  readonly serverName: string;
  readonly pid: number;
  readonly log: string;
  /** Registers the user, or logs in if the name is taken (after a restart). */
  registerUser(
    name: string,
    options?: { password?: string; admin?: boolean; displayName?: string },
  ): Promise<RegisteredUser>;
  stop(): Promise<void>;
  /** SIGKILL; `restart()` brings it back. */
  kill(): Promise<void>;
  /** The same data, the same port. */
  restart(): Promise<void>;
};

export type RegisteredUser = {
  userId: string;
  accessToken: string;
  deviceId: string;
  password: string;
};

/**
 * A real homeserver on loopback, named "localhost", with its files in `dir`. Its database lies in memory until this
 * process ends, where it can: it would wait for the disk at each event. With an authority it federates with others of
 * the same authority, and its name has the port at which it does.
 */
export async function startSynapse({
  registration,
  dir,
  authority,
  host = "127.0.0.1",
}: {
  registration?: Registration | undefined;
  dir: string;
  authority?: Authority | undefined;
  host?: string;
}): Promise<Synapse> {
  const { python } = await ensureSynapse(quiet);
  await mkdir(dir, { recursive: true });
  const memory = await memoryFolder();
  const secret = randomBytes(24).toString("hex");

  return withFreePorts(authority ? 2 : 1, async ([port = 0, federationPort = 0]) => {
    const url = `http://${host}:${port}`;
    const serverName = authority ? `localhost:${federationPort}` : "localhost";
    const federation = authority && (await federating(dir, federationPort, authority));
    const config = await writeConfig(dir, {
      port,
      host,
      url,
      secret,
      registration,
      serverName,
      federation,
      databaseIn: memory ?? dir,
    });
    const log = join(dir, "synapse.log");
    const start = () =>
      startProcess({
        name: "Synapse",
        begin: () => beginByStarter({ config, folder: dir, log }),
        command: python,
        args: ["-m", "synapse.app.homeserver", "-c", config],
        cwd: dir,
        env: { ...process.env, PYTHONUNBUFFERED: "1" },
        log,
        ready: `${url}/health`,
      });
    let running = await start();
    return {
      url,
      serverName,
      get pid() {
        return running.pid;
      },
      log: running.log,
      registerUser: (name, options) => registerUser(url, secret, name, options),
      stop: () => running.stop(),
      kill: () => running.kill(),
      async restart() {
        await running.stop();
        running = await start();
      },
    };
  });
}

type ConfigValues = {
  port: number;
  host: string;
  url: string;
  secret: string;
  registration: Registration | undefined;
  serverName: string;
  federation: Federation | undefined;
  databaseIn: string;
};

type Federation = { readonly listener: object; readonly settings: object };

/** The part of the configuration by which a homeserver talks to others on this machine, over TLS. */
async function federating(dir: string, port: number, authority: Authority): Promise<Federation> {
  const { certificate, key } = await authority.certify("localhost");
  const files = { certificate: join(dir, "tls.crt"), key: join(dir, "tls.key"), authority: join(dir, "authority.crt") };
  await Promise.all([
    writeFile(files.certificate, certificate),
    writeFile(files.key, key, { mode: 0o600 }),
    writeFile(files.authority, authority.certificate),
  ]);
  return {
    listener: {
      port,
      bind_addresses: ["127.0.0.1"],
      type: "http",
      tls: true,
      resources: [{ names: ["federation"], compress: false }],
    },
    settings: {
      tls_certificate_path: files.certificate,
      tls_private_key_path: files.key,
      federation_custom_ca_list: [files.authority],
      federation_domain_whitelist: undefined,
      send_federation: true,
      ip_range_blacklist: [],
    },
  };
}

async function writeConfig(
  dir: string,
  { port, host, url, secret, registration, serverName, federation, databaseIn }: ConfigValues,
): Promise<string> {
  const file = (name: string, content: unknown) =>
    writeFile(join(dir, name), typeof content === "string" ? content : stringify(content), { mode: 0o600 });

  const unlimited = { per_second: 10_000, burst_count: 10_000 };
  await file("log.yaml", {
    version: 1,
    formatters: { line: { format: "%(asctime)s %(levelname)s %(name)s %(message)s" } },
    handlers: { console: { class: "logging.StreamHandler", formatter: "line" } },
    root: { level: "WARNING", handlers: ["console"] },
    disable_existing_loggers: false,
  });
  if (registration) await file("registration.yaml", registration);
  // An ed25519 key as Synapse writes it: algorithm, version, seed in base64 without padding.
  await file("signing.key", `ed25519 a_test ${randomBytes(32).toString("base64").replace(/=+$/, "")}\n`);
  await file("homeserver.yaml", {
    server_name: serverName,
    public_baseurl: `${url}/`,
    pid_file: join(dir, "homeserver.pid"),
    listeners: [
      {
        port,
        bind_addresses: [host],
        type: "http",
        tls: false,
        x_forwarded: false,
        // "openid" alone is enough of federation for the service to ask who somebody is.
        resources: [{ names: ["client", "openid"], compress: false }],
      },
      ...(federation ? [federation.listener] : []),
    ],
    database: { name: "sqlite3", args: { database: join(databaseIn, "homeserver.db") } },
    log_config: join(dir, "log.yaml"),
    media_store_path: join(dir, "media"),
    // Made when somebody asks for one: those of each meeting's map would take longer than the meeting.
    dynamic_thumbnails: true,
    signing_key_path: join(dir, "signing.key"),
    app_service_config_files: registration ? [join(dir, "registration.yaml")] : [],
    registration_shared_secret: secret,
    macaroon_secret_key: randomBytes(24).toString("hex"),
    form_secret: randomBytes(24).toString("hex"),
    enable_registration: false,
    password_config: { enabled: true },
    // The cheapest password hash there is: these passwords protect nothing.
    bcrypt_rounds: 4,
    user_directory: { enabled: true, search_all_users: true },
    presence: { enabled: false },
    // Nothing leaves this machine.
    report_stats: false,
    enable_metrics: false,
    url_preview_enabled: false,
    trusted_key_servers: [],
    suppress_key_server_warning: true,
    federation_domain_whitelist: [],
    allow_public_rooms_over_federation: false,
    send_federation: false,
    rc_message: unlimited,
    rc_registration: unlimited,
    rc_login: { address: unlimited, account: unlimited, failed_attempts: unlimited },
    rc_joins: { local: unlimited, remote: unlimited },
    rc_joins_per_room: unlimited,
    rc_invites: { per_room: unlimited, per_user: unlimited, per_issuer: unlimited },
    rc_admin_redaction: unlimited,
    rc_presence: { per_user: unlimited },
    rc_room_creation: unlimited,
    experimental_features: { msc2409_to_device_messages_enabled: true, msc3202_transaction_extensions: true },
    ...federation?.settings,
  });
  return join(dir, "homeserver.yaml");
}

type UserOptions = Parameters<Synapse["registerUser"]>[1];
type LoginAnswer = { user_id: string; access_token: string; device_id: string };

/** Registers by the shared secret, as `register_new_matrix_user` does. */
export async function registerUser(
  url: string,
  secret: string,
  name: string,
  options: UserOptions = {},
): Promise<RegisteredUser> {
  const { password = randomBytes(9).toString("base64url"), admin = false, displayName } = options;
  const { nonce } = await call<{ nonce: string }>(url, "GET", "/_synapse/admin/v1/register");
  const mac = createHmac("sha1", secret)
    .update([nonce, name, password, admin ? "admin" : "notadmin"].join("\0"))
    .digest("hex");
  const body = { nonce, username: name, password, admin, mac, ...(displayName ? { displayname: displayName } : {}) };
  const answer = await call<LoginAnswer>(url, "POST", "/_synapse/admin/v1/register", body).catch((error: unknown) => {
    if (error instanceof Error && error.message.includes("M_USER_IN_USE")) return logIn(url, name, password);
    throw error;
  });
  return { userId: answer.user_id, accessToken: answer.access_token, deviceId: answer.device_id, password };
}

function logIn(url: string, user: string, password: string): Promise<LoginAnswer> {
  return call(url, "POST", "/_matrix/client/v3/login", {
    type: "m.login.password",
    identifier: { type: "m.id.user", user },
    password,
  });
}

async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(url + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
