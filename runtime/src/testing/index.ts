/** The test kit, for any test runner: time, chance and events in the test's own hands. */

export { assertCompensationOrder } from "./compensation-order.js";
export { type Fault, failOn, hangOn, type SetFault } from "./faults.js";
export { ManualClock, settled } from "./manual-clock.js";
export { type RecordedEvent, RecordingObserver } from "./recording-observer.js";
export { seededRandom } from "./seeded-random.js";
export { type StoreCase, storeCases } from "./store-suite.js";
