/** What is loaded with the first run that is watched, or when somebody first asks for health: together, since two parts would share more than either has of its own. */

export { workflowHealth } from "../health/workflow-health.js";
export { guardRun } from "./guard-run.js";
