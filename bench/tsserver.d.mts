/** A real tsserver, asked over stdio as editors ask it. */

/** A place in a file as tsserver tells it: both numbers start at 1. */
export interface Place {
  readonly line: number;
  readonly offset: number;
}

/** A diagnostic as tsserver sends it. */
export interface ShownDiagnostic {
  readonly start: Place;
  readonly end: Place;
  readonly text: string;
  readonly code: number;
  readonly category: string;
  readonly source?: string;
}

export class TsServer implements AsyncDisposable {
  constructor(compiler?: string);
  ask(command: string, parameters: object): Promise<unknown>;
  tell(command: string, parameters: object): number;
  write(file: string, text: string): Promise<unknown>;
  diagnostics(file: string): Promise<readonly ShownDiagnostic[]>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
