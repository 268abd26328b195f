/** Sentence for an error of the machine's that its owner can mend; null: it is none. */
export function refusalOfMachine(error: unknown): string | null {
  return refusedPort(error) ?? withoutSpace(error) ?? refusedPath(error);
}

/** The service's own address is not to be had. */
function refusedPort(error: unknown): string | null {
  const { syscall, address, port, code } = (error ?? {}) as {
    syscall?: unknown;
    address?: unknown;
    port?: unknown;
    code?: unknown;
  };
  if (syscall !== "listen") return null;
  const at = `${String(address)}:${String(port)}`;
  if (code === "EADDRINUSE")
    return `${at} is taken by another program. Stop it, or set service.port and the registration's url to another port.`;
  if (code === "EACCES")
    return `${at} may not be used by this user: ports below 1024 belong to root. Set service.port and the registration's url to a higher one.`;
  return `Nothing can listen at ${at} (${String(code)}). Set service.bind to an address of this machine.`;
}

/** A full disk, also one that is full for this user, or of which a limit is reached. */
function withoutSpace(error: unknown): string | null {
  const { path, dest, code } = (error ?? {}) as { path?: unknown; dest?: unknown; code?: unknown };
  if (!/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR|SQLITE_IOERR_WRITE)$/.test(String(code))) return null;
  const where = typeof dest === "string" ? dest : path;
  return `${typeof where === "string" ? `${where}: ` : ""}no space is left on the disk, or it takes nothing (${String(code)}). Make room there, and run it again: what was not finished does not count.`;
}

/** A file or folder that the machine would not let us have: which one, and why, is all that its owner needs to know. */
function refusedPath(error: unknown): string | null {
  const { syscall, path, dest, code } = (error ?? {}) as {
    syscall?: unknown;
    path?: unknown;
    dest?: unknown;
    code?: unknown;
  };
  if (typeof syscall !== "string" || typeof path !== "string") return null;
  return `${path}${typeof dest === "string" ? `, ${dest}` : ""}: cannot be used (${String(code)}, ${syscall}). Check the path, whose it is and what it is.`;
}
