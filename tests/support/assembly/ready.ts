import { OWN_SCENARIOS } from "../../../appservice/configuration/config.ts";
import { OWN_ASSEMBLIES, readAssemblies, readScenarios } from "../../../appservice/configuration/scenarios.ts";

/** Scenarios of a circle that come along. */
export const CIRCLES = readScenarios(OWN_SCENARIOS);
/** Those of an assembly, that play them. */
export const READY = readAssemblies(OWN_ASSEMBLIES, CIRCLES);
