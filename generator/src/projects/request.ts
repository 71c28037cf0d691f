/** What is asked of the generator, by a command line or a build tool, and what surrounds it. */

/** Which projects are to be generated, and how. Paths are as they were typed, or absolute. */
export interface Request {
  /** The files that were named; empty for all of the project. */
  readonly files: readonly string[];
  readonly tsconfig: string | undefined;
  readonly outDir: string | undefined;
  /** Whether files are only compared. */
  readonly check: boolean;
  /** Whether what is remembered of unchanged projects counts. */
  readonly cache: boolean;
}

/** What there is around it, so that tests can give it another. */
export interface Surroundings {
  /** Absolute path of the working directory. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where progress is told. */
  readonly stderr: (text: string) => void;
  /** Whether messages are read on a terminal. */
  readonly isTerminal: boolean;
}
