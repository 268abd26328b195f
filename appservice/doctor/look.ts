import type { LoadedConfig } from "../configuration/load-config.ts";
import type { Finding } from "./finding.ts";
import type { OwnServer } from "./own-server.ts";

/** The installation that the looks examine. */
export type Patient = LoadedConfig & {
  /** The service itself where it runs, else what stands in for it meanwhile. */
  readonly own: OwnServer;
  /** A room to look into; null: none was named. */
  readonly room: string | null;
};

/** One part of the whole that is looked at. Looks run side by side and know nothing of each other. */
export type DoctorLook = {
  readonly title: string;
  readonly look: (patient: Patient) => Promise<readonly Finding[]>;
};
