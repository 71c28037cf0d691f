/** What the templates print: every name, literal and order decided. Plain readonly data. */

export interface ModuleView {
  /** The source's name, as the header shows it: text for a comment. */
  readonly source: string;
  /** Names imported from the runtime, types marked, sorted. */
  readonly runtimeImports: readonly string[];
  /** `from` is a literal. */
  readonly userImports: readonly { readonly names: string; readonly from: string }[];
  readonly workflows: readonly WorkflowView[];
}

export interface WorkflowView {
  /** The workflow's own name: a literal for the graph, and text for comments. */
  readonly nameLiteral: string;
  readonly name: string;
  /** The identifier of the imported workflow. */
  readonly workflow: string;
  /** The pattern that takes the state set and the bindings out of it. */
  readonly destructured: string;
  readonly tasks: string;
  readonly statesType: string;
  readonly tasksType: string;
  readonly inputsType: string;
  readonly stateType: string;
  readonly states: string;
  readonly resourcesType: string;
  readonly requestType: string;
  readonly resultType: string;
  readonly optionsType: string;
  readonly objectType: string;
  readonly graph: string;
  readonly factory: string;
  /** Empty when no task takes resources. */
  readonly resources: string;
  readonly request: string;
  readonly results: readonly string[];
  readonly inputs: readonly { readonly number: number; readonly type: string }[];
  readonly initialStates: string;
  readonly graphStates: readonly string[];
  readonly bindings: readonly string[];
  readonly numbered: string;
  /** What else the definition tells of the machine, as `name: value`. */
  readonly settings: readonly string[];
  /** The type of a run, as the dispatcher sees it. */
  readonly runType: string;
  /** The statements with which a dispatcher begins. */
  readonly outset: readonly string[];
  /** What a dispatcher does with what was thrown. */
  readonly failure: string;
  /** The type that the factory's options extend. */
  readonly baseOptions: string;
  /** Whether the factory must be given options. */
  readonly needsOptions: boolean;
  readonly create: string;
  /** `await `, or nothing where nothing waits. */
  readonly await: string;
  /** `async function` or `function`. */
  readonly functionWord: string;
  /** What a dispatcher returns: the result, or a promise of it. */
  readonly driveResult: string;
  /** One part: the whole dispatcher. Several: functions of at most 64 states each, called by a loop. */
  readonly single: boolean;
  readonly parts: readonly PartView[];
  readonly partResult: string;
}

export interface PartView {
  /** Whether some attempt has to be admitted. */
  readonly admits: boolean;
  /** The variables for what tasks return: where they go. */
  readonly returned: readonly { readonly name: string; readonly type: string }[];
  readonly function: string;
  /** The first number that is not of this part; the last part has none. */
  readonly end: number;
  readonly last: boolean;
  readonly blocks: readonly BlockView[];
  readonly single: boolean;
}

export interface BlockView {
  readonly states: readonly StateView[];
}

export interface StateView {
  readonly number: number;
  /** Text for a comment. */
  readonly name: string;
  /** Whether the state begins its block. */
  readonly head: boolean;
  /** The statements by which the state is entered. */
  readonly enter: readonly string[];
  /** The beginning of the call by which the runtime makes the attempts; empty where the dispatcher makes the first one. */
  readonly guarded: string;
  /** Whether the first attempt has to be admitted, and to hand back what came of it. */
  readonly admitted: boolean;
  /** The first attempt, with its `await`; empty for a split, and where the runtime makes it. */
  readonly attempt: string;
  /** The join of a split that hands nothing on; otherwise empty: it is made where it is handed on. */
  readonly joined: string;
  /** What a retry, or the runtime, calls; empty when nothing is retried. */
  readonly again: string;
  readonly againParameter: string;
  readonly policies: string;
  /** The variable for what the task returns; empty for a split. */
  readonly returned: string;
  readonly outcomes: readonly OutcomeView[];
}

/** What follows a returned value: a test, and what to do when it holds. */
export interface OutcomeView {
  readonly exits: boolean;
  readonly jumps: boolean;
  readonly follows: boolean;
  readonly rejects: boolean;
  /** The condition; empty for a split, which has one way on. For `follows` it is the opposite. */
  readonly test: string;
  readonly from: number;
  readonly to: number;
  /** The beginning of the call that leaves the machine. */
  readonly leave: string;
  /** The exit state. */
  readonly state: string;
  /** What the exit carries, with its comma; or empty. */
  readonly output: string;
  /** What the next state is handed; empty when it takes nothing. */
  readonly input: string;
  /** Whether the jump leaves this part. */
  readonly leaves: boolean;
  /** What remains of the returned value, for the error. */
  readonly rest: string;
}
