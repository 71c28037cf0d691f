/** Metrics of schedules: the runs that they fire. Those of what such a run does are counted where every run's are. */

import type { ScheduleObserver } from "../scheduler/options.js";
import type { Instruments } from "./instruments.js";

/** See the file's first line. `now` is the date in milliseconds. */
export function measureSchedules(instruments: Instruments, now: () => number): ScheduleObserver {
  const begin = ({ schedule }: { readonly schedule: string }): void =>
    instruments.cano_scheduler_active_flows.add(1, { flow: schedule });
  return {
    fired: begin,
    adopted: begin,
    ended({ schedule: flow, at, outcome }) {
      instruments.cano_scheduler_active_flows.add(-1, { flow });
      instruments.cano_scheduler_flow_runs_total.add(1, { flow, outcome });
      // By the date, since it may have fired in another process. What is less than nothing, after the date was put back, would not be counted.
      instruments.cano_scheduler_flow_duration_seconds.record(Math.max(0, now() - at) / 1_000, { flow });
    },
    backoff({ schedule: flow }) {
      instruments.cano_scheduler_flow_backoff_total.add(1, { flow });
    },
    tripped({ schedule: flow }) {
      instruments.cano_scheduler_flow_tripped_total.add(1, { flow });
    },
  };
}
