import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:tls";
import { join } from "node:path";
import { quiet } from "../../../tools/setup/progress.ts";
import { ensureProxy, type ProxyProgram } from "../../../tools/setup/proxies.ts";
import { withFreePorts } from "./ports.ts";
import { type RunningProcess, startProcess } from "./processes.ts";

export type RunningProxy = { readonly port: number; readonly stop: () => Promise<void> };
/** `text`: as printed. `to`: where its two addresses lead in this test. */
type Snippet = {
  readonly dir: string;
  readonly text: string;
  readonly to: { readonly service: number; readonly livekit: number };
};

/** The program, or why it cannot be had here. */
export function proxyProgram(name: ProxyProgram) {
  return ensureProxy(name, quiet).then(
    (paths) => ({ ...paths, missing: null }),
    (error: unknown) => ({ program: "", libraries: "", missing: String(error) }),
  );
}

/** Runs the snippet as its reader would: with their own certificate and ports, and not a letter else changed. */
export function startProxy(name: ProxyProgram, { dir, text, to }: Snippet): Promise<RunningProxy> {
  mkdirSync(dir, { recursive: true });
  const leading = text
    .replaceAll("127.0.0.1:29330", `127.0.0.1:${to.service}`)
    .replaceAll("127.0.0.1:7880", `127.0.0.1:${to.livekit}`);
  return withFreePorts(2, async ([port = 0, plainPort = 0]) => {
    const running = await (name === "nginx" ? nginx(dir, leading, port) : caddy(dir, leading, port, plainPort));
    return { port, stop: () => running.stop() };
  });
}

async function nginx(dir: string, text: string, port: number): Promise<RunningProcess> {
  const { program, libraries } = await ensureProxy("nginx", quiet);
  const [key, certificate] = [join(dir, "key.pem"), join(dir, "certificate.pem")];
  const made = spawnSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=mindminder.example.org",
      "-keyout",
      key,
      "-out",
      certificate,
    ],
    { encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.error ?? made.stderr}`);
  const own = text
    .replaceAll("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace(/\/etc\/letsencrypt\/live\/[\w.]+\/fullchain\.pem/g, certificate)
    .replace(/\/etc\/letsencrypt\/live\/[\w.]+\/privkey\.pem/g, key);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((each) => `${each}_temp_path ${join(dir, each)};`)
    .join(" ");
  // A process that is not root's may not say whose its workers are to be.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const config = join(dir, "nginx.conf");
  writeFileSync(
    config,
    `${user} daemon off; worker_processes 1; pid ${join(dir, "nginx.pid")}; error_log stderr;\nevents {}\nhttp { access_log off; ${places}\n${own}\n}\n`,
  );
  return startProcess({
    name: "nginx",
    command: program,
    args: ["-p", dir, "-e", "stderr", "-c", config],
    cwd: dir,
    log: join(dir, "nginx.log"),
    env: withLibraries(libraries),
    ready: ready(port),
  });
}

async function caddy(dir: string, text: string, port: number, plainPort: number): Promise<RunningProcess> {
  const { program, libraries } = await ensureProxy("caddy", quiet);
  const config = join(dir, "Caddyfile");
  // No certificate can be fetched for these names here: Caddy's own authority signs them.
  writeFileSync(
    config,
    `{\n\tadmin off\n\thttps_port ${port}\n\thttp_port ${plainPort}\n\tlocal_certs\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n}\n${text}\n`,
  );
  return startProcess({
    name: "Caddy",
    command: program,
    args: ["run", "--config", config, "--adapter", "caddyfile"],
    cwd: dir,
    log: join(dir, "caddy.log"),
    env: {
      ...withLibraries(libraries),
      XDG_DATA_HOME: join(dir, "data"),
      XDG_CONFIG_HOME: join(dir, "config"),
      HOME: dir,
    },
    ready: ready(port),
  });
}

const withLibraries = (libraries: string) => ({ ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) });

/** For both names: certificates are made one after the other. */
const ready = (port: number) => async () =>
  (await Promise.all(["mindminder.example.org", "livekit.example.org"].map((name) => shakesHands(port, name)))).every(
    Boolean,
  );

function shakesHands(port: number, servername: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(
      { port, host: "127.0.0.1", servername, rejectUnauthorized: false },
      () => void (resolve(true), socket.destroy()),
    );
    socket.on("error", () => resolve(false));
  });
}
