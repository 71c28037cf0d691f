/** Lays the fixtures out once for all test files. */

import { copyFixtures } from "./fixtures.js";

export default function setup(): void {
  copyFixtures();
}
