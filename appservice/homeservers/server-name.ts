import { isIP } from "node:net";

/** Name of a homeserver (Matrix specification, Appendices, "Server Name"), in its parts. */
export type ServerName = {
  readonly text: string;
  /** Host without brackets. */
  readonly host: string;
  /** Port that stands in the name; null: none does. */
  readonly port: number | null;
  /** True where the host is an address and no name of the DNS. */
  readonly literal: boolean;
};

const LONGEST = 255;
const HOST = /^[a-zA-Z0-9.-]{1,255}$/;
const PORT = /^[0-9]{1,5}$/;

/** Reads `host`, `host:port`, `[v6]` or `[v6]:port`; null where it is none of them. */
export function parseServerName(text: string): ServerName | null {
  if (text.length > LONGEST) return null;
  const inBrackets = text.startsWith("[");
  const end = inBrackets ? text.indexOf("]") + 1 : text.indexOf(":");
  if (inBrackets && end === 0) return null;
  const whole = inBrackets || end >= 0 ? text.slice(0, end) : text;
  const tail = text.slice(whole.length);
  const port = tail === "" ? null : portIn(tail);
  if (port === undefined) return null;
  const host = inBrackets ? whole.slice(1, -1) : whole;
  // A zone ("%eth0") is this machine's own affair.
  const kind = host.includes("%") ? 0 : isIP(host);
  if (inBrackets ? kind !== 6 : kind === 6 || !isHost(host, kind === 4)) return null;
  return { text, host, port, literal: kind !== 0 };
}

function portIn(tail: string): number | undefined {
  const digits = tail.slice(1);
  const port = tail.startsWith(":") && PORT.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/**
 * Tells whether a resolver takes it for a name and for nothing else: of "127.1", "0x7f.1" or "2130706433" some make an
 * address, so a last label of digits alone, or one with 0x, is no host.
 */
function isHost(host: string, literal: boolean): boolean {
  if (literal) return true;
  if (!HOST.test(host)) return false;
  const labels = host.split(".");
  const last = labels.at(-1) || labels.at(-2) || "";
  return !/^(?:[0-9]+|0[xX][0-9a-fA-F]*)$/.test(last);
}
