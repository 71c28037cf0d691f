/** What is loaded with the first run that is watched, or when somebody first asks for health: together, since two parts would share more than either has of its own. */

export { guardRun } from "./guard-run.js";
export { workflowHealth } from "./workflow-health.js";
