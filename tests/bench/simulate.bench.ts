import { holdCouncil } from "../simulate/council.ts";
import type { Bench } from "./figures.ts";

const COUNCILS = 30;
/** Councils held before time is taken, until the code is compiled. */
const WARM = 5;

export const bench: Bench = {
  about: "whole councils of seven in virtual time, on one core, without faults and with all of them",
  async run(say) {
    const perMinute = async (faults?: []) => {
      for (let seed = 0; seed < WARM; seed++) await holdCouncil({ seed, ...(faults && { faults }) });
      const { user, system } = process.cpuUsage();
      for (let seed = 0; seed < COUNCILS; seed++) {
        const { broken } = await holdCouncil({ seed, ...(faults && { faults }) });
        if (broken) say(`seed ${seed}: ${broken}`);
      }
      const used = process.cpuUsage();
      return (COUNCILS * 60_000_000) / (used.user + used.system - user - system);
    };
    return [
      { name: "simulate.councils_per_minute", value: await perMinute([]), unit: "1/min", atLeast: 2_000 },
      { name: "simulate.with_faults_per_minute", value: await perMinute(), unit: "1/min" },
    ];
  },
};
