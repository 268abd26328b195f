import { ASSEMBLY_ROUTES } from "@mindminder/protocol/routes/assembly.ts";
import type { Methods, ServiceClient } from "../service/service-client.ts";

/** The service's answers about the assembly of the room, fetched when there is one. */
export type AssemblyClient = Methods<typeof ASSEMBLY_ROUTES> & Pick<ServiceClient, "mediaKeys">;

export function assemblyClient({ methods, mediaKeys }: Pick<ServiceClient, "methods" | "mediaKeys">): AssemblyClient {
  return { ...methods(ASSEMBLY_ROUTES), mediaKeys };
}
