import { timeSource } from "./source.ts";

/** A number from 0 up to, but not, 1, to spread things: not for secrets. */
export const random = (): number => timeSource().random();

/** Whole number from 0 up to, but not, `below`, which nobody can guess. */
export const randomBelow = (below: number): number => timeSource().randomBelow(below);

/** Bytes that nobody can guess. */
export const randomBytes = (length: number): Buffer => timeSource().randomBytes(length);

/** Name that nothing else has, as UUIDs are spelled (RFC 9562, version 4). */
export function randomUuid(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
